/**
 * The console's HTTP: its own listener, sign-in, pages, acts. Promises that nothing is shown to who is not signed in, that
 * nothing is done without a form of this console sent by an operator, and that whatever is done is put down, signed, with
 * who did it. Never logs a name, a password or what was asked.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Log } from '../../common/log.ts';
import type { Config } from '../config/schema.ts';
import { readNewestActs, recordAct } from '../store/acts.ts';
import { accountStore } from './accounts.ts';
import type { ConsoleAct, Doing } from './act.ts';
import { ACTS } from './acts.ts';
import { showAct, showNotHere, showPage, showSignIn } from './frame.ts';
import type { JobName } from './jobs.ts';
import { openJobs } from './jobs.ts';
import { openLive } from './live.ts';
import type { Page } from './pages/parts.ts';
import { wantsSomebody } from './pages/parts.ts';
import { PAGES } from './pages.ts';
import { goTo, isFromHere, readCookie, readForm, send, sendPage, setCookie, setHeaders } from './requests.ts';
import type { Session } from './sessions.ts';
import { openSessions } from './sessions.ts';
import { openSnapshots } from './snapshot.ts';
import { openThrottle } from './throttle.ts';

export interface ConsoleParts {
  readonly platform: Platform;
  readonly db: DatabaseSync;
  readonly dir: string;
  readonly config: Config;
  readonly key: Key;
  readonly log: Log;
  /** Whether the browser reaches us by TLS. */
  readonly isSecure: (request: IncomingMessage) => boolean;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly isSecure: boolean;
  readonly session: Session | null;
}

const ACTS_SHOWN = 200;
/** Passwords looked at, at once: each takes 128 MiB for its time. */
const AT_ONCE = 2;
const JOB_ACTS: Readonly<Record<JobName, string>> = {
  'make copy': 'backup create',
  'verify copy': 'backup verify',
  'verify records': 'audit verify',
};
const asset = (name: string): Buffer => readFileSync(new URL(`./page/${name}`, import.meta.url));

export function makeConsole({ platform, db, dir, config, key, log, isSecure }: ConsoleParts) {
  const accounts = accountStore(db);
  const sessions = openSessions((name) => accounts.find(name));
  const snapshots = openSnapshots({ platform, db, dir, config });
  const throttle = openThrottle();
  const jobs = openJobs(dir, config, () => platform.now());
  const failed = (error: unknown): void =>
    log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'the console failed');
  const live = openLive(failed);
  const said = new WeakMap<Session, string>();
  const assets = new Map([
    ['/console.css', { type: 'text/css; charset=utf-8', body: asset('console.css') }],
    ['/console.js', { type: 'text/javascript; charset=utf-8', body: asset('console.js') }],
  ]);
  let looking = 0;

  const putDown = (what: string, by: string, detail: Readonly<Record<string, unknown>>): Promise<void> =>
    recordAct(platform, db, key, what, { by, ...detail });

  async function signIn({ request, response, isSecure: secure }: Asked): Promise<void> {
    const form = isFromHere(request) ? await readForm(request) : null;
    if (form === null) return sendPage(response, 400, showSignIn('', 'That was not sent from this page. Try again.'));
    const { name = '', password = '' } = form;
    const wait = throttle.wait(name, platform.now());
    if (wait > 0 || looking >= AT_ONCE) {
      const seconds = Math.max(1, Math.ceil(wait / SECOND));
      response.setHeader('retry-after', String(seconds));
      return sendPage(response, 429, showSignIn(name, `Too many wrong tries. Wait ${seconds} s, then try again.`));
    }
    throttle.begin(name, platform.now());
    looking += 1;
    const account = await accounts.verify(name, password).finally(() => (looking -= 1));
    if (account === null) {
      log.warn('a sign-in to the console was refused');
      return sendPage(
        response,
        401,
        showSignIn(name, 'That is not the account’s password, or there is no such account.'),
      );
    }
    throttle.forgive(name);
    await putDown('console sign in', account.name, {});
    setCookie(response, sessions.begin(account, platform.now()), secure);
    goTo(response, '/');
  }

  async function contentOf(
    page: Page,
    session: Session,
    url: URL,
  ): Promise<{ html: string; stuck: number; main: ReturnType<Page['show']> }> {
    const snapshot = await snapshots.look();
    const main = page.show({
      snapshot,
      config,
      account: session.account,
      acts: page.path === '/audit' ? readNewestActs(db, ACTS_SHOWN) : [],
      job: (name) => jobs.last(name),
      org: url.searchParams.get('org') ?? '',
    });
    const stuck = snapshot.overview.stuck.filter(wantsSomebody).length;
    return { html: main.html, stuck, main };
  }

  async function showOne(page: Page, session: Session, { response, url }: Asked): Promise<void> {
    const { main, stuck } = await contentOf(page, session, url);
    const flash = said.get(session) ?? null;
    said.delete(session);
    const from = `/live?${new URLSearchParams({ page: page.path, org: url.searchParams.get('org') ?? '' }).toString()}`;
    sendPage(response, 200, showPage(session, page, from, stuck, flash, main));
  }

  function beginLive(session: Session, { request, response, url, isSecure: secure }: Asked): void {
    const page = PAGES.find(({ path }) => path === url.searchParams.get('page'));
    if (!page) return send(response, 404, 'text/plain', '');
    const word = readCookie(request, secure);
    const look = async () =>
      sessions.find(word, platform.now(), false) === null ? null : contentOf(page, session, url);
    if (!live.add(response, { look })) send(response, 503, 'text/plain', '');
  }

  function doing(session: Session, directories: Doing['directories']): Doing {
    const by = session.account.name;
    return {
      db,
      dir,
      directories,
      by,
      now: platform.now(),
      hasCopies: config['backup.folder'] !== '',
      begin: (job) =>
        jobs.begin(job, by, ({ ok, detail }) => {
          void putDown(JOB_ACTS[job], by, { ok, ...detail }).catch(failed);
          snapshots.forget();
        }),
    };
  }

  async function act(
    name: string,
    one: ConsoleAct,
    session: Session,
    { request, response, url }: Asked,
  ): Promise<void> {
    if (request.method === 'GET') {
      const subject = url.searchParams.get('of') ?? '';
      const about = one.about?.(doing(session, await snapshots.directories()), subject) ?? null;
      return sendPage(response, 200, showAct(session, { name, act: one, subject, about, values: {}, wrong: null }));
    }
    const form = isFromHere(request) ? await readForm(request) : null;
    if (form === null || !sessions.isForm(session, form['form'] ?? ''))
      return send(
        response,
        403,
        'text/plain; charset=utf-8',
        'That was not sent from a page of this console. Nothing was done.',
      );
    const subject = form['of'] ?? '';
    const parts = doing(session, await snapshots.directories());
    const about = one.about?.(parts, subject) ?? null;
    const done = one.run(parts, subject, form);
    if (!done.ok) {
      const asking = { name, act: one, subject, about, values: form, wrong: done.cause };
      return sendPage(response, 422, showAct(session, asking));
    }
    if (done.value.act !== null) await putDown(done.value.act, session.account.name, done.value.detail);
    snapshots.forget();
    said.set(session, done.value.says);
    goTo(response, one.page);
  }

  async function signOut(session: Session, { request, response, isSecure: secure }: Asked): Promise<void> {
    const form = isFromHere(request) ? await readForm(request) : null;
    if (form === null || !sessions.isForm(session, form['form'] ?? '')) return goTo(response, '/');
    sessions.end(readCookie(request, secure));
    setCookie(response, '', secure);
    goTo(response, '/sign-in');
  }

  async function answer(asked: Asked): Promise<void> {
    const { request, response, url, session } = asked;
    const path = url.pathname;
    const file = assets.get(path);
    if (file && request.method === 'GET') return send(response, 200, file.type, file.body);
    if (request.method !== 'GET' && request.method !== 'POST') return send(response, 405, 'text/plain', '');
    if (path === '/sign-in')
      return request.method === 'POST' ? signIn(asked) : sendPage(response, 200, showSignIn('', null));
    if (session === null) return path === '/live' ? send(response, 401, 'text/plain', '') : goTo(response, '/sign-in');
    if (path === '/sign-out' && request.method === 'POST') return signOut(session, asked);
    if (path === '/live') return beginLive(session, asked);
    const name = /^\/act\/([a-z-]+)$/.exec(path)?.[1] ?? '';
    const one = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    if (one?.roles.includes(session.account.role)) return act(name, one, session, asked);
    const page = PAGES.find((any) => any.path === path);
    if (page && request.method === 'GET') return showOne(page, session, asked);
    return sendPage(response, one ? 403 : 404, showNotHere(session.account));
  }

  return {
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const secure = isSecure(request);
      setHeaders(response, secure);
      try {
        const url = new URL(request.url ?? '/', 'http://console');
        const isAct = url.pathname !== '/live';
        const session = sessions.find(readCookie(request, secure), platform.now(), isAct);
        await answer({ request, response, url, isSecure: secure, session });
      } catch (error) {
        failed(error);
        if (!response.headersSent)
          send(response, 500, 'text/plain; charset=utf-8', 'That failed. The log of the relay says more.');
        else response.destroy();
      }
    },
    async close(): Promise<void> {
      live.close();
      await jobs.close();
    },
  };
}
