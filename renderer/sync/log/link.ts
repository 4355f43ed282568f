/**
 * The link: this device's one connection to its relay. It dials, answers the challenge by the vault's signature, repeats
 * with growing pauses, and carries requests and pushes. It knows nothing of what entries mean; `state` is a fact for the
 * status bar, never a guess.
 */
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import { equalBytes } from '../../../shared/primitives/bytes.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { LinkLoss } from '../../../shared/status/facts.ts';
import type { FromRelay, LinkRefusal, ToRelay } from '../../../shared/wire/link.ts';
import { LINK_VERSION, answeredBy, decodeMessage, encodeMessage, fromRelay } from '../../../shared/wire/link.ts';

export type LinkState =
  | { readonly is: 'off' }
  | { readonly is: 'connecting'; readonly since: Millis }
  | { readonly is: 'connected'; readonly since: Millis; readonly token: string }
  | {
      readonly is: 'waiting';
      readonly why: LinkLoss;
      readonly until: Millis;
    }
  | { readonly is: 'refused'; readonly why: LinkRefusal; readonly until: Millis };

type Message<T extends FromRelay['t']> = Extract<FromRelay, { t: T }>;
type Request = Extract<ToRelay, { q: number }>;
type WithoutQ<R> = R extends Request ? Omit<R, 'q'> : never;

/** The part of WebSocket in use; Chromium's in the worker, `ws` in tests. */
export interface Socket {
  binaryType: string;
  addEventListener(name: 'open' | 'close' | 'error' | 'message', heard: (event: { data?: unknown }) => void): void;
  send(data: Uint8Array): void;
  close(): void;
}

export interface LinkSetting {
  readonly relay: string;
  readonly relayKey: Uint8Array;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly now: () => Millis;
  readonly random: () => number;
  readonly hasNetwork: () => boolean;
  readonly dial: (url: string) => Socket;
  readonly sign: (label: string, parts: readonly Uint8Array[]) => Promise<Uint8Array>;
  readonly welcomed: (message: Message<'welcome'>) => void;
  readonly pushed: (message: FromRelay) => void;
  readonly changed: (state: LinkState) => void;
}

const FIRST_PAUSE: Millis = 500;
const LONGEST_PAUSE: Millis = 30_000;
/** No relay is stayed away from for longer, whatever it says. */
const LONGEST_LEAVE: Millis = 20 * 60_000;
const PING_EVERY: Millis = 15_000;
/** How long a relay that is known to have a request may leave it without an answer. */
const ANSWER_WITHIN: Millis = 30_000;

/** A request that has no answer yet. */
interface Asked {
  readonly done: (answer: FromRelay | null) => void;
  readonly since: Millis;
  /** When the relay was first known to have it: it answered a ping that was sent later. Null: it may still be on its way. */
  had: Millis | null;
}

export class Link {
  state: LinkState = { is: 'off' };
  private readonly setting: LinkSetting;
  private socket: Socket | null = null;
  private readonly asked = new Map<number, Asked>();
  private next = 1;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private heard: Millis = 0;
  private answered: Millis = 0;
  /** When a relay that ended in order said to come back. */
  private back: Millis = 0;

  constructor(setting: LinkSetting) {
    this.setting = setting;
  }

  start(): void {
    if (this.state.is === 'off') this.dial();
  }
  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.change({ is: 'off' });
    this.drop();
  }
  /** Does not wait for the pause to end. */
  retryNow(): void {
    if (this.state.is === 'waiting' || this.state.is === 'refused') this.dial();
  }

  get open(): boolean {
    return this.state.is === 'connected';
  }

  /** Sends a request; null where the link went away before an answer came. */
  ask<T extends FromRelay['t']>(request: WithoutQ<ToRelay>): Promise<Message<T | 'declined'> | null> {
    const q = this.next++;
    return new Promise((done) => {
      if (!this.open) return done(null);
      const answer = (message: FromRelay | null): void => done(message as Message<T | 'declined'> | null);
      this.asked.set(q, { done: answer, since: this.setting.now(), had: null });
      this.send({ ...request, q });
    });
  }

  send(message: ToRelay): void {
    this.socket?.send(encodeMessage(message));
  }

  private change(state: LinkState): void {
    this.state = state;
    this.setting.changed(state);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null; // what an abandoned socket still says is not heard any more
    socket?.close();
    for (const { done } of this.asked.values()) done(null);
    this.asked.clear();
  }

  private dial(): void {
    if (this.timer) clearTimeout(this.timer);
    this.drop();
    this.change({ is: 'connecting', since: this.setting.now() });
    const url = new URL('/v1/link', this.setting.relay);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = this.setting.dial(url.href);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heard = this.setting.now();
    const { org, device } = this.setting;
    socket.addEventListener('open', () => {
      if (this.socket === socket) this.send({ t: 'hello', version: LINK_VERSION, org, device });
    });
    socket.addEventListener('message', ({ data }) => {
      if (this.socket === socket && data instanceof ArrayBuffer) void this.hear(new Uint8Array(data));
    });
    socket.addEventListener('error', () => {}); // `close` follows and says all there is to say
    socket.addEventListener('close', () => {
      if (this.socket === socket) this.lost();
    });
    this.watch(socket);
  }

  /**
   * Ends a link that says nothing for two pings, whatever the operating system thinks, or that owes an answer for too
   * long; else pings it. Called by a timer of its own every `PING_EVERY`.
   */
  look(): void {
    if (!this.socket) return;
    if (this.setting.now() - this.heard > 2 * PING_EVERY) return this.lost();
    if (this.isOwed()) return this.giveUp('no answer');
    if (this.open) void this.ask<'pong'>({ t: 'ping' });
  }

  private watch(socket: Socket): void {
    setTimeout(() => {
      if (this.socket !== socket) return;
      this.look();
      this.watch(socket);
    }, PING_EVERY);
  }

  /** Whether the relay has had a request for too long, or has answered nothing at all for as long while something was asked. */
  private isOwed(): boolean {
    const asked = [...this.asked.values()];
    const late = this.setting.now() - ANSWER_WITHIN;
    const first = Math.min(...asked.map(({ since }) => since));
    return asked.some(({ had }) => had !== null && had < late) || Math.max(first, this.answered) < late;
  }

  private lost(): void {
    if (this.state.is === 'off' || !this.socket) return;
    this.drop();
    this.failures++;
    const until = Math.max(this.back, this.setting.now() + this.pause());
    this.back = 0;
    if (this.state.is !== 'refused') {
      this.change({ is: 'waiting', why: this.setting.hasNetwork() ? 'relay unreachable' : 'no network', until });
    }
    this.again(until);
  }

  /** What answers there is of no use now: it is left alone for a while. */
  private giveUp(why: LinkLoss): void {
    this.drop();
    this.failures++;
    const until = this.setting.now() + LONGEST_PAUSE;
    this.change({ is: 'waiting', why, until });
    this.again(until);
  }

  private pause(): Millis {
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.failures - 1));
    return longest / 2 + (this.setting.random() * longest) / 2;
  }

  private again(until: Millis): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dial(), Math.max(0, until - this.setting.now()));
  }

  private async hear(frame: Uint8Array): Promise<void> {
    this.heard = this.setting.now();
    const read = decodeMessage(fromRelay, frame);
    if (!read.ok) return this.settle(answeredBy(frame), null); // a newer relay may say more than we know
    const message = read.value;
    switch (message.t) {
      case 'challenge':
        return this.answerChallenge(message);
      case 'welcome':
        this.failures = 0;
        this.answered = this.setting.now();
        this.change({ is: 'connected', since: this.setting.now(), token: message.token });
        return this.setting.welcomed(message);
      case 'refused':
        this.failures++;
        this.change({ is: 'refused', why: message.cause, until: this.setting.now() + LONGEST_PAUSE });
        return;
      case 'leaving':
        this.back = this.setting.now() + Math.min(message.after, LONGEST_LEAVE);
        return;
      default: {
        const q = 'q' in message ? message.q : null;
        if (q === null || !this.asked.has(q)) return this.setting.pushed(message);
        return this.settle(q, message);
      }
    }
  }

  private settle(q: number | null, answer: FromRelay | null): void {
    const asked = q === null ? undefined : this.asked.get(q);
    if (q === null || !asked) return;
    this.asked.delete(q);
    this.answered = this.setting.now();
    if (answer?.t === 'pong') for (const [earlier, one] of this.asked) if (earlier < q) one.had ??= this.answered;
    asked.done(answer);
  }

  private async answerChallenge(message: Message<'challenge'>): Promise<void> {
    if (!equalBytes(message.relayKey, this.setting.relayKey)) return this.giveUp('another relay');
    const signature = await this.setting.sign(LABEL.link, [message.nonce, message.relayKey]);
    this.send({ t: 'auth', signature });
  }
}
