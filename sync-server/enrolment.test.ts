/** Enrolment through the real relay and real authorities, each a process, as a laptop meets them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateBoxKeys } from '../shared/primitives/hpke.ts';
import type { SeatId } from '../shared/primitives/ids.ts';
import { generateSigningKeys } from '../shared/primitives/platform.ts';
import type { Asking, Fetch, NewDevice, Offer } from '../shared/wire/enrolClient.ts';
import { enrol, lookUp, proposeSeats } from '../shared/wire/enrolClient.ts';
import type { Role } from '../test/support/fellshire.ts';
import type { Servers } from '../test/support/servers.ts';
import { startServers } from '../test/support/servers.ts';
import { nodePlatform } from './common/node.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'joinder-servers-'));
let servers: Servers;
beforeAll(async () => (servers = await startServers({ dir })), 60_000);
afterAll(async () => {
  await servers.stop();
  rmSync(dir, { recursive: true });
});

const fetchBytes: Fetch = (url, init) =>
  fetch(url, init === undefined ? {} : { ...init, headers: { ...init.headers }, body: new Uint8Array(init.body) });
const asking = (code: string): Asking => ({ relay: servers.relayUrl, code, platform: nodePlatform, fetch: fetchBytes });

async function offerFor(code: string): Promise<Offer> {
  const offer = await lookUp(asking(code));
  if (!offer.ok) throw new Error(offer.cause);
  return offer.value;
}

async function newDevice(offer: Offer): Promise<NewDevice> {
  const seats = await Promise.all(
    offer.posts
      .filter((post) => !post.hasKey)
      .map(async ({ seat }) => ({ seat, publicKey: (await generateBoxKeys()).publicKey })),
  );
  return {
    signKeys: await generateSigningKeys(nodePlatform),
    boxKey: (await generateBoxKeys()).publicKey,
    name: 'laptop',
    seats,
  };
}

it('enrols a device of each organisation, with its partner in the directory it gets', async () => {
  for (const [role, partner] of [
    ['officer', 'Fellshire Prosecution Service'],
    ['prosecutor', 'Fellshire Police'],
  ] as const satisfies readonly (readonly [Role, string])[]) {
    const { name, organisation, post } = servers.people[role];
    const code = await servers.newCode(role);
    const offer = await offerFor(code);
    expect(offer).toMatchObject({ personName: name, orgName: organisation, posts: [{ title: post, hasKey: false }] });
    const enrolled = await enrol(asking(code), await newDevice(offer));
    if (!enrolled.ok) throw new Error(enrolled.cause);
    expect(enrolled.value.accepted).toEqual([offer.posts[0]?.seat]);
    expect([...enrolled.value.directory.partners.values()].map((p) => p.name)).toEqual([partner]);
  }
});

it('shows a second device of the post that the post has its key', async () => {
  const { posts } = await offerFor(await servers.newCode('officer2'));
  expect(posts.find(({ title }) => title === servers.people.officer.post)).toMatchObject({ hasKey: true });
});

it('says that the authority is away while it is, and goes on when it is back', async () => {
  const code = await servers.newCode('officer2');
  const device = await newDevice(await offerFor(code));
  await servers.kill('police');
  expect(await enrol(asking(code), device)).toEqual({ ok: false, cause: 'authority away' });
  await servers.restart('police');
  expect(await enrol(asking(code), device)).toMatchObject({ ok: true });
  await servers.kill('relay');
  expect(await enrol(asking(code), device)).toEqual({ ok: false, cause: 'no network' });
  await servers.restart('relay');
  expect(await enrol(asking(code), device)).toMatchObject({ ok: true });
});

it('gives a post its first key when the post is newer than the device', async () => {
  const code = await servers.newCode('officer');
  const device = await newDevice(await offerFor(code));
  const enrolled = await enrol(asking(code), device);
  if (!enrolled.ok) throw new Error(enrolled.cause);
  const post = await servers.authority('police', 'post', 'add', '--title', 'A newer post');
  await servers.authority(
    'police',
    'person',
    'hold-post',
    '--person',
    servers.people.officer.id,
    '--post',
    String(post['id']),
  );
  const { cardText, relay } = enrolled.value;
  const seats = [{ seat: String(post['id']) as SeatId, generation: 1, publicKey: (await generateBoxKeys()).publicKey }];
  const proposed = await proposeSeats(
    { relay, cardText, platform: nodePlatform, fetch: fetchBytes },
    device.signKeys.privateKey,
    enrolled.value.device,
    seats,
  );
  expect(proposed).toEqual({ ok: true, value: null });
  expect(await servers.authority('police', 'person', 'list')).toMatchObject({
    posts: expect.arrayContaining([expect.objectContaining({ id: post['id'], hasKey: true })]),
  });
});
