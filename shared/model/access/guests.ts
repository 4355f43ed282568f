/**
 * What stands in the area of a guest: the invitation, what was shared with them, what they brought and said, what was decided.
 * A pure fold; who may say what is judged by the directory's word about the writer. What does not count is named.
 */
import type { OrgId, PersonId, SeatId, VersionId } from '../../primitives/ids.ts';
import { GUEST } from '../../seal/directory/directory.ts';
import type { Role } from '../../seal/area/chain.ts';
import type { FactOf, Logged, RefusedWhy } from '../logged.ts';
import { inOneOrder, isFact } from '../logged.ts';

export interface GuestFolder {
  readonly invited: Logged<FactOf<'guest invited'>>;
  readonly items: readonly Logged<FactOf<'guest item'>>[];
  readonly brought: readonly Logged<FactOf<'guest brought'>>[];
  readonly said: readonly Logged<FactOf<'guest said'>>[];
  readonly decided: readonly Logged<FactOf<'guest extended' | 'guest ended' | 'guest sponsored'>>[];
  /** The files of the guest that are in Working papers now. */
  readonly taken: ReadonlySet<VersionId>;
  readonly refused: readonly { readonly logged: Logged; readonly why: RefusedWhy }[];
}

/** Whose area it is, and who was granted what in it, by its chain. */
export interface GuestArea {
  readonly owner: OrgId;
  readonly granted: (seat: SeatId) => Role | null;
}

const isGuest = ({ roles }: Logged): boolean => roles.includes(GUEST);

/** Null: nobody who leads the area invited a guest into it. */
export function foldGuest(facts: readonly Logged[], { owner, granted }: GuestArea): GuestFolder | null {
  const ordered = inOneOrder(facts);
  const leads = (one: Logged): boolean => one.org === owner && mayInvite(one, granted);
  const invited = ordered.find(
    (one): one is Logged<FactOf<'guest invited'>> =>
      isFact(one, 'guest invited') && one.fact.area === one.area && !isGuest(one) && leads(one),
  );
  if (invited === undefined) return null;
  const folder = {
    items: [] as Logged<FactOf<'guest item'>>[],
    brought: [] as Logged<FactOf<'guest brought'>>[],
    said: [] as Logged<FactOf<'guest said'>>[],
    decided: [] as Logged<FactOf<'guest extended' | 'guest ended' | 'guest sponsored'>>[],
    taken: new Set<VersionId>(),
    refused: [] as { logged: Logged; why: RefusedWhy }[],
  };
  const refuse = (logged: Logged): void => void folder.refused.push({ logged, why: 'not theirs to say' });
  for (const one of ordered) {
    if (isFact(one, 'guest brought')) {
      const mayBring = isGuest(one) && one.person === invited.fact.guest && invited.fact.may === 'contribute';
      if (mayBring) folder.brought.push(one);
      else refuse(one);
    } else if (isFact(one, 'guest said')) {
      folder.said.push(one);
    } else if (isFact(one, 'guest item')) {
      if (!isGuest(one) && leads(one)) folder.items.push(one);
      else refuse(one);
    } else if (isFact(one, 'guest extended') || isFact(one, 'guest ended') || isFact(one, 'guest sponsored')) {
      if (isGuest(one)) refuse(one);
      else folder.decided.push(one);
    } else if (isFact(one, 'guest file taken')) {
      if (isGuest(one)) refuse(one);
      else folder.taken.add(one.fact.version);
    }
  }
  return { invited, ...folder };
}

/** Whether a writer leads where they wrote. Of who has been taken out since, it was judged by those who were there. */
function mayInvite({ seats }: Logged, granted: GuestArea['granted']): boolean {
  const held = (seats ?? []).map(granted).filter((role) => role !== null);
  return held.length === 0 || held.includes('lead');
}

/** The invitations in Working papers that are not their writer's to give: who does not lead the case invites nobody. */
export function falseInvitations(working: readonly Logged[], granted: GuestArea['granted']): readonly Logged[] {
  return working.filter((one) => isFact(one, 'guest invited') && (isGuest(one) || !mayInvite(one, granted)));
}

/** From so many days before the last on it is put before sponsor and guest. */
export const REMIND_DAYS = 14;

export interface GuestEnd {
  readonly guest: PersonId;
  /** The last day. */
  readonly until: string;
  /** Still let in, by the directory. */
  readonly isIn: boolean;
  /** Somebody answers for them. */
  readonly isSponsored: boolean;
}
