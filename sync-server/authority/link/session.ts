/**
 * One connection of an authority to its relay, from the dial to its end: proves who it is, publishes what the relay lacks,
 * answers what laptops ask, notices a silent relay. Knows nothing of dialling again (`relayLink.ts`).
 */
import { WebSocket } from 'ws';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { sign } from '../../../shared/primitives/platform.ts';
import { assertNever } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { hashStatement } from '../../../shared/seal/directory/directory.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromAuthority, LinkRefusal, ToAuthority } from '../../../shared/wire/link.ts';
import { LIMITS, LINK_VERSION, decodeMessage, encodeMessage, toAuthority } from '../../../shared/wire/link.ts';
import { answerAsk } from '../enrol/answer.ts';
import type { AskStatus } from '../enrol/answer.ts';
import type { Authority } from '../authority.ts';

/** Why a session ended. `other history`: the relay holds statements that this directory does not. */
export type SessionEnd = 'unreachable' | 'silent' | 'closed' | 'unreadable' | 'other history' | LinkRefusal;

export interface SessionEvents {
  /** The relay knows us; `published` statements of ours lie there. Said again whenever that number grows. */
  published(n: number): void;
  asked(status: AskStatus): void;
  /** An ask could not be answered because of something here: a full disk, or a fault of ours. */
  failed(error: unknown): void;
}

export interface Session {
  readonly ended: Promise<SessionEnd>;
  /** New statements may have been committed: publish them. */
  poke(): void;
  close(): void;
}

const HANDSHAKE: Millis = 10_000;
const PING: Millis = 15_000;
const SILENCE: Millis = 40_000;
const PUBLISH_WAIT: Millis = 10_000;
const BATCH = 1024;
const ASKS_WAITING = 64;

export function openSession(authority: Authority, url: string, events: SessionEvents): Session {
  let session: Pick<Session, 'poke' | 'close'> | null = null;
  const ended = new Promise<SessionEnd>((resolve) => {
    session = run(authority, url, events, resolve);
  });
  return { ended, poke: () => session?.poke(), close: () => session?.close() };
}

function run(
  authority: Authority,
  url: string,
  events: SessionEvents,
  tell: (end: SessionEnd) => void,
): Pick<Session, 'poke' | 'close'> {
  const { store } = authority;
  const socket = new WebSocket(url, {
    maxPayload: LIMITS.frame,
    handshakeTimeout: HANDSHAKE,
    perMessageDeflate: false,
  });
  const waiting = new Set<{ readonly n: number; wake(): void }>();
  let relayKey: Uint8Array | null = null;
  let acknowledged = -1;
  let sent = -1;
  let heard = performance.now(); // a clock that is set neither ends a link nor hides a silence
  let asks = 0;
  let work = Promise.resolve();
  let over: SessionEnd | null = null;

  const beat = setInterval(() => {
    if (performance.now() - heard > (acknowledged < 0 ? HANDSHAKE : SILENCE)) return end('silent');
    if (acknowledged >= 0) send({ t: 'ping', q: 0 });
    publish(); // again what the relay could not take, its disk being full for one
  }, PING);

  function end(why: SessionEnd): void {
    if (over !== null) return;
    over = why;
    clearInterval(beat);
    socket.terminate();
    for (const one of waiting) one.wake();
    tell(why);
  }

  const send = (message: FromAuthority): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message));
  };

  socket.on('open', () => send({ t: 'hello', version: LINK_VERSION, org: authority.keys.org }));
  socket.on('error', () =>
    end(socket.readyState === WebSocket.CONNECTING || relayKey === null ? 'unreachable' : 'closed'),
  );
  socket.on('close', () => end(relayKey === null ? 'unreachable' : 'closed'));
  socket.on('message', (frame: Buffer) => {
    heard = performance.now();
    const message = decodeMessage(toAuthority, new Uint8Array(frame));
    if (!message.ok) return end('unreadable');
    if (message.value.t === 'ask') return take(message.value);
    work = work
      .then(() => (over === null ? handle(message.value) : undefined))
      .catch((error: unknown) => {
        events.failed(error);
        end('closed');
      });
  });

  async function handle(message: ToAuthority): Promise<void> {
    switch (message.t) {
      case 'challenge': {
        relayKey = message.relayKey;
        return send({
          t: 'auth',
          signature: await sign(
            authority.platform,
            authority.keys.signKey,
            LABEL.authorityLink,
            message.nonce,
            relayKey,
          ),
        });
      }
      case 'welcome':
      case 'published':
        return acknowledge(message.n, message.head);
      case 'refused':
        return end(message.cause);
      case 'pong':
      case 'ask':
        return undefined;
      default:
        return assertNever(message);
    }
  }

  async function acknowledge(n: number, head: string | null): Promise<void> {
    if ((await headAt(authority, n)) !== head) return end('other history');
    const taken = n > acknowledged;
    acknowledged = n;
    sent = n;
    events.published(n);
    for (const one of waiting) if (one.n <= n) one.wake();
    if (taken) publish();
  }

  /** One batch is on its way at a time; the next follows its acknowledgement. */
  function publish(): void {
    if (acknowledged < 0 || sent !== acknowledged) return;
    const statements = store.statements(acknowledged, BATCH);
    if (statements.length === 0) return;
    sent = acknowledged + statements.length;
    send({ t: 'publish', statements });
  }

  /** A device must be in the relay's directory before it hears that it is enrolled: it will dial at once. */
  function publishedUpTo(n: number): Promise<void> {
    publish();
    if (acknowledged >= n || over !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const one = {
        n,
        wake: () => {
          clearTimeout(late);
          waiting.delete(one);
          resolve();
        },
      };
      const late = setTimeout(one.wake, PUBLISH_WAIT);
      waiting.add(one);
    });
  }

  /** Asks are taken beside each other, so that one that waits for the relay holds up none; past a limit they are dropped, and laptops ask again. */
  function take(ask: Extract<ToAuthority, { t: 'ask' }>): void {
    if (relayKey === null || asks >= ASKS_WAITING) return;
    asks++;
    void answer(ask, relayKey)
      .catch((error: unknown) => events.failed(error))
      .finally(() => asks--);
  }

  async function answer(ask: Extract<ToAuthority, { t: 'ask' }>, key: Uint8Array): Promise<void> {
    const { status, sealed, upTo } = await answerAsk(authority, key, ask.name, ask.sealed);
    await publishedUpTo(upTo);
    send({ t: 'answer', q: ask.q, status, sealed });
    events.asked(status);
  }

  return { poke: publish, close: () => end('closed') };
}

/** The hash of our statement `n`, null for 0, and a word that is no hash where we have no such statement. */
async function headAt(
  { platform, store }: { platform: Platform; store: Authority['store'] },
  n: number,
): Promise<string | null> {
  if (n === 0) return null;
  const [statement] = store.statements(n - 1, 1);
  return statement === undefined ? 'none' : hashStatement(platform, statement.body);
}
