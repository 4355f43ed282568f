import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { DAY, HOUR } from '../../../shared/primitives/units.ts';
import { deviceIdOf } from '../../../shared/seal/directory/card.ts';
import type { SeatAsk } from '../../../shared/seal/devices/seatAsk.ts';
import { SEAT_ASK, sealSeatAsk } from '../../../shared/seal/devices/seatAsk.ts';
import { addPerson, addPost, revokeDevice } from '../acts.ts';
import { givePost, takePost } from '../people/byHand.ts';
import { answerAsk } from './answer.ts';
import type { Laptop, TestAuthority, Told } from '../authority.fixture.ts';
import { codeFor, enrol, freshKey, look, makeAuthority, makeLaptop, relayKey, tell } from '../authority.fixture.ts';

let authority: TestAuthority;
let person: PersonId;
let seat: SeatId;

beforeEach(async () => {
  authority = await makeAuthority();
  const added = await addPerson(authority, 'A person', ['A post'], { unit: 'A unit' });
  if (!added.ok) throw new Error(added.cause);
  person = added.value;
  seat = [...(await authority.directory.state()).posts.keys()][0]!;
});
afterEach(() => authority.remove());

const enrolled = (told: Told) => {
  if (told.answer?.is !== 'enrolled') throw new Error(`not enrolled: ${told.status}`);
  return told.answer;
};

describe('looking up a code', () => {
  it('says who it is for, and changes nothing', async () => {
    const code = await codeFor(authority, person);
    const before = authority.store.count();
    const expected = {
      is: 'offer',
      used: false,
      org: authority.keys.org,
      orgName: 'Fellshire Police',
      person,
      personName: 'A person',
      posts: [{ seat, title: 'A post', unit: 'A unit', hasKey: false }],
      relayKey,
    };
    expect((await look(authority, code)).answer).toMatchObject(expected);
    expect((await look(authority, code)).answer).toMatchObject(expected);
    expect(authority.store.count()).toBe(before);
  });

  it('says that a post has a key once somebody made it', async () => {
    await enrol(authority, await codeFor(authority, person), await makeLaptop(), {
      seats: [{ seat, publicKey: await freshKey() }],
    });
    expect((await look(authority, await codeFor(authority, person))).answer).toMatchObject({
      posts: [{ seat, hasKey: true }],
    });
  });
});

describe('enrolling', () => {
  it('adds the device and the first key of its post, and gives the whole directory', async () => {
    const laptop = await makeLaptop();
    const publicKey = await freshKey();
    const answer = enrolled(
      await enrol(authority, await codeFor(authority, person), laptop, { seats: [{ seat, publicKey }] }),
    );
    const device = await deviceIdOf(authority.platform, laptop.signKey);
    expect(answer).toMatchObject({ device, accepted: [seat], relayKey });
    const state = await authority.directory.state();
    expect(answer.statements).toEqual(authority.store.statements(0, 100));
    expect(state.devices.get(device)).toMatchObject({ person, name: 'laptop' });
    expect(state.seats.get(seat)).toMatchObject({ generation: 1, publicKey, madeBy: device });
  });

  it('answers again alike when the answer was lost, and adds nothing', async () => {
    const [code, laptop, publicKey] = [await codeFor(authority, person), await makeLaptop(), await freshKey()];
    const seats = [{ seat, publicKey }];
    const first = enrolled(await enrol(authority, code, laptop, { seats }));
    const again = enrolled(await enrol(authority, code, laptop, { seats }));
    expect({ ...again, time: 0 }).toEqual({ ...first, time: 0 });
  });

  it('takes a code once: for another device it is used', async () => {
    const code = await codeFor(authority, person);
    await enrol(authority, code, await makeLaptop());
    expect((await enrol(authority, code, await makeLaptop())).status).toBe('used');
    expect((await look(authority, code)).answer).toMatchObject({ is: 'offer', used: true });
  });

  it('takes a code once when two devices ask at the same moment', async () => {
    const code = await codeFor(authority, person);
    const laptops = [await makeLaptop(), await makeLaptop(), await makeLaptop()];
    const told = await Promise.all(laptops.map((laptop) => enrol(authority, code, laptop)));
    expect(told.map((one) => one.status).sort()).toEqual(['answered', 'used', 'used']);
    expect((await authority.directory.state()).devices.size).toBe(1);
  });

  it('takes one of two first keys, and tells the loser that its own is not it', async () => {
    const codes = [await codeFor(authority, person), await codeFor(authority, person)];
    const told = await Promise.all(
      codes.map(async (code) =>
        enrol(authority, code, await makeLaptop(), { seats: [{ seat, publicKey: await freshKey() }] }),
      ),
    );
    expect(new Set(told.map((one) => enrolled(one).accepted.length))).toEqual(new Set([0, 1]));
    expect((await authority.directory.state()).seats.size).toBe(1);
  });

  it('takes no key for a post that the person does not hold', async () => {
    const other = await addPerson(authority, 'Another', ['Another post']);
    if (!other.ok) throw new Error(other.cause);
    const foreign = [...(await authority.directory.state()).holds.get(other.value)!][0]!;
    const seats = [
      { seat: foreign, publicKey: await freshKey() },
      { seat: newId<SeatId>(authority.platform), publicKey: await freshKey() },
    ];
    expect(
      enrolled(await enrol(authority, await codeFor(authority, person), await makeLaptop(), { seats })).accepted,
    ).toEqual([]);
    expect((await authority.directory.state()).seats.size).toBe(0);
  });

  it('takes no key for a post that was taken away', async () => {
    const code = await codeFor(authority, person);
    await takePost(authority, person, seat);
    expect(
      enrolled(await enrol(authority, code, await makeLaptop(), { seats: [{ seat, publicKey: await freshKey() }] }))
        .accepted,
    ).toEqual([]);
  });

  it('refuses a device whose key the asker does not hold, and leaves the code good', async () => {
    const code = await codeFor(authority, person);
    const victim = await makeLaptop();
    expect((await enrol(authority, code, victim, { proveWith: (await makeLaptop()).signKeys })).status).toBe(
      'malformed',
    );
    expect((await enrol(authority, code, victim)).status).toBe('answered');
  });

  it('does not bring a revoked device back, neither by its old code nor by a new one', async () => {
    const [code, laptop] = [await codeFor(authority, person), await makeLaptop()];
    const { device } = enrolled(await enrol(authority, code, laptop));
    await revokeDevice(authority, device);
    expect((await enrol(authority, code, laptop)).status).toBe('used');
    expect((await enrol(authority, await codeFor(authority, person), laptop)).status).toBe('malformed');
    expect((await authority.directory.state()).devices.size).toBe(0);
  });
});

const ask = async (laptop: Laptop, change: Partial<SeatAsk>) => {
  const { platform, keys } = authority;
  const device = await deviceIdOf(platform, laptop.signKey);
  const sealed = await sealSeatAsk(platform, keys.card, laptop.signKeys.privateKey, {
    org: keys.org,
    device,
    time: platform.now(),
    seats: [],
    ...change,
  });
  return (await answerAsk(authority, relayKey, SEAT_ASK, sealed)).status;
};
const newPost = async (): Promise<SeatId> => {
  const made = await addPost(authority, 'A newer post', '');
  if (!made.ok) throw new Error(made.cause);
  await givePost(authority, person, made.value);
  return made.value;
};

describe('a post that is newer than the device', () => {
  let laptop: Laptop;
  beforeEach(async () => {
    laptop = await makeLaptop();
    await enrol(authority, await codeFor(authority, person), laptop);
  });

  it('gets its first key from the device, and keeps it', async () => {
    const newer = await newPost();
    const publicKey = await freshKey();
    expect(await ask(laptop, { seats: [{ seat: newer, generation: 1, publicKey }] })).toBe('answered');
    const before = await authority.directory.state();
    expect(before.seats.get(newer)).toMatchObject({ generation: 1, publicKey });
    expect(await ask(laptop, { seats: [{ seat: newer, generation: 1, publicKey: await freshKey() }] })).toBe(
      'answered',
    );
    expect((await authority.directory.state()).n).toBe(before.n);
  });

  it('gets none from a device whose person does not hold it, that was revoked, or that did not sign', async () => {
    const newer = await newPost();
    const seats = [{ seat: newer, generation: 1, publicKey: await freshKey() }];
    const device = await deviceIdOf(authority.platform, laptop.signKey);
    expect(await ask(await makeLaptop(), { device, seats })).toBe('malformed');
    expect(await ask(await makeLaptop(), { seats })).toBe('malformed');
    expect(await ask(laptop, { seats, time: authority.platform.now() - 2 * DAY })).toBe('clock');
    expect(await ask(laptop, { seats: [{ seat: newer, generation: 1, publicKey: new Uint8Array(65) }] })).toBe(
      'malformed',
    );
    await takePost(authority, person, newer);
    expect(await ask(laptop, { seats })).toBe('answered');
    await givePost(authority, person, newer);
    await revokeDevice(authority, device);
    expect(await ask(laptop, { seats })).toBe('malformed');
    expect((await authority.directory.state()).seats.size).toBe(0);
  });

  it('gets another key only when somebody has the one in force who left, once, and never one that has been', async () => {
    const newer = await newPost();
    const other = await makeLaptop();
    await enrol(authority, await codeFor(authority, person), other);
    const [one, two] = [await freshKey(), await freshKey()];
    const propose = (generation: number, publicKey: Uint8Array) =>
      ask(laptop, { seats: [{ seat: newer, generation, publicKey }] });
    const key = async () => (await authority.directory.state()).seats.get(newer);
    await propose(1, one);
    await propose(2, two);
    expect(await key(), 'nobody left').toMatchObject({ generation: 1 });
    await revokeDevice(authority, await deviceIdOf(authority.platform, other.signKey));
    await propose(1, one);
    expect(await key(), 'an ask that is repeated').toMatchObject({ generation: 1 });
    await propose(2, two);
    await propose(2, await freshKey());
    expect(await key()).toMatchObject({ generation: 2, publicKey: two });
    await propose(3, await freshKey());
    expect(await key(), 'only once').toMatchObject({ generation: 2 });
  });
});

describe('refusing', () => {
  it('does not know a code that was never made', async () => {
    const code = await codeFor(authority, person);
    expect((await look(authority, { ...code, name: code.name === '0000' ? '0001' : '0000' })).status).toBe(
      'unknown code',
    );
  });

  it('counts wrong secrets: the fifth ends the code, for its owner too', async () => {
    const code = await codeFor(authority, person);
    const wrong = { ...code, secret: code.secret === '000000000000' ? '111111111111' : '000000000000' };
    for (let i = 0; i < 4; i++) expect((await look(authority, wrong)).status).toBe('wrong secret');
    expect((await look(authority, code)).status).toBe('answered');
    expect((await look(authority, wrong)).status).toBe('wrong secret');
    expect((await look(authority, code)).status).toBe('void');
    expect((await enrol(authority, code, await makeLaptop())).status).toBe('void');
  });

  it('counts bytes that nobody sealed as a wrong secret', async () => {
    const code = await codeFor(authority, person);
    expect((await answerAsk(authority, relayKey, code.name, new Uint8Array(200))).status).toBe('wrong secret');
    expect(authority.store.code(code.name)?.wrong).toBe(1);
  });

  it('lets a code expire', async () => {
    const code = await codeFor(authority, person, 1);
    authority.pass(DAY - HOUR);
    expect((await look(authority, code)).status).toBe('answered');
    authority.pass(2 * HOUR);
    expect((await look(authority, code)).status).toBe('expired');
  });

  it('forgets the secret of a code that expired', async () => {
    const [code, used] = [await codeFor(authority, person, 1), await codeFor(authority, person, 1)];
    const laptop = await makeLaptop();
    await enrol(authority, used, laptop);
    authority.pass(2 * DAY);
    authority.store.tidyCodes(authority.platform.now());
    expect(authority.store.code(code.name)?.secret).toBe('');
    expect((await look(authority, code)).status).toBe('expired');
    expect((await enrol(authority, used, laptop)).status).toBe('used');
  });

  it.each([1, -1])('says that the clock is wrong when it is more than a day off (%d)', async (sign) => {
    const off = sign * (DAY + HOUR);
    const code = await codeFor(authority, person);
    expect((await enrol(authority, code, await makeLaptop(), { off })).status).toBe('clock');
  });

  it('refuses a key that is no point of the curve, wherever it stands', async () => {
    const code = await codeFor(authority, person);
    const bad = new Uint8Array(65).fill(4);
    const laptop = await makeLaptop();
    expect(
      (await tell(authority, code, () => ({ do: 'look', replyKey: bad, time: authority.platform.now() }))).status,
    ).toBe('malformed');
    expect((await enrol(authority, code, { ...laptop, boxKey: bad })).status).toBe('malformed');
    expect((await enrol(authority, code, { ...laptop, signKey: bad })).status).toBe('malformed');
    expect((await enrol(authority, code, laptop, { seats: [{ seat, publicKey: bad }] })).status).toBe('malformed');
    expect((await enrol(authority, code, laptop)).status).toBe('answered');
  });

  it('refuses what it cannot read', async () => {
    const code = await codeFor(authority, person);
    expect((await tell(authority, code, () => ({ do: 'dance' }) as never)).status).toBe('malformed');
  });
});
