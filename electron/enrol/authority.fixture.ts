/**
 * For the tests: relay and authority of one person as far as an enrolling laptop meets them, in memory, made of the shared
 * functions. The real ones are met by the end-to-end tests.
 */
import { toBase64Url } from '../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { PersonId, SeatId } from '../../shared/primitives/ids.ts';
import { exportPublicKey, generateSigningKeys, importVerifyKey } from '../../shared/primitives/platform.ts';
import { deviceIdOf, encodeCard, orgIdOf } from '../../shared/seal/directory/card.ts';
import { emptyDirectory, extendDirectory, signStatement } from '../../shared/seal/directory/directory.ts';
import type { SignedStatement, Statement } from '../../shared/seal/directory/directory.ts';
import { signErasure } from '../../shared/seal/devices/erasure.ts';
import { openStrangerAsk, sealStrangerAnswer } from '../../shared/seal/devices/strangerAsk.ts';
import { makeCode, openAsk, sealAnswer } from '../../shared/seal/devices/enrolment.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import type { EnrolAnswer } from '../../shared/wire/http.ts';
import { enrolAsk } from '../../shared/wire/http.ts';
import { strangerAsk } from '../../shared/wire/stranger.ts';
import { platform } from '../platform.ts';

export const RELAY = 'http://127.0.0.1:1';

export async function someAuthority() {
  const sign = await generateSigningKeys(platform);
  const box = await generateBoxKeys();
  const signKey = await exportPublicKey(platform, sign.publicKey);
  const card = { name: 'Northmoor Police', signKey, boxKey: box.publicKey };
  const org = await orgIdOf(platform, signKey);
  const { text: codeText, code } = await makeCode(platform, card);
  const relayKey = await exportPublicKey(platform, (await generateSigningKeys(platform)).publicKey);
  const [person, first, second] = [newId<PersonId>(platform), newId<SeatId>(platform), newId<SeatId>(platform)];
  const statements: SignedStatement[] = [];
  let state = emptyDirectory(org);
  const say = async (statement: Statement): Promise<void> => {
    const signed = await signStatement(platform, sign.privateKey, state, platform.now(), statement);
    const next = await extendDirectory(platform, await importVerifyKey(platform, signKey), state, signed);
    if (!next.ok) throw new Error(next.cause);
    state = next.value;
    statements.push(signed);
  };
  await say({ is: 'person', person, name: 'Sam Reed' });
  for (const [seat, title] of [
    [first, 'Officer'],
    [second, 'Supervisor'],
  ] as const) {
    await say({ is: 'post', seat, title, unit: 'CID' });
    await say({ is: 'holds', person, seat });
  }

  const authority = {
    codeText,
    posts: [first, second],
    /** Faults: the answer to an enrolment is lost; another device was first to give this post a key. */
    loseAnswer: false,
    takenSeat: null as SeatId | null,
    /** Orders that every computer's copies are deleted, and what it was told of that. */
    erases: false,
    told: [] as (number | null)[],
    /** What a computer that was told so waits for, in a test that looks at that moment. */
    beforeTold: () => Promise.resolve(),
    devices: () => state.devices.size,
    fetch: (async (url, init) => {
      if (url.endsWith('/v1/relay'))
        return said(200, { version: 1, relayKey: toBase64Url(relayKey), generation: 1, time: platform.now() });
      if (url.endsWith('/v1/late')) return said(200, {});
      if (init === undefined) return said(200, { card: encodeCard(card) });
      if (authority.erases) return said(200, { status: 'answered', sealed: await orderFor(init.body), time: 1 });
      const ask = enrolAsk.parse(await openAsk(platform, box, code, init.body));
      const answer = ask.do === 'look' ? look() : await enrol(ask);
      if (answer === null) return said(200, { status: 'used', sealed: null, time: platform.now() });
      if (ask.do === 'enrol' && authority.loseAnswer) throw new Error('the line was cut');
      return said(200, {
        status: 'answered',
        sealed: toBase64Url(await sealAnswer(platform, ask.replyKey, code, answer)),
        time: platform.now(),
      });
    }) satisfies Fetch,
  };
  const orderFor = async (body: Uint8Array): Promise<string> => {
    const ask = strangerAsk.parse(await openStrangerAsk(box, body));
    if (ask.do !== 'copies') throw new Error('asked otherwise');
    authority.told.push(ask.done);
    if (ask.done !== null) await authority.beforeTold();
    const order = await signErasure(platform, sign.privateKey, { org, device: ask.device, issued: 7 });
    return toBase64Url(await sealStrangerAnswer(ask.replyKey, { is: 'erase', order }));
  };
  const look = (): EnrolAnswer => ({
    is: 'offer',
    used: state.devices.size > 0,
    org,
    orgName: card.name,
    person,
    personName: 'Sam Reed',
    relayKey,
    time: platform.now(),
    posts: [...state.posts.values()].map((post) => ({ ...post, hasKey: state.seats.has(post.seat) })),
  });
  const enrol = async (
    ask: Extract<ReturnType<typeof enrolAsk.parse>, { do: 'enrol' }>,
  ): Promise<EnrolAnswer | null> => {
    const device = await deviceIdOf(platform, ask.device.signKey);
    if (state.devices.size > 0 && !state.devices.has(device)) return null;
    if (!state.devices.has(device))
      await say({
        is: 'device',
        device,
        person,
        name: ask.device.name,
        signKey: ask.device.signKey,
        boxKey: ask.device.boxKey,
      });
    if (authority.takenSeat !== null)
      await say({
        is: 'seat',
        seat: authority.takenSeat,
        generation: 1,
        publicKey: (await generateBoxKeys()).publicKey,
        madeBy: device,
      });
    for (const { seat, publicKey } of ask.seats)
      if (!state.seats.has(seat)) await say({ is: 'seat', seat, generation: 1, publicKey, madeBy: device });
    const accepted = ask.seats
      .filter(({ seat, publicKey }) => equal(state.seats.get(seat)?.publicKey, publicKey))
      .map((s) => s.seat);
    return { is: 'enrolled', device, accepted, relayKey, statements, n: statements.length, time: platform.now() };
  };
  return authority;
}

const said = (status: number, body: unknown) => ({ status, json: () => Promise.resolve(body) });
const equal = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && Buffer.from(a).equals(Buffer.from(b));
