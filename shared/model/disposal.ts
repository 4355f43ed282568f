/**
 * One disposal, from the facts of its record: a pure fold. It counts where the record is of the organisation's own people
 * who may, and its order is for the areas it names; whether the signatures hold is asked by who has the directory.
 */
import type { AreaId, DeviceId, OrgId, WorkId } from '../primitives/ids.ts';
import type { Order } from '../seal/area/disposal.ts';
import { decodeOrder } from '../seal/area/disposal.ts';
import type { FactOf, Logged } from './logged.ts';
import { inOneOrder, isFact, isOwnWord } from './logged.ts';
import { DEFAULT_PERMISSIONS, denies } from './work/permissions/table.ts';

type Recorded = Logged<FactOf<'disposal recorded'>>;
type Destroyed = Logged<FactOf<'destroyed'>>;

export interface DisposalState {
  readonly id: WorkId;
  /** The area of the record. */
  readonly record: AreaId;
  readonly recorded: Recorded;
  readonly order: Order;
  /** By device, its first word. */
  readonly destroyed: ReadonlyMap<DeviceId, Destroyed>;
  /** The relay's signed words, the last for each area. */
  readonly relay: ReadonlyMap<AreaId, FactOf<'relay disposed'>['areas'][number]>;
}

/** Who confirms a disposal may do so by the table that Joinder comes with, in a closed case of their own organisation. */
const mayConfirm = ({ roles }: Pick<Logged, 'roles'>): boolean =>
  denies(
    DEFAULT_PERMISSIONS,
    'disposal agreed',
    { roles, is: ['same organisation'] },
    { stage: 'charging', closed: true },
  ) === null;

/** The disposal that a record's facts tell of; null where they tell of none that counts. */
export function foldDisposal(own: OrgId, facts: readonly Logged[]): DisposalState | null {
  const ordered = inOneOrder(facts).filter((logged) => isOwnWord(logged) && logged.org === own);
  const recorded = ordered.find((logged): logged is Recorded => isFact(logged, 'disposal recorded'));
  const order = recorded && decodeOrder(recorded.fact.order.body);
  if (!recorded || !order?.ok || recorded.n === null || !mayConfirm(recorded)) return null;
  const { fact, area: record } = recorded;
  const second = fact.order.signatures[1];
  const fits =
    order.value.org === own &&
    order.value.disposal === fact.id &&
    !order.value.areas.includes(record) &&
    second?.device === recorded.device &&
    fact.asked.by.person !== recorded.person;
  if (!fits) return null;
  const destroyed = new Map<DeviceId, Destroyed>();
  const relay = new Map<AreaId, FactOf<'relay disposed'>['areas'][number]>();
  for (const logged of ordered) {
    if (isFact(logged, 'destroyed') && logged.fact.disposal === fact.id && !destroyed.has(logged.device))
      destroyed.set(logged.device, logged);
    if (isFact(logged, 'relay disposed') && logged.fact.disposal === fact.id)
      for (const one of logged.fact.areas) relay.set(one.area, one);
  }
  return { id: fact.id, record, recorded, order: order.value, destroyed, relay };
}
