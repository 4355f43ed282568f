/**
 * Joiners, a mover and leavers from the identity provider's request to every computer that it concerns. Real SCIM over HTTP, real
 * authority, relay and computers. What it took is printed.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import type { AreaId, CaseId, PersonId } from '../../../shared/primitives/ids.ts';
import { handOver } from '../../../renderer/sync/cases/work/handingOver.ts';
import { leavers } from '../../../renderer/sync/views/leavers.ts';
import { needsOf } from '../../../renderer/sync/views/needs.ts';
import { packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { issueCode } from '../../../sync-server/authority/enrol/codes.ts';
import { makeHttp } from '../../../sync-server/authority/http.ts';
import * as entra from '../../../sync-server/authority/scim/fixtures/entra.ts';
import { SCIM_PATH } from '../../../sync-server/authority/scim/names.ts';
import { makeToken } from '../../../sync-server/authority/scim/tokens.ts';
import { addFile, deliver, makeCase, me, partnerPost, releaseTo } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { World } from '../world.ts';

const POST = 'Officer in the case, Kendal CID';

let world: World;
let colleague: Computer;
let http: FastifyInstance;
let token: string;

beforeAll(async () => {
  world = await World.begin();
  colleague = await world.computer('colleague', 'officer2');
  const parts = {
    authority: world.authority('police'),
    changed: () => world.publish('police'),
    failed: (error: unknown) => {
      throw error;
    },
  };
  http = await makeHttp(parts, () => ({}));
  token = await makeToken(parts.authority, false);
}, 40_000);
afterAll(async () => {
  await http.close();
  await world.end();
}, 20_000);

async function scim(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await http.inject({
    method,
    url: `${SCIM_PATH}${path}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  expect(answer.statusCode).toBeLessThan(300);
  return answer.body === '' ? {} : answer.json<Record<string, unknown>>();
}

/** Somebody whom the provider creates, in the post of the colleague, at a computer. */
async function join(name: string): Promise<{ person: PersonId; computer: Computer }> {
  const body = {
    ...entra.newUser(`${name}@fellshire.example`, name, 'Roe'),
    title: POST,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: name, department: 'Kendal' },
  };
  const person = (await scim('POST', '/Users', body))['id'] as PersonId;
  const code = await issueCode(world.authority('police'), person, 1);
  if (!code.ok) throw new Error(code.cause);
  const computer = world.add(new Computer(`${world.dir}/${name}`));
  await computer.enrol(world.relayUrl, code.value.code);
  return { person, computer };
}

const sees = ({ session }: Computer, area: string): boolean =>
  session.log.all().some(({ state }) => state.area === area);

/** The post's newest key, as this computer's directory has it. */
const postKey = ({ session }: Computer) => {
  const state = session.directories.current(session.identity.org);
  const post = [...(state?.posts.values() ?? [])].find(({ title }) => title === POST);
  return post && state?.seats.get(post.seat);
};
const holdsNewest = (computer: Computer): boolean => {
  const key = postKey(computer);
  return key !== undefined && computer.session.keyring.seat(key.seat, key.generation) !== null;
};
const reads = ({ session }: Computer, area: AreaId): boolean => session.keyring.areaKey(area, 1) !== null;

const epochOf = ({ session }: Computer, area: AreaId): number => {
  const access = session.log.all().find(({ state }) => state.area === area)?.state.access;
  return access ? currentEpoch(access) : 0;
};
const readsNewest = (computer: Computer, area: AreaId): boolean =>
  computer.session.keyring.areaKey(area, epochOf(computer, area)) !== null;

let ada: Computer;
let adaId: PersonId;
let ashCase: CaseId;
let ash: AreaId;
it('joins by what the provider says, and reads the cases of the post', async () => {
  ashCase = await makeCase(colleague, 'R v Ash');
  ({ computer: ada, person: adaId } = await join('Ada'));
  ash = await colleague.area(ashCase, 'working papers');
  await until(() => sees(ada, ash) && reads(ada, ash), 'the case of the post');
});

it('leaves while at work: link and token end, and the profile locks for good, within seconds', async () => {
  const { person, computer } = await join('Ben');
  const { session } = computer;
  const { state } = session.link;
  const bearer =
    state.is === 'connected'
      ? state.token
      : await until(() => (computer.session.link.state.is === 'connected' ? computer.session.link.state.token : null));
  const held = (): Promise<Response> =>
    fetch(`${world.relayUrl}/v1/chunks/held`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ area: '00'.repeat(16), chunks: [] }),
    });
  expect((await held()).status).not.toBe(401);
  await until(() => holdsNewest(ada) && holdsNewest(computer) && reads(computer, ash), 'both to have the keys');
  const { generation = 0, publicKey } = postKey(colleague) ?? {};
  const begun = performance.now();
  await scim('PATCH', `/Users/${person}`, entra.disable);
  await until(async () => (await held()).status === 401, 'the token refused');
  const refused = performance.now() - begun;
  await until(async () => (await computer.lockedWhy()) === 'ended', 'the profile locked');
  const locked = performance.now() - begun;
  await until(() => postKey(colleague)?.generation === generation + 1, 'the post’s next key');
  const rotated = performance.now() - begun;
  await until(() => epochOf(colleague, ash) === 2, 'the area’s next key');
  const changed = performance.now() - begun;
  const seconds = (time: number): string => `${(time / 1000).toFixed(2)} s`;
  console.log(
    `from deactivation to refusal ${seconds(refused)}, to the lock ${seconds(locked)}, to the seat's next key ${seconds(rotated)}, to the area's ${seconds(changed)}`,
  );
  expect(postKey(colleague)?.publicKey).not.toEqual(publicKey);
  await until(() => holdsNewest(ada) && holdsNewest(colleague), 'the next key with everybody who stays');
  await until(
    () => readsNewest(ada, ash) && readsNewest(colleague, ash),
    'the area’s next key with everybody who stays',
  );
  expect(session.keyring.areaKey(ash, 1)).not.toBe(null);
  expect(session.keyring.areaKey(ash, 2), 'who left has the old key, and not the new one').toBe(null);
  expect(await computer.tryPassphrase()).toBe('access ended');
  const happened = world
    .authority('police')
    .people.record(person)
    .map(({ what }) => what);
  expect(happened).toEqual(['joined', 'left']);
});

it('leaves while off line: nothing new comes, and the profile locks when it is next on line', async () => {
  const { person, computer } = await join('Cat');
  await until(() => computer.session.link.open, 'the link');
  computer.goOffline();
  await scim('DELETE', `/Users/${person}`);
  const of = await makeCase(colleague, 'R v Beech');
  const area = await colleague.area(of, 'working papers');
  await until(async () => (await colleague.word(of)).startsWith('Up to date'), 'the case at the relay');
  const { session } = computer;
  const had = new Set(session.log.all().map((replica) => replica.state.area));
  computer.goOnline();
  await until(async () => (await computer.lockedWhy()) === 'ended', 'the profile locked');
  expect(
    session.log
      .all()
      .map((replica) => replica.state.area)
      .filter((one) => !had.has(one)),
  ).toEqual([]);
  expect(had.has(area)).toBe(false);
});

it('leaves with a case in hand: whoever may hand it over is told, until somebody has it', async () => {
  const { person, computer } = await join('Fay');
  await until(() => holdsNewest(computer), 'the post’s key');
  const of = await makeCase(computer, 'R v Dogwood');
  await until(async () => (await colleague.word(of)) !== '', 'the case with a colleague');
  const told = (): readonly string[] => needsOf(colleague.desktop, of).map(({ why }) => why);
  await until(async () => (await computer.word(of)).startsWith('Up to date'), 'the case at the relay');
  expect(told()).toEqual([]);
  await scim('DELETE', `/Users/${person}`);
  await until(() => told().some((why) => why.includes('has left: hand it over')), 'a supervisor who is told');
  const things = async () =>
    (await leavers(colleague.session)).find((one) => one.person === person)?.things.filter((one) => one.case === of);
  const [thing] = (await things()) ?? [];
  expect(thing).toMatchObject({ title: 'R v Dogwood', thing: { is: 'case' }, taken: null });
  expect(
    thing?.to.map((one) => one.person),
    'nobody who left',
  ).not.toContain(person);
  const handed = await handOver(colleague.session, [of], me(colleague.session), 'Fay has left');
  expect(handed).toEqual({ done: 1, failed: [] });
  await until(async () => (await things())?.every((one) => one.taken !== null) === true, 'nothing without an owner');
  await until(() => told().length === 0, 'nothing left to do');
});

it('joins after others left, and reads what the post had before', async () => {
  await until(() => (postKey(colleague)?.generation ?? 0) > 2, 'a key for each who left');
  const { computer } = await join('Dan');
  await until(() => holdsNewest(computer) && sees(computer, ash) && reads(computer, ash), 'the first case of the post');
  await until(() => epochOf(computer, ash) === epochOf(colleague, ash) && readsNewest(computer, ash), 'its newest key');
  const doc = await colleague.openDocument(ash, 'summary');
  doc.text.insert(0, 'Written after they left.');
  const theirs = await computer.openDocument(ash, 'summary');
  await until(() => theirs.text.toJSON().includes('Written after they left.'), 'what is written under the new key');
});

it('changes the key of what is live with a partner too: both sides read on, and what was before', async () => {
  const prosecutor = await world.computer('prosecutor', 'prosecutor');
  const of = await makeCase(colleague, 'R v Cedar');
  await until(() => partnerPost(colleague.session), 'the partner’s post');
  const released = await releaseTo(colleague, of, [await addFile(colleague, of, 'statement.txt')]);
  await until(() => packageOf(prosecutor.session, released), 'the package');
  await deliver(prosecutor, released, 'statement.txt');
  const live = async (computer: Computer): Promise<boolean> =>
    (await computer.view(of)).areas.some(
      (area) => area.kind === 'case file' && area.live?.startsWith('Live with') === true,
    );
  await until(async () => (await live(colleague)) && (await live(prosecutor)), 'a Case file that is live');
  const area = await colleague.area(of, 'case file');
  const { person, computer } = await join('Eve');
  await until(() => holdsNewest(computer), 'the post’s key');
  const before = epochOf(colleague, area);
  await scim('DELETE', `/Users/${person}`);
  await until(() => epochOf(colleague, area) > before && readsNewest(colleague, area), 'the next key here');
  await until(
    () => epochOf(prosecutor, area) === epochOf(colleague, area) && readsNewest(prosecutor, area),
    'the next key with the partner',
  );
  const ours = await colleague.openDocument(area, 'summary');
  ours.text.insert(0, 'Written after Eve left.');
  const theirs = await prosecutor.openDocument(area, 'summary');
  await until(() => theirs.text.toJSON().includes('Written after Eve left.'), 'what is written under the new key');
  theirs.text.insert(0, 'An answer. ');
  await until(() => ours.text.toJSON().includes('An answer.'), 'the answer');
  expect([colleague.alarms, prosecutor.alarms]).toEqual([[], []]);
});

it('leaves out a change of key that another came before in the last moment, without a word', async () => {
  const { access } = colleague.session.log.replica(ash).state;
  const taken = access?.keys.at(-1);
  if (!taken) throw new Error('no key yet');
  const stream = await streamOf(colleague.session.platform, ash, 'chain');
  const change = { area: ash, stream, kind: 'chain', op: { op: 'key', key: taken }, boxes: [] } as const;
  expect((await colleague.session.log.writer.write([change])).ok).toBe(true);
  const unsent = () => colleague.session.db.outbox.where('area').equals(ash).count();
  await until(async () => (await unsent()) === 0, 'nothing unsent');
  expect(colleague.alarms.filter((alarm) => alarm.includes('did not get to the relay'))).toEqual([]);
});

it('moves: what the old post brought ends, what the new one brings begins, and the computer goes on', async () => {
  const { generation = 0 } = postKey(colleague) ?? {};
  const epoch = epochOf(colleague, ash);
  expect(await ada.view(ashCase)).not.toBe(null);
  const titled = (value: string): object => ({ Operations: [{ op: 'Replace', path: 'title', value }] });
  await scim('PATCH', `/Users/${adaId}`, titled('Supervisor, Kendal CID'));
  await until(() => postKey(colleague)?.generation === generation + 1, 'the old post’s next key');
  await until(() => epochOf(colleague, ash) > epoch && readsNewest(colleague, ash), 'the next key of its area');
  const own = (): DirectoryState | null => ada.session.directories.current(ada.session.identity.org);
  const titles = (): (string | undefined)[] =>
    [...(own()?.holds.get(adaId) ?? [])].map((seat) => own()?.posts.get(seat)?.title);
  await until(() => titles().join() === 'Supervisor, Kendal CID', 'the new post alone');
  expect(holdsNewest(ada)).toBe(false);
  expect(ada.session.keyring.areaKey(ash, epochOf(colleague, ash))).toBe(null);
  await until(async () => (await ada.view(ashCase)) === null, 'the case of the old post to go');
  expect([await ada.lockedWhy(), ada.session.link.open, ada.alarms]).toEqual([null, true, []]);
});
