/**
 * The end of this device's right in an area: read off the chain where the order was followed to there; where the device was
 * away, off the one signed entry that the relay still shows. Without either, a relay that is silent holds back.
 */
import type { DeviceId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import type { ChainOp } from '../../../shared/seal/area/chain.ts';
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import { emergencyAt } from '../../../shared/seal/area/emergency.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import type { Identity } from '../../../shared/ipc/vault.ts';
import type { LogItem } from '../../../shared/wire/link.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';

interface Context {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly directories: Directories;
}

/** Whether this device reads an area: any but the intake of a post that its person does not hold. */
export function readsHere(
  { identity, directories }: Pick<Context, 'identity' | 'directories'>,
  { state }: AreaReplica,
): boolean {
  const { intake } = state;
  const own = directories.current(identity.org);
  return !intake || (intake.org === identity.org && own !== null && seatsOf(own, identity.device).has(intake.seat));
}

/** Whether this device's right in an area has ended, by all that it knows. An area that it never read has not ended. */
export function isOver({ platform, identity, directories }: Context, { row, state }: AreaReplica): boolean {
  if (row.ended !== undefined) return true;
  const own = directories.current(identity.org);
  if (row.n === 0 || state.access === null || own === null) return false;
  return (
    roleIn(state.access, own, identity.device) === null &&
    emergencyAt(state.access, own, identity.device, platform.now()) === null
  );
}

const ends = (op: ChainOp, mine: ReadonlySet<SeatId>, device: DeviceId): boolean =>
  op.op === 'remove'
    ? op.seats.some((seat) => mine.has(seat))
    : op.op === 'emergency over' && op.devices.includes(device);

/** Takes an entry that a lead's organisation signed and that removes a post of ours; true: the area has ended here. */
export async function takeFarewell(
  context: Context,
  replica: AreaReplica,
  items: readonly LogItem[],
): Promise<boolean> {
  const { platform, identity, directories } = context;
  const [item] = items;
  const { access } = replica.state;
  const own = directories.current(identity.org);
  const entry = item?.entry ? decodeEntry(item.entry) : null;
  if (!item || !entry?.ok || own === null) return false;
  const header = decodeHeader(entry.value.header);
  if (!header.ok || header.value.area !== replica.state.area || header.value.body === null) return false;
  const { org, device, body } = header.value;
  const op = decodeChainOp(body);
  const mine = seatsOf(own, identity.device);
  if (!op.ok || !ends(op.value, mine, identity.device)) return false;
  // One that began and ended before this device had seen any of it: only our own organisation ends that.
  const writer = org === access?.owner || org === own.org ? directories.current(org)?.known.get(device) : undefined;
  if (!writer) return false;
  if (!(await verifyHeader(platform, await importVerifyKey(platform, writer.signKey), entry.value))) return false;
  await replica.setEnded(item.time);
  return true;
}
