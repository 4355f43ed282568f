/**
 * First keys of posts: signed when a device of a holder proposes one, at its enrolment or later. The first counts, a
 * later one changes nothing. Never signs a key for a post whose key is there: how a key is followed by another is not
 * decided here.
 */
import type { DeviceId, PersonId, SeatId } from '../../shared/primitives/ids.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { DAY } from '../../shared/primitives/units.ts';
import type { DirectoryState, Statement } from '../../shared/seal/directory.ts';
import { openSeatAsk } from '../../shared/seal/seatAsk.ts';
import type { SeatAsk } from '../../shared/seal/seatAsk.ts';
import type { Authority } from './authority.ts';
import type { Change } from './directory.ts';

/** Whether each is a point of the curve: what is signed into a directory must be of use to everybody. */
export async function areKeys(platform: Platform, keys: readonly Uint8Array[]): Promise<boolean> {
  try {
    await Promise.all(keys.map((key) => importVerifyKey(platform, key)));
    return true;
  } catch {
    return false; // WebCrypto tells a wrong point only by throwing
  }
}

/** The first public key of each post that its person holds and that has none. Of two proposals for one post the first counts. */
export function firstKeys(
  state: DirectoryState,
  person: PersonId,
  device: DeviceId,
  proposed: SeatAsk['seats'],
): Statement[] {
  const wanted = new Map<SeatId, Uint8Array>();
  for (const { seat, publicKey } of proposed) if (!wanted.has(seat)) wanted.set(seat, publicKey);
  return [...wanted]
    .filter(([seat]) => state.holds.get(person)?.has(seat) === true && !state.seats.has(seat))
    .map(([seat, publicKey]) => ({ is: 'seat', seat, generation: 1, publicKey, madeBy: device }));
}

/** Takes the first keys that an enrolled device proposes; the value is how far the directory then reaches. */
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
      : ok({ statements: firstKeys(state, person, device, seats), value: null });
  });
  return taken.ok ? ok((await directory.state()).n) : taken;
}
