/**
 * What this computer remembers that the relay was given, after the relay was put back from a copy: forgotten, so that it is
 * worked out and given anew. Words about what has happened stay; they never fall.
 */
import { inOneOrder } from '../../../../shared/model/logged.ts';
import type { Hash, OrgId, PackageId } from '../../../../shared/primitives/ids.ts';
import type { Records } from '../../store/records.ts';
import type { Alarms } from './alarms.ts';
import type { BoxKeeper } from '../keys/boxKeeper.ts';
import type { Facts } from '../facts.ts';

const AGAIN = 'send again ';
/** Chunk references made, packages withdrawn, and entries unsent, at the relay. */
const AT_RELAY = ['referred ', 'unreachable ', 'unsent '] as const;

export interface RestoredContext {
  readonly records: Records;
  readonly facts: Facts;
  readonly own: OrgId;
  readonly boxKeeper: BoxKeeper;
  readonly alarms: Alarms;
}

/** Durable when answered. */
export async function forgetRelay(context: RestoredContext, generation: number): Promise<void> {
  const { records, facts, own, boxKeeper, alarms } = context;
  await boxKeeper.forget();
  const withdrawn = withdrawnBy(facts, own);
  for (const { fact, org } of facts.of('all sent'))
    if (org === own && !withdrawn.has(fact.package)) await records.put(AGAIN + fact.package, true);
  for (const prefix of AT_RELAY) for (const { key } of await records.list(prefix)) await records.drop(key);
  alarms.relayRestored(generation);
}

/** Packages whose files the relay held before it was restored, and may lack now. */
export async function listAgain(records: Records): Promise<Set<PackageId>> {
  return new Set((await records.list(AGAIN)).map(({ key }) => key.slice(AGAIN.length) as PackageId));
}
/** The relay holds all of it again. */
export const isWholeAgain = (records: Records, of: PackageId): Promise<void> => records.drop(AGAIN + of);

/** Packages that our own organisation took back. */
export const withdrawnBy = (facts: Facts, own: OrgId): ReadonlySet<PackageId> =>
  new Set(facts.of('withdrawn').flatMap(({ fact, org }) => (org === own ? [fact.package] : [])));

/** Their entries in partners' intakes. */
export function takenBack(facts: Facts, own: OrgId): ReadonlySet<Hash> {
  const withdrawn = withdrawnBy(facts, own);
  const posted = facts.of('posted').filter(({ fact, org }) => org === own && withdrawn.has(fact.package));
  return new Set([...posted.map(({ fact }) => fact.entry), ...supersededBy(facts, own)]);
}

/** Package entries of ours in whose place one without the keys was put, because something was sent in error. */
export function supersededBy(facts: Facts, own: OrgId): ReadonlySet<Hash> {
  const newest = new Map<PackageId, Hash>();
  const superseded = new Set<Hash>();
  for (const { fact } of inOneOrder(facts.of('posted').filter(({ org }) => org === own))) {
    const before = newest.get(fact.package);
    if (before !== undefined) superseded.add(before);
    newest.set(fact.package, fact.entry);
  }
  return superseded;
}
