/**
 * What a replica remembers of its chain besides the state: since when each organisation has been let in, by which directory
 * each last gave the area a key, who took a post out since, with which key each post was let in, and each emergency. Pure.
 */
import type { DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { AccessState, ChainOp, Emergency, Role } from '../../../shared/seal/area/chain.ts';
import { currentEpoch, decodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';

/** One emergency, as the chain has it. */
export interface EmergencySpan extends Emergency {
  /** The relay's times. */
  readonly from: Millis;
  /** When somebody's entry ended it; null: nobody's did. */
  readonly over: Millis | null;
  readonly endedBy: DeviceId | null;
}

export interface AccessHistory {
  /** Since when each organisation has been let in without a break, by the relay's time of the chain entry that did it. */
  readonly since: ReadonlyMap<OrgId, Millis>;
  /** The directory of each organisation that was in force when one of its devices last gave the area a key. */
  readonly keyed: ReadonlyMap<OrgId, Hash>;
  /** Who took a post out since the key was last changed: what that post has is in force until there is the next. Null: nobody. */
  readonly cut: DeviceId | null;
  /** The epoch that was in force when a post was let in, without a break. */
  readonly entered: ReadonlyMap<SeatId, number>;
  /** All there have been, oldest first. */
  readonly emergencies: readonly EmergencySpan[];
  /** Whose computer let each post in with the role that it has. */
  readonly given: ReadonlyMap<SeatId, { readonly role: Role; readonly by: DeviceId }>;
}

export const NO_HISTORY: AccessHistory = {
  since: new Map(),
  keyed: new Map(),
  cut: null,
  entered: new Map(),
  emergencies: [],
  given: new Map(),
};

/** What an admitted chain entry makes of it: `access` is the state after it, `time` the relay's, `anchors` the directories in force there. */
export function afterChain(
  before: AccessHistory,
  header: Header,
  access: AccessState | null,
  time: Millis,
  anchors: ReadonlyMap<OrgId, Hash>,
): AccessHistory {
  const op = header.body ? decodeChainOp(header.body) : null;
  if (op?.ok !== true || access === null) return before;
  const seats = [...access.seats.values()];
  const gives = op.value.op === 'create' || op.value.op === 'key';
  const directory = anchors.get(header.org);
  return {
    since: new Map(seats.map(({ org }) => [org, before.since.get(org) ?? time])),
    keyed: gives && directory !== undefined ? new Map([...before.keyed, [header.org, directory]]) : before.keyed,
    cut: takesOut(op.value) ? header.device : gives ? null : before.cut,
    given: new Map(
      seats.map(({ seat, role }) => {
        const known = before.given.get(seat);
        return [seat, known?.role === role ? known : { role, by: header.device }];
      }),
    ),
    entered: new Map(seats.map(({ seat }) => [seat, before.entered.get(seat) ?? currentEpoch(access)])),
    emergencies: spansAfter(before.emergencies, op.value, header, time),
  };
}

const takesOut = ({ op }: ChainOp): boolean => op === 'remove' || op === 'emergency over';

function spansAfter(
  spans: readonly EmergencySpan[],
  op: ChainOp,
  { device, org }: Header,
  time: Millis,
): readonly EmergencySpan[] {
  if (op.op !== 'emergency' && op.op !== 'emergency over') return spans;
  // A second one of the same device takes the first one's place.
  const gone: ReadonlySet<DeviceId> = new Set(op.op === 'emergency' ? [device] : op.devices);
  const ended = spans.map((one) =>
    one.over === null && gone.has(one.device) ? { ...one, over: time, endedBy: device } : one,
  );
  if (op.op === 'emergency over') return ended;
  return [...ended, { device, org, until: op.until, reason: op.reason, from: time, over: null, endedBy: null }];
}

/** Whether an entry changes an area's key and nothing else, or is none of its chain. */
export function isKeyAlone({ kind, body }: Header): boolean {
  const op = kind === 'chain' && body !== null ? decodeChainOp(body) : null;
  return op === null || (op.ok && op.value.op === 'key');
}
