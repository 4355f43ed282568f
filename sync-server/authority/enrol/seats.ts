/**
 * Keys of posts: signed when a device of a holder proposes one, at its enrolment or later. The first proposal counts, a
 * later one changes nothing. A post gets another key only when somebody has the one in force who should not any more.
 */
import type { DeviceId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { DirectoryState, Statement } from '../../../shared/seal/directory/directory.ts';
import { openSeatAsk } from '../../../shared/seal/devices/seatAsk.ts';
import type { ProposedKey, SeatAsk } from '../../../shared/seal/devices/seatAsk.ts';
import type { Authority } from '../authority.ts';
import type { Change } from '../directory.ts';

/** Whether each is a point of the curve: what is signed into a directory must be of use to everybody. */
export async function areKeys(platform: Platform, keys: readonly Uint8Array[]): Promise<boolean> {
  try {
    await Promise.all(keys.map((key) => importVerifyKey(platform, key)));
    return true;
  } catch {
    return false; // WebCrypto tells a wrong point only by throwing
  }
}

/** The key that is due of each post that its person holds: the first, or the next of one that is stale. Of two proposals for one post the first counts. */
export function dueKeys(
  state: DirectoryState,
  person: PersonId,
  device: DeviceId,
  proposed: SeatAsk['seats'],
): Statement[] {
  const wanted = new Map<SeatId, ProposedKey>();
  for (const one of proposed) if (!wanted.has(one.seat)) wanted.set(one.seat, one);
  return [...wanted.values()]
    .filter(({ seat }) => state.holds.get(person)?.has(seat) === true)
    .filter(({ seat, generation }) => generation === dueGeneration(state, seat))
    .map(({ seat, generation, publicKey }) => ({ is: 'seat', seat, generation, publicKey, madeBy: device }));
}

/** Null where the key in force is good. */
function dueGeneration(state: DirectoryState, seat: SeatId): number | null {
  const before = state.seats.get(seat);
  if (before === undefined) return 1;
  return state.stale.has(seat) ? before.generation + 1 : null;
}

/** Takes the keys that an enrolled device proposes; the value is how far the directory then reaches. */
export async function takeSeatAsk(
  { platform, keys, directory }: Authority,
  sealed: Uint8Array,
): Promise<Result<number, 'malformed' | 'clock'>> {
  const ask = await openSeatAsk(platform, keys.boxKeys, await directory.state(), sealed);
  if (
    !ask.ok ||
    !(await areKeys(
      platform,
      ask.value.seats.map((s) => s.publicKey),
    ))
  )
    return fail('malformed');
  const { device, time, seats } = ask.value;
  if (Math.abs(time - platform.now()) > DAY) return fail('clock');
  const taken = await directory.change<null, 'malformed'>((state): Result<Change<null>, 'malformed'> => {
    const person = state.devices.get(device)?.person;
    return person === undefined
      ? fail('malformed')
      : ok({ statements: dueKeys(state, person, device, seats), value: null });
  });
  return taken.ok ? ok((await directory.state()).n) : taken;
}
