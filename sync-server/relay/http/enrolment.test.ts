/**
 * Enrolment through the relay: a laptop finds an authority's card, asks it sealed, and the relay passes both ways what it
 * cannot read; with its words for an authority that is not there.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64Url } from '../../../shared/primitives/bytes.ts';
import { encodeCard } from '../../../shared/seal/directory/card.ts';
import { authorityDigits } from '../../../shared/seal/devices/enrolment.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import { connectAuthority, decodeToAuthority as decode } from '../testing/authorityLink.fixture.ts';
import { openSocket } from '../testing/socket.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld } from '../testing/world.fixture.ts';
import { LINK_VERSION, encodeMessage } from '../../../shared/wire/link.ts';
import type { ToAuthority } from '../../../shared/wire/link.ts';

let world: World;
let digits: string;
beforeAll(async () => {
  world = await makeWorld();
  digits = await authorityDigits(platform, world.police.card);
});
afterAll(() => world.end());

const post = (path: string, body: Uint8Array) =>
  fetch(`${world.relay.url}/v1/authorities/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(body),
  });

test('the card of an authority is found by the digits of a code', async () => {
  const answer = await fetch(`${world.relay.url}/v1/authorities/${digits}`);
  expect(await answer.json()).toEqual({ card: encodeCard(world.police.card) });
  expect((await fetch(`${world.relay.url}/v1/authorities/${'0'.repeat(20)}`)).status).toBe(404);
  expect((await fetch(`${world.relay.url}/v1/authorities/nonsense`)).status).toBe(404);
});

test('what a laptop asks reaches the authority, and its answer comes back, bytes for bytes', async () => {
  const link = await connectAuthority(world.relay.url, world.police.org, world.police.keys.privateKey);
  link.onAsk(({ q, name, sealed }) => ({
    t: 'answer',
    q,
    status: name === 'ABCD' ? 'answered' : 'unknown code',
    sealed: name === 'ABCD' ? sealed.toReversed() : null,
  }));
  const answers = await Promise.all([
    post(`${digits}/ask/ABCD`, new Uint8Array([1, 2, 3])),
    post(`${digits}/ask/ABCE`, new Uint8Array([1])),
  ]);
  const [known, unknown] = (await Promise.all(answers.map((answer) => answer.json()))) as {
    status: string;
    sealed: string | null;
  }[];
  expect([known?.status, fromBase64Url(known?.sealed ?? '')]).toEqual(['answered', new Uint8Array([3, 2, 1])]);
  expect(unknown).toMatchObject({ status: 'unknown code', sealed: null });
  expect((await post(`${digits}/ask/ABCD`, new Uint8Array(70_000))).status).toBe(413);
  await link.close();
});

test('without the authority the relay says so', async () => {
  await expect.poll(async () => (await post(`${digits}/ask/ABCD`, new Uint8Array([1]))).status).toBe(503);
  expect((await post(`${'0'.repeat(20)}/ask/ABCD`, new Uint8Array([1]))).status).toBe(404);
});

test('only the key of its card opens an authority’s link, and a second link replaces the first', async () => {
  const forged = openSocket(world.relay.url, '/v1/authority', decode);
  await forged.next((m): m is ToAuthority => m.t === 'challenge');
  forged.send(encodeMessage({ t: 'hello', version: LINK_VERSION, org: world.police.org }));
  forged.send(encodeMessage({ t: 'auth', signature: new Uint8Array(64) }));
  expect(await forged.next((m): m is ToAuthority => m.t === 'refused')).toMatchObject({ cause: 'bad signature' });
  const first = await connectAuthority(world.relay.url, world.police.org, world.police.keys.privateKey);
  const second = await connectAuthority(world.relay.url, world.police.org, world.police.keys.privateKey);
  second.onAsk(({ q }) => ({ t: 'answer', q, status: 'used', sealed: null }));
  expect(await (await post(`${digits}/ask/ABCD`, new Uint8Array([1]))).json()).toMatchObject({ status: 'used' });
  await Promise.all([first.close(), second.close()]);
});
