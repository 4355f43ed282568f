/** The laptop's part of a sign-in: the browser that comes back, wrongly or not at all, and what is believed of it. */
import { request } from 'node:http';
import { beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import type { BoxKeys } from '../../../shared/primitives/hpke.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import { exportPublicKey, generateSigningKeys } from '../../../shared/primitives/platform.ts';
import type { Card } from '../../../shared/seal/directory/card.ts';
import { encodeCard } from '../../../shared/seal/directory/card.ts';
import { makeOrgCode } from '../../../shared/seal/devices/orgCode.ts';
import { openStrangerAsk, sealStrangerAnswer } from '../../../shared/seal/devices/strangerAsk.ts';
import type { Fetch } from '../../../shared/wire/enrolClient.ts';
import type { StrangerAnswer, StrangerAsk } from '../../../shared/wire/stranger.ts';
import { strangerAsk } from '../../../shared/wire/stranger.ts';
import { platform } from '../../platform.ts';
import type { SigningIn } from './signIn.ts';
import { signingInAt } from './signIn.ts';

const RELAY = 'http://127.0.0.1:1';
let card: Card;
let shownCard: Card;
let keys: BoxKeys;
let code: string;
let asked: StrangerAsk[];
let answers: (ask: StrangerAsk) => StrangerAnswer;
let browser: (url: string) => Promise<void>;
let signingIn: SigningIn;

async function someCard(): Promise<[Card, BoxKeys]> {
  const box = await generateBoxKeys();
  const signKey = await exportPublicKey(platform, (await generateSigningKeys(platform)).publicKey);
  return [{ name: 'Northmoor Police', signKey, boxKey: box.publicKey }, box];
}

const said = (body: unknown) => ({ status: 200, json: () => Promise.resolve(body) });
const fetchIt: Fetch = async (url, init) => {
  if (url.endsWith('/v1/relay')) return said({ version: 1, relayKey: 'AAAA', generation: 1, time: 1 });
  if (init === undefined) return said({ card: encodeCard(shownCard) });
  const ask = strangerAsk.parse(await openStrangerAsk(keys, init.body));
  asked.push(ask);
  const sealed = toBase64Url(await sealStrangerAnswer(ask.replyKey, answers(ask)));
  return said({ status: 'answered', sealed, time: 1 });
};

/** A provider's page for this ask, changed as a test wants it. */
function pageFor(ask: Extract<StrangerAsk, { do: 'begin sign-in' }>): URL {
  const url = new URL('https://login.example/authorize');
  url.searchParams.set('state', ask.state);
  url.searchParams.set('code_challenge', ask.challenge);
  url.searchParams.set('code_challenge_method', 'S256');
  url.searchParams.set('redirect_uri', `http://127.0.0.1:${ask.port}/joinder/signed-in`);
  return url;
}

/** What a browser does that is sent back with this. */
async function comeBack(url: string, change: (back: URL) => void = () => undefined): Promise<Response> {
  const page = new URL(url).searchParams;
  const back = new URL(page.get('redirect_uri') ?? '');
  back.searchParams.set('state', page.get('state') ?? '');
  back.searchParams.set('code', 'a code');
  change(back);
  return fetch(back);
}

beforeEach(async () => {
  [card, keys] = await someCard();
  shownCard = card;
  code = await makeOrgCode(platform, card);
  asked = [];
  browser = async (url) => void (await comeBack(url));
  answers = (ask) => {
    if (ask.do === 'sign-in offer') return { is: 'sign-in offer', host: 'login.example', ports: [] };
    if (ask.do === 'begin sign-in') return { is: 'begun', attempt: 'a'.repeat(32), url: pageFor(ask).href };
    return { is: 'signed in', code: 'AN-ENROLMENT-CODE' };
  };
  signingIn = signingInAt({
    platform,
    fetch: fetchIt,
    failedByAddress: () => false,
    openBrowser: (url) => browser(url),
  });
});
const found = async (): Promise<void> => expect(await signingIn.find(RELAY, code)).toMatchObject({ ok: true });
const refused = (cause: string) => ({ ok: false, cause: { cause, day: null } });

it('finds the authority by its code, opens the browser, and brings back what came', async () => {
  expect(await signingIn.find(RELAY, code.toLowerCase().replaceAll('-', ' '))).toMatchObject({
    ok: true,
    value: { org: 'Northmoor Police', host: 'login.example' },
  });
  let page = '';
  browser = async (url) => {
    const response = await comeBack(url);
    page = `${response.url} ${await response.text()}`;
  };
  expect(await signingIn.signIn()).toEqual({ ok: true, value: { relay: RELAY, code: 'AN-ENROLMENT-CODE' } });
  expect(page, 'the code does not stay in the address line').toMatch(/\/joinder\/done /);
  expect(page).toContain('You can close this page');
  const [, begun, finished] = asked;
  if (begun?.do !== 'begin sign-in' || finished?.do !== 'finish sign-in') throw new Error('asked otherwise');
  expect(new URLSearchParams(finished.query).get('code')).toBe('a code');
  await expect(fetch(`http://127.0.0.1:${begun.port}/joinder/signed-in`), 'nobody listens any more').rejects.toThrow();
});

it('is not taken in by a relay that shows another authority, nor by a mistyped code', async () => {
  const digit = code.startsWith('A') ? 'B' : 'A';
  expect(await signingIn.find(RELAY, digit + code.slice(1))).toEqual({ ok: false, cause: 'mistyped' });
  [shownCard] = await someCard();
  expect(await signingIn.find(RELAY, code)).toEqual({ ok: false, cause: 'not that authority' });
  expect(await signingIn.signIn()).toEqual(refused('malformed'));
});

it('is told that there is no sign-in', async () => {
  answers = () => ({ is: 'declined', cause: 'no sign-in', day: null });
  expect(await signingIn.find(RELAY, code)).toEqual({ ok: false, cause: 'no sign-in' });
});

it('opens no page that is not on the web, or not for this attempt', async () => {
  await found();
  let opened = 0;
  browser = () => Promise.resolve(void opened++);
  const spoil: ((url: URL) => string)[] = [
    () => 'file:///etc/passwd',
    (url) => url.href.replace('https:', 'http:'),
    (url) => (url.searchParams.set('state', 'x'), url.href),
    (url) => (url.searchParams.set('code_challenge', 'x'), url.href),
    (url) => (url.searchParams.set('code_challenge_method', 'plain'), url.href),
    (url) => (url.searchParams.set('redirect_uri', 'http://127.0.0.1:1/joinder/signed-in'), url.href),
    () => 'no address',
  ];
  for (const how of spoil) {
    answers = (ask) =>
      ask.do === 'begin sign-in'
        ? { is: 'begun', attempt: 'a'.repeat(32), url: how(pageFor(ask)) }
        : { is: 'signed in', code: 'x' };
    expect(await signingIn.signIn()).toEqual(refused('malformed'));
  }
  expect(opened).toBe(0);
});

it('refuses another state; the next try is a good one', async () => {
  await found();
  browser = async (url) => void (await comeBack(url, (back) => back.searchParams.set('state', 'x'.repeat(43))));
  expect(await signingIn.signIn()).toEqual(refused('other sign-in'));
  expect(asked.some((ask) => ask.do === 'finish sign-in')).toBe(false);
  browser = async (url) => void (await comeBack(url));
  expect(await signingIn.signIn()).toMatchObject({ ok: true });
});

it('takes one path, one method and one name of the address', async () => {
  await found();
  const statuses: (number | undefined)[] = [];
  browser = async (url) => {
    const at = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
    statuses.push((await comeBack(url, (back) => (back.pathname = '/joinder/other'))).status);
    statuses.push((await fetch(at, { method: 'POST' })).status);
    statuses.push(await statusAs(at, `localhost:${at.port}`));
    await comeBack(url);
  };
  expect(await signingIn.signIn()).toMatchObject({ ok: true });
  expect(statuses).toEqual([404, 404, 404]);
});

const statusAs = (at: URL, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) =>
    request({ host: at.hostname, port: at.port, path: at.pathname, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end(),
  );

it('says that somebody cancelled: at the page, or here', async () => {
  await found();
  browser = async (url) =>
    void (await comeBack(url, (back) => {
      back.searchParams.delete('code');
      back.searchParams.set('error', 'access_denied');
    }));
  expect(await signingIn.signIn()).toEqual(refused('cancelled'));
  const opened: string[] = [];
  browser = (url) => Promise.resolve(void opened.push(url));
  const waiting = signingIn.signIn();
  await expect.poll(() => opened.length).toBe(1);
  await signingIn.openAgain();
  expect(opened[1]).toBe(opened[0]);
  signingIn.cancel();
  expect(await waiting).toEqual(refused('cancelled'));
  await signingIn.openAgain();
  expect(opened).toHaveLength(2);
});

it('says what the authority says, with the day; and that there is no browser, or no port', async () => {
  await found();
  const before = answers;
  answers = (ask) =>
    ask.do === 'finish sign-in' ? { is: 'declined', cause: 'not in', day: '2027-01-04' } : before(ask);
  expect(await signingIn.signIn()).toEqual({ ok: false, cause: { cause: 'not in', day: '2027-01-04' } });
  browser = () => Promise.reject(new Error('none'));
  expect(await signingIn.signIn()).toEqual(refused('no browser'));
  let taken = 0;
  browser = async (url) => {
    taken = Number(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
    answers = (ask) => (ask.do === 'sign-in offer' ? { is: 'sign-in offer', host: 'x', ports: [taken] } : before(ask));
    const other = signingInAt({ platform, fetch: fetchIt, failedByAddress: () => false, openBrowser: browser });
    expect(await other.find(RELAY, code)).toMatchObject({ ok: true });
    expect(await other.signIn()).toEqual(refused('no port'));
    await comeBack(url);
  };
  expect(await signingIn.signIn()).toMatchObject({ ok: true });
});
