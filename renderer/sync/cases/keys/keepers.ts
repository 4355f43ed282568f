/**
 * The two keepers of keys at work together: this person's posts get first keys, and whoever is entitled gets boxes of the
 * keys that are held here. Owns when they look again; what they do is theirs.
 */
import type { OrgId } from '../../../../shared/primitives/ids.ts';
import type { BoxKeeperContext, PostedPackage } from './boxKeeper.ts';
import { BoxKeeper } from './boxKeeper.ts';
import { denialIn, wasLimited } from '../../access/limitsOf.ts';
import { entitledInEmergency } from '../../access/emergency/standing.ts';
import { isGuestElsewhere, isOverFor } from '../../guests/over.ts';
import type { Facts } from '../facts.ts';
import { supersededBy, withdrawnBy } from '../telling/restored.ts';
import type { Directories } from '../../log/directories.ts';
import type { Log } from '../../log/log.ts';
import type { SeatKeeperContext } from './seatKeeper.ts';
import { SeatKeeper } from './seatKeeper.ts';

export interface KeepersContext
  extends
    Omit<BoxKeeperContext, 'posted' | 'denies' | 'wasLimited' | 'inEmergency' | 'directories' | 'log'>,
    Omit<SeatKeeperContext, keyof BoxKeeperContext | 'isOnline' | 'gained'> {
  readonly directories: Directories;
  readonly log: Log;
  readonly facts: Facts;
  readonly changed: () => void;
}

export interface Keepers {
  readonly boxKeeper: BoxKeeper;
  readonly seatKeeper: SeatKeeper;
  /** After a directory changed or the link opened. */
  look(): void;
  /** After an access chain changed: its key alone, or who may read as well. */
  accessChanged(isKeyAlone: boolean): void;
}

export function startKeepers(context: KeepersContext): Keepers {
  const { link, log, facts, identity, changed } = context;
  const boxKeeper = new BoxKeeper({
    ...context,
    posted: () => postedBy(facts, identity.org),
    denies: (area, seat) =>
      denialIn(context, area, seat) !== null ||
      isOverFor(context, identity.org, seat) ||
      isGuestElsewhere(context, context.log.replica(area).access, seat),
    wasLimited: (area) => wasLimited(context, area),
    inEmergency: (area) => entitledInEmergency(context, area),
  });
  const supply = (): void => void boxKeeper.look().then(changed, changed);
  const seatKeeper = new SeatKeeper({
    ...context,
    isOnline: () => link.open,
    gained: () => {
      log.keyCame();
      supply();
    },
  });
  const look = (): void => {
    void seatKeeper.look().catch(() => {}); // looked at again with the next cue
    supply();
  };
  const accessChanged = (isKeyAlone: boolean): void => {
    if (!isKeyAlone) facts.revision++; // which areas are a case's follows from chains too
    look();
  };
  return { boxKeeper, seatKeeper, look, accessChanged };
}

/** Packages that our own organisation released, put into an intake and has not taken back, with their one-time keys. */
function postedBy(facts: Facts, own: OrgId): readonly PostedPackage[] {
  const ours = facts.of('released').filter((f) => f.org === own);
  const released = new Map(ours.map((f) => [f.fact.content.package, f.fact.content]));
  const withdrawn = withdrawnBy(facts, own);
  const superseded = supersededBy(facts, own);
  return facts.of('posted').flatMap(({ fact, org }) => {
    const stands = org === own && !withdrawn.has(fact.package) && !superseded.has(fact.entry);
    const content = stands ? released.get(fact.package) : undefined;
    return content ? [{ ...fact, org: content.to.org, seat: content.to.seat }] : [];
  });
}
