import { beforeEach, describe, expect, it } from 'vitest';
import type { BoxKeys } from '../../../../shared/primitives/hpke.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../../../../shared/primitives/ids.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import { MINUTE, SECOND } from '../../../../shared/primitives/units.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { emptyDirectory } from '../../../../shared/seal/directory/directory.ts';
import { SeatKeeper } from './seatKeeper.ts';

const [org, device, person] = ['org' as OrgId, 'device' as DeviceId, 'person' as PersonId];
const [first, second, foreign] = ['first' as SeatId, 'second' as SeatId, 'foreign' as SeatId];
const keysOf = (n: number): BoxKeys => ({ publicKey: Uint8Array.of(n), privateKey: Uint8Array.of(n) });

let now = 0;
let online = true;
let asked: SeatId[][];
let held: Map<string, BoxKeys>;
let gained = 0;
/** Keys that the vault proposed. */
let proposed: Map<SeatId, BoxKeys>;
let state: DirectoryState;
let answer: () => Promise<void>;
let keeper: SeatKeeper;

beforeEach(() => {
  [now, online, asked, held, gained, proposed] = [0, true, [], new Map(), 0, new Map()];
  answer = () => Promise.resolve();
  state = {
    ...emptyDirectory(org),
    devices: new Map([[device, { device, person, name: '', signKey: new Uint8Array(), boxKey: new Uint8Array() }]]),
  };
  hold(first);
  keeper = new SeatKeeper({
    platform: { now: () => now },
    identity: { org, device },
    directories: { current: () => state },
    keyring: {
      seat: (seat, generation) => held.get(`${seat} ${generation}`) ?? null,
      addSeat: (seat, generation, keys) => void held.set(`${seat} ${generation}`, keys),
    },
    isOnline: () => online,
    gained: () => void gained++,
    vault: {
      proposeSeatKeys: async (seats) => {
        asked.push(seats.map(({ seat }) => seat));
        for (const { seat } of seats) if (!proposed.has(seat)) proposed.set(seat, keysOf(proposed.size + 1));
        await answer();
        return online ? ok(null) : fail('authority away');
      },
      settleSeatKeys: (seat, _generation, publicKey) => {
        const mine = proposed.get(seat);
        proposed.delete(seat);
        return Promise.resolve(mine && mine.publicKey[0] === publicKey[0] ? mine : null);
      },
    },
  });
});

function hold(...seats: SeatId[]): void {
  state = { ...state, holds: new Map([[person, new Set(seats)]]) };
}
function sign(seat: SeatId, n: number): void {
  const signed = { is: 'seat' as const, seat, generation: 1, publicKey: Uint8Array.of(n), madeBy: device };
  state = { ...state, seats: new Map([...state.seats, [seat, signed]]) };
}
const lookAt = async (time: number): Promise<void> => {
  now = time;
  await keeper.look();
};

describe('a post that this person holds and that has no key', () => {
  it('is proposed one, again after growing pauses, until the directory names a key', async () => {
    for (let time = 0; time < 20 * MINUTE; time += SECOND) await lookAt(time);
    expect(asked.every((seats) => seats.length === 1 && seats[0] === first)).toBe(true);
    expect(asked.length).toBeGreaterThan(6);
    expect(asked.length).toBeLessThan(14);
    sign(first, 1);
    const before = asked.length;
    for (let time = 20 * MINUTE; time < 40 * MINUTE; time += SECOND) await lookAt(time);
    expect(asked.length).toBe(before);
    expect([held.get(`${first} 1`), gained]).toEqual([keysOf(1), 1]);
  });

  it('is proposed one at once when it is news, however long another has been asked for', async () => {
    for (let time = 0; time < 5 * MINUTE; time += SECOND) await lookAt(time);
    const before = asked.length;
    hold(first, second);
    await keeper.look();
    expect(asked.slice(before)).toEqual([[first, second]]);
  });

  it('waits for the link, and asks as soon as it is there', async () => {
    online = false;
    await lookAt(0);
    expect(asked).toEqual([]);
    online = true;
    await lookAt(1);
    expect(asked).toEqual([[first]]);
  });

  it('is asked for once at a time, however slow the authority; what the directory names meanwhile is taken', async () => {
    let release = (): void => {};
    answer = () => new Promise((done) => (release = done));
    const slow = keeper.look();
    void keeper.look();
    expect(asked).toHaveLength(1);
    sign(first, 1);
    now = MINUTE;
    await keeper.look();
    expect(held.get(`${first} 1`)).toEqual(keysOf(1));
    release();
    await slow;
  });

  it('goes on after an ask that threw', async () => {
    answer = () => Promise.reject(new Error('locked'));
    await lookAt(0);
    answer = () => Promise.resolve();
    await lookAt(MINUTE);
    expect(asked).toHaveLength(2);
  });
});

it('the loser of a race throws its own away and waits for a colleague’s box', async () => {
  await lookAt(0);
  sign(first, 99);
  await lookAt(SECOND);
  expect([held.size, gained, proposed.size]).toEqual([0, 0, 0]);
});

it('asks nothing for a post that another holds, nor where the key is there', async () => {
  sign(first, 7);
  state = { ...state, holds: new Map([...state.holds, ['another' as PersonId, new Set([foreign])]]) };
  await lookAt(MINUTE);
  expect(asked).toEqual([]);
});
