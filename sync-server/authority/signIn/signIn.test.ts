/** Signing in against a real provider, and every way in which it must be refused. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/primitives/units.ts';
import { readCode } from '../../../shared/seal/devices/enrolment.ts';
import { STRANGER_ASK, openStrangerAnswer, sealStrangerAsk } from '../../../shared/seal/devices/strangerAsk.ts';
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';
import { strangerAnswer } from '../../../shared/wire/stranger.ts';
import type { Authority } from '../authority.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { enrol, look, makeAuthority, makeLaptop, relayKey } from '../authority.fixture.ts';
import { decideOn, waitingFor } from '../devices/approving.ts';
import { answerAsk } from '../enrol/answer.ts';
import { importPersonnel } from '../hr/hrImport.ts';
import { noFacts } from '../people/facts.ts';
import { reconcile } from '../people/reconcile.ts';
import type { Spoilt, TestProvider } from './provider.fixture.ts';
import { CLIENT, startProvider, walkThrough } from './provider.fixture.ts';
import type { SignInSettings } from './settings.ts';
import { withSignIn } from './withSignIn.ts';

let provider: TestProvider;
let bare: TestAuthority;
let authority: Authority;
const PORT = 49_152;

const settings = (change: Partial<SignInSettings> = {}): SignInSettings => ({
  issuer: provider.issuer,
  clientId: CLIENT,
  claim: 'sub',
  matches: 'externalId',
  admits: 'automatic',
  ports: [],
  ...change,
});
const set = (change: Partial<SignInSettings> = {}): void => void (authority = withSignIn(bare, settings(change)));

beforeAll(async () => void (provider = await startProvider()));
afterAll(() => provider.close());
beforeEach(async () => {
  bare = await makeAuthority();
  provider.spoil(null);
  set();
  await provisioned('ada', 'Ada Fell');
});
afterEach(() => bare.remove());

const idOf = (name: string): PersonId => Buffer.from(name).toString('hex').padStart(32, '0') as PersonId;

/** Somebody whom the provider pushed by SCIM. */
async function provisioned(externalId: string, displayName: string): Promise<void> {
  const account = {
    state: 'active' as const,
    userName: `${externalId}@fellshire.example`,
    externalId,
    resource: { displayName, title: 'Officer' },
  };
  bare.people.putPerson(idOf(externalId), { ...noFacts, account }, bare.platform.now());
  await reconcile(bare, 'scim');
}

type Body = Parameters<typeof sealStrangerAsk>[1];
async function ask(body: Record<string, unknown>, time = bare.platform.now()): Promise<StrangerAnswer | string> {
  const reply = await generateBoxKeys();
  const sealed: Body = { ...body, replyKey: reply.publicKey, time };
  const told = await answerAsk(authority, relayKey, STRANGER_ASK, await sealStrangerAsk(bare.keys.card, sealed));
  return told.sealed === null ? told.status : strangerAnswer.parse(await openStrangerAnswer(reply, told.sealed));
}

const verifier = (): string => randomBytes(32).toString('base64url');
const challengeOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

interface Begun {
  readonly attempt: string;
  readonly url: string;
  readonly verifier: string;
}
async function begin(port = PORT): Promise<Begun> {
  const secret = verifier();
  const answer = await ask({ do: 'begin sign-in', port, challenge: challengeOf(secret), state: verifier() });
  if (typeof answer === 'string' || answer.is !== 'begun') throw new Error(JSON.stringify(answer));
  return { ...answer, verifier: secret };
}
const finish = ({ attempt, verifier: secret }: Begun, back: string): Promise<StrangerAnswer | string> =>
  ask({ do: 'finish sign-in', attempt, verifier: secret, query: new URL(back).search });

/** The whole way, as `ada` unless said otherwise. */
async function signIn(login = 'ada', does: 'sign in' | 'cancel' = 'sign in'): Promise<StrangerAnswer | string> {
  const begun = await begin();
  return finish(begun, await walkThrough(begun.url, login, does));
}
const declined = (cause: string, day: string | null = null) => ({ is: 'declined', cause, day });

async function codeOf(answer: StrangerAnswer | string) {
  if (typeof answer === 'string' || answer.is !== 'signed in') throw new Error(JSON.stringify(answer));
  const code = await readCode(bare.platform, answer.code);
  if (!code.ok) throw new Error(code.cause);
  return code.value;
}

describe('a right sign-in', () => {
  it('ends with a code for that person, with which a computer is admitted', async () => {
    expect(await ask({ do: 'sign-in offer' })).toEqual({
      is: 'sign-in offer',
      host: new URL(provider.issuer).host,
      ports: [],
    });
    const code = await codeOf(await signIn());
    expect((await bare.directory.state()).devices.size, 'a claim adds no key').toBe(0);
    expect((await look(bare, code)).answer).toMatchObject({ is: 'offer', personName: 'Ada Fell' });
    expect((await enrol(bare, code, await makeLaptop())).answer).toMatchObject({ is: 'enrolled' });
    expect((await look(bare, code)).answer).toMatchObject({ used: true });
    bare.pass(2 * HOUR);
    expect(await signIn(), 'the authority’s clock counts').toEqual(declined('not verified'));
  });

  it('serves for one sitting', async () => {
    const code = await codeOf(await signIn());
    bare.pass(61 * MINUTE);
    expect((await look(bare, code)).status).toBe('expired');
  });

  it('lets a computer whose answer was lost come again, by another sign-in', async () => {
    const laptop = await makeLaptop();
    expect((await enrol(bare, await codeOf(await signIn()), laptop)).answer).toMatchObject({ is: 'enrolled' });
    const before = bare.store.count();
    const again = await codeOf(await signIn());
    expect((await enrol(bare, again, laptop)).answer).toMatchObject({ is: 'enrolled' });
    expect(bare.store.count()).toBe(before);
    expect((await enrol(bare, again, await makeLaptop())).status).toBe('used');
    await provisioned('ben', 'Ben Hale');
    expect((await enrol(bare, await codeOf(await signIn('ben')), laptop)).status, 'nobody else’s').toBe('malformed');
  });

  it('goes on when the provider has changed its keys', async () => {
    await codeOf(await signIn());
    provider.rotate();
    await codeOf(await signIn());
  });

  it.each([
    [{ claim: 'oid' as const }, 'oid-ada'],
    [{ claim: 'preferred_username' as const, matches: 'userName' as const }, 'ada'],
  ])('finds the person by the claim that is set: %o', async (change, externalId) => {
    if (externalId !== 'ada') {
      bare.people.dropPerson(idOf('ada'), bare.platform.now());
      await provisioned(externalId, 'Ada Fell');
    }
    set(change);
    expect((await look(bare, await codeOf(await signIn()))).answer).toMatchObject({ personName: 'Ada Fell' });
  });

  it('waits, where the policy says so, until a key-admin has compared the short code', async () => {
    set({ admits: 'compared' });
    await provisioned('ben', 'Ben Hale');
    await provisioned('una', 'Una Field');
    const [ada, ben, una] = [idOf('ada'), idOf('ben'), idOf('una')];
    bare.store.devices.setKeyAdmin(ben, true, bare.platform.now());
    const [code, laptop] = [await codeOf(await signIn()), await makeLaptop()];
    expect((await enrol(bare, code, laptop)).answer).toMatchObject({ is: 'waiting' });
    expect(await waitingFor(bare, una)).toMatchObject({ computers: [] });
    expect(await waitingFor(bare, ada), 'at another computer of hers').toMatchObject({
      computers: [{ name: 'laptop' }],
    });
    const shown = await waitingFor(bare, ben);
    if (shown.is !== 'waiting' || shown.computers[0] === undefined) throw new Error('nothing waits');
    const { digits, code: name } = shown.computers[0];
    expect(await decideOn(bare, una, name, digits)).toMatchObject({ is: 'declined' });
    expect(await decideOn(bare, ben, name, '000 000')).toMatchObject({ is: 'declined' });
    expect((await bare.directory.state()).devices.size).toBe(0);
    expect(await decideOn(bare, ben, name, digits)).toEqual({ is: 'done' });
    expect((await enrol(bare, code, laptop)).answer).toMatchObject({ is: 'enrolled' });
  });
});

describe('is refused', () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const past = (claims: Record<string, unknown>) => ({ ...claims, iat: 1_000_000_000, exp: 1_000_000_300 });
  const spoilt: [string, Spoilt][] = [
    ['another issuer', { claims: (c) => ({ ...c, iss: 'https://elsewhere.example' }) }],
    ['another audience', { claims: (c) => ({ ...c, aud: 'somebody else' }) }],
    ['several audiences, made for another of them', { claims: (c) => ({ ...c, aud: [CLIENT, 'x'], azp: 'x' }) }],
    ['one audience, made for another', { claims: (c) => ({ ...c, azp: 'x' }) }],
    ['another nonce', { claims: (c) => ({ ...c, nonce: 'x' }) }],
    ['no nonce', { claims: (c) => ({ ...c, nonce: undefined }) }],
    ['an expired token', { claims: past }],
    ['a token of a time to come', { claims: (c) => ({ ...c, nbf: 4_000_000_000 }) }],
    ['an unsigned token', { unsigned: true }],
    ['another key', { key: other }],
    ['a key that the issuer does not know', { key: other, header: { kid: 'mine' } }],
    ['a signature by a shared secret', { header: { alg: 'HS256' } }],
    ['no claim to go by', { claims: (c) => ({ ...c, sub: 7 }) }],
  ];
  it.each(spoilt)('%s', async (_, how) => {
    provider.spoil(how);
    expect(await signIn()).toEqual(declined('not verified'));
    expect(bare.store.openCodes(bare.platform.now())).toBe(0);
    provider.spoil(null);
    await codeOf(await signIn()); // and the next try is a good one
  });

  it('another state, another issuer of the redirect, a code used before, an attempt used before', async () => {
    const begun = await begin();
    const back = await walkThrough(begun.url, 'ada');
    const change = (name: string, value: string): string => {
      const url = new URL(back);
      url.searchParams.set(name, value);
      return url.href;
    };
    expect(await finish(begun, change('state', 'x'))).toEqual(declined('not verified'));
    expect(await finish(begun, back), 'once, however it ended').toEqual(declined('attempt over'));
    const next = await begin();
    expect(
      await finish(
        next,
        await walkThrough(next.url, 'ada').then((url) => url.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fx.example')),
      ),
    ).toEqual(declined('not verified'));
    const [first, second] = [await begin(), await begin()];
    const used = await walkThrough(first.url, 'ada');
    await codeOf(await finish(first, used));
    const theirs = new URL(await walkThrough(second.url, 'ada'));
    theirs.searchParams.set('code', new URL(used).searchParams.get('code') ?? '');
    expect(await finish(second, theirs.href)).toEqual(declined('provider refused'));
  });

  it('another verifier: a code that somebody saw is of no use', async () => {
    const begun = await begin();
    const back = await walkThrough(begun.url, 'ada');
    expect(await finish({ ...begun, verifier: verifier() }, back)).toEqual(declined('not verified'));
  });

  it('another path or computer to be sent back to, which the provider does not know', async () => {
    const { url } = await begin();
    const at = (redirect: string): string => {
      const changed = new URL(url);
      changed.searchParams.set('redirect_uri', redirect);
      return changed.href;
    };
    for (const redirect of [`http://127.0.0.1:${PORT}/other`, `http://elsewhere.example:${PORT}/joinder/signed-in`])
      await expect(walkThrough(at(redirect), 'ada')).rejects.toThrow('the provider refused');
  });

  it('another port than it began with, at the token: the provider compares', async () => {
    const begun = await begin(PORT);
    const moved = new URL(begun.url);
    moved.searchParams.set('redirect_uri', `http://127.0.0.1:${PORT + 1}/joinder/signed-in`);
    expect(await finish(begun, await walkThrough(moved.href, 'ada'))).toEqual(declined('provider refused'));
  });

  it('a port that is not listed', async () => {
    set({ ports: [PORT] });
    expect(
      await ask({ do: 'begin sign-in', port: PORT + 1, challenge: challengeOf(verifier()), state: verifier() }),
    ).toEqual(declined('attempt over'));
    await codeOf(await signIn());
  });

  it('who cancelled at the provider, took too long, or does not belong here', async () => {
    expect(await signIn('ada', 'cancel')).toEqual(declined('provider refused'));
    const begun = await begin();
    const back = await walkThrough(begun.url, 'ada');
    bare.pass(16 * MINUTE);
    expect(await finish(begun, back)).toEqual(declined('attempt over'));
    expect(await signIn('somebody of another organisation')).toEqual(declined('not one of us'));
  });

  it('who has left, and who is still to come, with the day', async () => {
    const day = (days: number): string => new Date(bare.platform.now() + days * DAY).toISOString().slice(0, 10);
    set({ claim: 'preferred_username', matches: 'userName' });
    const personnelSays = async (starts: string, end: string): Promise<void> => {
      const sam = `E1,Sam Hale,Penrith,Clerk,${starts},,sam@fellshire.example`;
      const una = `E2,Una Field,Penrith,Clerk,2020-01-06,${end},una@fellshire.example`;
      const csv = ['staff number,name,unit,post,start,end,sign in', sam, una].join('\n');
      expect((await importPersonnel(bare, utf8(csv), { dryRun: false, force: true })).ok).toBe(true);
    };
    await personnelSays(day(10), '');
    await personnelSays(day(10), day(-1));
    expect(await signIn('sam')).toEqual(declined('not in', day(10)));
    expect(await signIn('una')).toEqual(declined('not in'));
    await personnelSays(day(0), day(-1));
    expect((await look(bare, await codeOf(await signIn('sam')))).answer).toMatchObject({ personName: 'Sam Hale' });
  });

  it('everybody where the provider is away, is another, or no sign-in is set', async () => {
    set({ issuer: 'http://127.0.0.1:1' });
    expect(
      await ask({ do: 'begin sign-in', port: PORT, challenge: challengeOf(verifier()), state: verifier() }),
    ).toEqual(declined('provider away'));
    set({ issuer: `${provider.issuer}/other` });
    expect(
      await ask({ do: 'begin sign-in', port: PORT, challenge: challengeOf(verifier()), state: verifier() }),
    ).toMatchObject({
      is: 'declined',
    });
    authority = bare;
    expect(await ask({ do: 'sign-in offer' })).toEqual(declined('no sign-in'));
    set();
    expect(await ask({ do: 'sign-in offer' }, bare.platform.now() + 2 * DAY)).toBe('clock');
    expect(await ask({ do: 'begin sign-in', port: PORT, challenge: 'short', state: 'x' })).toBe('malformed');
  });
});
