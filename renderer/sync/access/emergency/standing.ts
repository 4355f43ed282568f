/**
 * Which emergencies stand in an area and which get its key: for a reason that is known here, is the one that the chain entry
 * committed to, and against which no bar and no missing attribute speaks. Facts of others count only from our own organisation,
 * and from the very device that the chain names.
 */
import type { Denial } from '../../../../shared/model/access/limits.ts';
import { denialOfPerson } from '../../../../shared/model/access/limits.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import type { AreaId, DeviceId, Hash, PersonId } from '../../../../shared/primitives/ids.ts';
import { emergencyAt } from '../../../../shared/seal/area/emergency.ts';
import type { EmergencySpan } from '../../log/accessHistory.ts';
import type { LimitsContext } from '../limitsOf.ts';
import { caseOf, limitsOf } from '../limitsOf.ts';

type Asked = Logged<FactOf<'emergency'>>;

/** What was said of an emergency, by its own device; null: nothing that counts. Checked against the hash when it was taken in (`reasons.ts`). */
export const saidOf = (
  { facts, identity }: Pick<LimitsContext, 'facts' | 'identity'>,
  { reason, device }: Pick<EmergencySpan, 'reason' | 'device'>,
): Asked | null =>
  facts
    .of('emergency')
    .find((one) => one.fact.reason === reason && one.device === device && one.org === identity.org) ?? null;

export const personOf = ({ directories, identity }: LimitsContext, device: DeviceId): PersonId | null =>
  directories.current(identity.org)?.known.get(device)?.person ?? null;

/** Why a person gets no key of an area even in an emergency; null: nothing speaks against it. */
export function denialInEmergency(context: LimitsContext, area: AreaId, device: DeviceId): Denial | null {
  const own = context.directories.current(context.identity.org);
  const of = caseOf(context, area);
  const person = personOf(context, device);
  if (own === null || of === null || person === null) return null;
  return denialOfPerson(limitsOf(context, of), own, person);
}

/** Devices of our organisation that get the area's key now. */
export function entitledInEmergency(context: LimitsContext, area: AreaId): readonly DeviceId[] {
  const { directories, identity, log, platform } = context;
  const { access, history } = log.replica(area);
  const own = directories.current(identity.org);
  if (!access || !own) return [];
  return history.emergencies
    .filter((one) => one.over === null && emergencyAt(access, own, one.device, platform.now()) !== null)
    .filter((one) => isReasoned(context, one) && denialInEmergency(context, area, one.device) === null)
    .map(({ device }) => device);
}

const proven = new WeakMap<LimitsContext['facts'], Set<Hash>>();
/** The hash of what was said was computed, and is the one that the fact names. */
export function prove(facts: LimitsContext['facts'], fact: Hash): void {
  const known = proven.get(facts) ?? new Set();
  proven.set(facts, known.add(fact));
}
export const isProven = (facts: LimitsContext['facts'], fact: Hash): boolean => proven.get(facts)?.has(fact) === true;

export function isReasoned(context: Pick<LimitsContext, 'facts' | 'identity'>, one: EmergencySpan): boolean {
  const said = saidOf(context, one);
  return said !== null && said.fact.why.trim() !== '' && isProven(context.facts, said.hash);
}
