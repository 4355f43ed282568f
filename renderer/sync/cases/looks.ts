/**
 * What this person had before them when they last looked at the files in a place of a case, and when they last had the case open: on this computer only, sealed
 * with the other records, never told to anybody. A look is over when the list is left; what came during it was in it. Kept
 * by version and not by time, because a file that was added yesterday elsewhere may arrive here today.
 */
import type { CaseId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Session } from '../session.ts';
import type { CaseArea } from './caseIndex.ts';

type Place = CaseArea['kind'];
interface Look {
  readonly at: Millis;
  readonly versions: ReadonlySet<VersionId>;
}
export type Looks = Readonly<Record<Place, Look | null>>;

const known = new WeakMap<Session, Map<string, Look | null>>();
const keyOf = (of: CaseId, place: Place): string => `looked ${of} ${place}`;

function kept(session: Session): Map<string, Look | null> {
  const looks = known.get(session) ?? new Map<string, Look | null>();
  known.set(session, looks);
  return looks;
}

async function lookAt(session: Session, key: string): Promise<Look | null> {
  const looks = kept(session);
  const here = looks.get(key);
  if (here !== undefined) return here;
  const read = (await session.records.get(key)) as { at: Millis; versions: VersionId[] } | undefined; // sealed by this profile
  if (!looks.has(key)) looks.set(key, read ? { at: read.at, versions: new Set(read.versions) } : null);
  return looks.get(key) ?? null;
}

/** When this person last looked at each place, and what they saw there; null: never. */
export const looksOf = async (session: Session, of: CaseId): Promise<Looks> => ({
  'working papers': await lookAt(session, keyOf(of, 'working papers')),
  'case file': await lookAt(session, keyOf(of, 'case file')),
});

const openedKey = (of: CaseId): string => `opened ${of}`;
const openings = new WeakMap<Session, Map<CaseId, Millis | null>>();

/** When this person last had the case open on this computer; null: never, as far as is known here. */
export async function lastOpened(session: Session, of: CaseId): Promise<Millis | null> {
  const times = openings.get(session) ?? new Map<CaseId, Millis | null>();
  openings.set(session, times);
  const here = times.get(of);
  if (here !== undefined) return here;
  const read = (await session.records.get(openedKey(of))) as { at: Millis } | undefined; // sealed by this profile
  if (!times.has(of)) times.set(of, read?.at ?? null);
  return times.get(of) ?? null;
}

/** They have it open now. */
export async function opened(session: Session, of: CaseId): Promise<void> {
  const at = session.platform.now();
  openings.set(session, (openings.get(session) ?? new Map<CaseId, Millis | null>()).set(of, at));
  session.changed();
  await session.records.put(openedKey(of), { at });
}

/** Of a case that was disposed of. */
export async function forgetLooks(session: Session, of: CaseId): Promise<void> {
  for (const key of kept(session).keys()) if (key.startsWith(`looked ${of} `)) kept(session).delete(key);
  openings.get(session)?.delete(of);
  await session.records.dropAll(`looked ${of} `);
  await session.records.dropAll(openedKey(of));
}

/** They have looked at these. */
export async function looked(
  session: Session,
  of: CaseId,
  place: Place,
  versions: readonly VersionId[],
): Promise<void> {
  const at = session.platform.now();
  kept(session).set(keyOf(of, place), { at, versions: new Set(versions) });
  session.changed();
  await session.records.put(keyOf(of, place), { at, versions: [...versions] });
}
