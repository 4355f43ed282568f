/**
 * What a log says of something that was sent in error: who said so, which computers could hold it, and which have signed
 * that they destroyed it. Said in several places, each word counts once.
 */
import type { DeviceId, Hash, VersionId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Party } from '../events.ts';
import type { AnyFact, FactOf, Logged } from '../logged.ts';
import { isFact } from '../logged.ts';

/** An act upon a package, and the entry that proves it. */
export interface Act {
  readonly at: Millis;
  readonly by: Party;
  readonly reason: string;
  readonly entry: Hash;
}
/** A word that something of a package was sent in error, and the computers that could hold it by then. */
export interface InError extends Act {
  readonly versions: readonly VersionId[];
  readonly whole: boolean;
  readonly devices: FactOf<'sent in error'>['devices'];
}
/** A computer of the receiver that signed that it destroyed its copy. */
export interface Destroyed extends Act {
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly versions: readonly VersionId[];
}
type Said = Logged<
  FactOf<
    'on stick' | 'received' | 'accepted' | 'returned' | 'withdrawn' | 'dropped' | 'sent in error' | 'copy destroyed'
  >
>;
export const actOf = ({ fact, hash }: Said): Act => ({
  at: fact.at,
  by: fact.by,
  reason: 'reason' in fact ? fact.reason : '',
  entry: hash,
});

export const allOf = <Is extends AnyFact['is']>(facts: readonly Logged[], is: Is): Logged<FactOf<Is>>[] =>
  facts.filter((logged): logged is Logged<FactOf<Is>> => isFact(logged, is));

/** Said in several places, each counts once. */
export function errorsOf(facts: readonly Logged[]): InError[] {
  const once = new Map<string, InError>();
  for (const logged of allOf(facts, 'sent in error')) {
    const { by, at, versions, whole, devices } = logged.fact;
    const key = [by.person, at].join(' ');
    if (!once.has(key)) once.set(key, { ...actOf(logged), versions, whole, devices });
  }
  return [...once.values()];
}

export function destroyedOf(facts: readonly Logged[]): Destroyed[] {
  const once = new Map<string, Destroyed>();
  for (const logged of allOf(facts, 'copy destroyed')) {
    const { device, fact } = logged;
    const { at, versions, deviceName } = fact;
    const key = [device, at].join(' ');
    if (!once.has(key)) once.set(key, { ...actOf(logged), device, deviceName, versions });
  }
  return [...once.values()];
}
