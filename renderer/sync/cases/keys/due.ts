/**
 * Which keys are due, and which are there without anybody's doing, read off chain, anchors and directory. Pure: a crash, a race or
 * a week without network changes nothing, and no clock decides.
 */
import type { DeviceId } from '../../../../shared/primitives/ids.ts';
import type { AccessState } from '../../../../shared/seal/area/chain.ts';
import { currentEpoch } from '../../../../shared/seal/area/chain.ts';
import type { DirectoryState, SeatKey } from '../../../../shared/seal/directory/directory.ts';
import type { AccessHistory } from '../../log/accessHistory.ts';

/**
 * Whose doing makes an area's next key due: who made a key of one of our posts that is newer than when we last gave the area one, or
 * who took a post out since; null: none is due. `then`: the directory when we last gave it one; null: we never did.
 */
export function keyDueBy(
  own: DirectoryState,
  access: AccessState,
  history: AccessHistory,
  then: DirectoryState | null,
): DeviceId | null {
  const ours = [...access.seats.values()].filter(({ org }) => org === own.org);
  for (const { seat } of ours) {
    const key = own.seats.get(seat);
    if (key && key.generation > (then?.seats.get(seat)?.generation ?? 1)) return key.madeBy;
  }
  return history.cut;
}

/**
 * Whether a post of ours has an epoch's key without another box: it got the newest in the breath that made it, from whoever
 * changed it, and those before follow from it by their links. `then`: as above.
 */
export function isSupplied(
  access: AccessState,
  history: AccessHistory,
  epoch: number,
  seat: SeatKey,
  then: DirectoryState | null,
): boolean {
  const newest = currentEpoch(access);
  if (newest === 1) return false;
  if (epoch < newest) return access.keys.every((key) => key.epoch <= epoch || key.link !== null);
  const wasIn = (history.entered.get(seat.seat) ?? Infinity) < newest;
  return wasIn && then?.seats.get(seat.seat)?.generation === seat.generation;
}
