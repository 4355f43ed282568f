/**
 * What a disposal destroys on this computer, worked out anew from what is here: nothing of it is queued. The same plan
 * serves whatever has to be destroyed: whole areas, entries of intakes, and contents that nothing else needs.
 */
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import type { AreaId, CaseId, Hash, PackageId } from '../../../shared/primitives/ids.ts';
import { packagesOf } from '../cases/caseIndex.ts';
import { contentsIn } from '../cases/import/leftovers.ts';
import type { Session } from '../session.ts';
import { heldAreas } from './areas.ts';

export interface Plan {
  readonly case: CaseId;
  readonly areas: readonly AreaId[];
  /** Entries in our own intakes, by intake: letters that came for the case, and answers to it. */
  readonly letters: ReadonlyMap<AreaId, readonly Hash[]>;
  /** What this computer put into partners' intakes. */
  readonly sent: readonly Hash[];
  readonly packages: readonly PackageId[];
  readonly doomed: readonly Content[];
  readonly needed: readonly Content[];
}

/** The package that a fact speaks of. */
const packageIn = ({ fact }: Logged): PackageId | null =>
  'package' in fact && typeof fact.package === 'string' ? fact.package : null;

export function planFor(session: Session, of: CaseId, areas: readonly AreaId[]): Plan {
  const { facts, log, identity } = session;
  const all = new Set(heldAreas(session, of, areas));
  const known = packagesOf(session, of);
  const packages = new Set(known.map((pkg) => pkg.package));
  const letters = new Map<AreaId, Hash[]>();
  const sent = new Set(known.flatMap(({ posted }) => (posted ? [posted.entry] : [])));
  const goes: Logged[] = [];
  const stays: Logged[] = [];
  for (const logged of facts.all()) {
    const pkg = packageIn(logged);
    const { intake } = log.replica(logged.area).state;
    const inTray = intake !== null && pkg !== null && packages.has(pkg);
    if (inTray && intake.org === identity.org)
      letters.set(logged.area, [...(letters.get(logged.area) ?? []), logged.hash]);
    else if (inTray) sent.add(logged.hash);
    (inTray || all.has(logged.area) ? goes : stays).push(logged);
  }
  return {
    case: of,
    areas: [...all],
    letters,
    sent: [...sent],
    packages: [...packages],
    doomed: goes.flatMap(({ fact }) => contentsIn(fact)),
    needed: stays.flatMap(({ fact }) => contentsIn(fact)),
  };
}
