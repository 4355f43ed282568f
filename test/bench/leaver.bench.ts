/**
 * Measures a leaver, from the identity provider's request on: until the relay refuses their token, until their profile is
 * locked, until their post has its next key, and until the last area of the post has its. Relay and authorities are processes;
 * the computers are the real client without a window, all in this one process, with IndexedDB faked in memory.
 * Takes the number of areas, of devices, and of those that are on line (the leaver's among them; the others are enrolled and
 * switched off, as most of an office is at any moment): `npm run bench -- leaver 500 20 4`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { currentEpoch } from '../../shared/seal/area/chain.ts';
import { makeCase } from '../simulation/cast.ts';
import { Computer } from '../simulation/computer.ts';
import { startServers } from '../support/servers.ts';
import * as entra from '../../sync-server/authority/scim/fixtures/entra.ts';

const [AREAS = 500, DEVICES = 20, ON_LINE = 4] = process.argv.slice(2).map(Number);
const POST = 'Officer in the case, Kendal CID';
const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;

/** Polls without a limit: the bench runs where somebody watches it. */
async function seen(look: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await look())) await pause(50);
}

const dir = await mkdtemp(path.join(tmpdir(), 'joinder-leaver-bench-'));
const servers = await startServers({ dir: path.join(dir, 'servers') });
const computers: Computer[] = [];

const { token, url } = (await servers.authority('police', 'scim-token')) as { token: string; url: string };
async function scim(method: string, at: string, body: object): Promise<{ readonly id: string }> {
  const answer = await fetch(`${url}/Users${at}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`SCIM: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string };
}

/** Somebody whom the provider creates in the post, at a computer. */
async function join(i: number): Promise<{ readonly id: string; readonly computer: Computer }> {
  const { id } = await scim('POST', '', {
    ...entra.newUser(`p${i}@fellshire.example`, `Person ${i}`, 'Roe'),
    title: POST,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: `E${i}`, department: 'Kendal CID' },
  });
  const { code } = await servers.authority('police', 'enrol-code', '--person', id);
  const computer = new Computer(path.join(dir, `computer ${i}`));
  computers.push(computer);
  await computer.enrol(servers.relayUrl, String(code));
  return { id, computer };
}

const areasOf = ({ session }: Computer) =>
  session.log
    .all()
    .flatMap(({ state }) => (state.intake === null && state.access ? [{ ...state, access: state.access }] : []));
/** Areas whose newest key is of this epoch, and is here. */
const under = (computer: Computer, epoch: number): number =>
  areasOf(computer).filter(
    ({ area, access }) => currentEpoch(access) === epoch && computer.session.keyring.areaKey(area, epoch) !== null,
  ).length;
const generation = ({ session }: Computer): number => {
  const state = session.directories.current(session.identity.org);
  const post = [...(state?.posts.values() ?? [])].find(({ title }) => title === POST);
  return (post && state?.seats.get(post.seat)?.generation) ?? 0;
};

try {
  const begun = performance.now();
  const told = (what: string): void => console.log(`${what} after ${seconds(performance.now() - begun)}`);
  const first = await join(0);
  for (let i = 0; i < AREAS; i++) await makeCase(first.computer, `Case ${i}`);
  told(`${AREAS} cases made`);
  const others = [];
  for (let i = 1; i < DEVICES; i++) {
    others.push(await join(i));
    // Switched off again, those that are not to be on line.
    if (i <= DEVICES - ON_LINE) await computers.splice(computers.length - 1, 1)[0]?.close();
  }
  const leaver = others.at(-1);
  if (!leaver) throw new Error('two devices at least');
  const staying = computers.filter((computer) => computer !== leaver.computer);
  told(`${DEVICES} computers, ${ON_LINE} of them on line,`);
  await seen(() => computers.every((computer) => under(computer, 1) === AREAS));
  told('known to all');

  const { state } = leaver.computer.session.link;
  const bearer = state.is === 'connected' ? state.token : '';
  const isRefused = async (): Promise<boolean> => {
    const answer = await fetch(`${servers.relayUrl}/v1/chunks/held`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ area: '00'.repeat(16), chunks: [] }),
    });
    return answer.status === 401;
  };
  if (await isRefused()) throw new Error('refused before anything was said');
  const before = generation(first.computer);
  const at = performance.now();
  const since = async (what: string, look: () => boolean | Promise<boolean>): Promise<void> => {
    await seen(look);
    console.log(`${what}: ${seconds(performance.now() - at)}`);
  };
  await scim('PATCH', `/${leaver.id}`, entra.disable);
  await Promise.all([
    since('from deactivation until the relay refuses the token', isRefused),
    since('until the profile is locked', async () => (await leaver.computer.lockedWhy()) === 'ended'),
    since('until the post has its next key', () => staying.some((computer) => generation(computer) === before + 1)),
    since('until the first area has its next key', () => under(first.computer, 2) > 0),
    since(`until half of ${AREAS} areas have`, () => under(first.computer, 2) >= AREAS / 2),
    since(`until the last of ${AREAS} areas has`, () =>
      areasOf(first.computer).every(({ access }) => currentEpoch(access) === 2),
    ),
    since(`until all ${staying.length} computers that stay have every next key`, () =>
      staying.every((computer) => under(computer, 2) === AREAS),
    ),
  ]);
} finally {
  for (const computer of computers) await computer.close();
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit(); // sessions keep timers that nothing waits for
