import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AreaId, DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { FromRelay, ToRelay } from '../../../shared/wire/link.ts';
import { decodeMessage, encodeMessage, toRelay } from '../../../shared/wire/link.ts';
import type { LinkState, Socket } from './link.ts';
import { Link } from './link.ts';

const relayKey = new Uint8Array(65).fill(4);
const area = 'ab'.repeat(16) as AreaId;
const id = 'cd'.repeat(16);

/** A socket whose other end the test plays. */
class Line implements Socket {
  binaryType = '';
  closed = false;
  readonly said: ToRelay[] = [];
  private readonly heard = new Map<string, (event: { data?: unknown }) => void>();

  addEventListener(name: string, heard: (event: { data?: unknown }) => void): void {
    this.heard.set(name, heard);
  }
  send(data: Uint8Array): void {
    const read = decodeMessage(toRelay, data);
    if (!read.ok) throw new Error(read.cause);
    this.said.push(read.value);
  }
  close(): void {
    this.closed = true;
  }
  happen(name: 'open' | 'close'): void {
    this.heard.get(name)?.({});
  }
  async frame(bytes: Uint8Array): Promise<void> {
    this.heard.get('message')?.({ data: new Uint8Array(bytes).buffer });
    await vi.advanceTimersByTimeAsync(0);
  }
  tell(message: FromRelay): Promise<void> {
    return this.frame(encodeMessage(message));
  }
  async welcome(key = relayKey): Promise<void> {
    this.happen('open');
    const nonce = new Uint8Array(32);
    await this.tell({ t: 'challenge', version: 1, nonce, relayKey: key, time: 0 });
    if (key === relayKey) await this.tell({ t: 'welcome', token: 't', time: 0, areas: [], directories: [] });
  }
  /** Requests of this kind that were sent. */
  asked<T extends ToRelay['t']>(t: T): Extract<ToRelay, { t: T }>[] {
    return this.said.filter((one): one is Extract<ToRelay, { t: T }> => one.t === t);
  }
  /** Answers the pings that came, and nothing else. */
  async pong(): Promise<void> {
    for (const { q } of this.asked('ping').slice(this.ponged)) await this.tell({ t: 'pong', q, time: 0 });
    this.ponged = this.asked('ping').length;
  }
  private ponged = 0;
}

let lines: Line[];
let states: LinkState[];
let hasNetwork: boolean;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  [lines, states, hasNetwork] = [[], [], true];
  link = new Link({
    relay: 'http://127.0.0.1:1',
    relayKey,
    org: id as OrgId,
    device: id as DeviceId,
    now: () => Date.now(),
    random: () => 0.5,
    hasNetwork: () => hasNetwork,
    dial: () => {
      lines.push(new Line());
      return line();
    },
    sign: () => Promise.resolve(new Uint8Array(64)),
    welcomed: () => {},
    pushed: () => {},
    changed: (state) => states.push(state),
  });
});
afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

const line = (): Line => lines.at(-1) as Line;
const why = (): string => (link.state.is === 'waiting' ? link.state.why : link.state.is);
/** So much time passes; the relay answers pings, and does what `meanwhile` does each second. */
async function pass(seconds: number, meanwhile = (): Promise<void> => line().pong()): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await vi.advanceTimersByTimeAsync(SECOND);
    await meanwhile();
  }
}
const pull = () => link.ask<'log'>({ t: 'pull', area, after: 0, limit: 1 });
const done = (q: number): Promise<void> => line().tell({ t: 'done', q });

describe('another relay', () => {
  it('is told from one that cannot be reached, is sent nothing, and is tried again', async () => {
    link.start();
    await line().welcome(new Uint8Array(65).fill(5));
    expect(why()).toBe('another relay');
    expect(line().said.map(({ t }) => t)).toEqual(['hello']);
    expect(line().closed).toBe(true);
    expect(await pull()).toBe(null);
    await pass(31);
    expect(lines).toHaveLength(2);
    await line().welcome();
    expect(why()).toBe('connected');
  });

  it.each([
    [true, 'relay unreachable'],
    [false, 'no network'],
  ])('no relay at all, with network %s: %s', (network, said) => {
    hasNetwork = network;
    link.start();
    line().happen('close');
    expect(why()).toBe(said);
  });
});

describe('a relay that does not answer', () => {
  beforeEach(async () => {
    link.start();
    await line().welcome();
  });

  it('a pull that is never answered ends the link within the minute, while pings are answered and more is pushed', async () => {
    const asked = pull();
    await pass(60, async () => {
      await line().pong();
      await line().tell({ t: 'new boxes', subjects: [] });
    });
    expect(why()).toBe('no answer');
    expect(await asked).toBe(null);
    await pass(31);
    expect(lines).toHaveLength(2);
    await line().welcome();
    expect(why()).toBe('connected');
  });

  it('one request left without an answer is noticed, however many others are answered', async () => {
    void pull();
    const left = line().asked('pull')[0]?.q;
    await pass(60, async () => {
      if (link.open) void pull();
      await line().pong();
      for (const { q } of line().asked('pull')) if (q !== left) await done(q);
    });
    expect(why()).toBe('no answer');
  });

  it('pushes without one answer, not even to a ping, end the link as well', async () => {
    void pull();
    await pass(60, () => line().tell({ t: 'new boxes', subjects: [] }));
    expect(why()).toBe('no answer');
  });

  it('one that says nothing at all is unreachable', async () => {
    void pull();
    await pass(60, () => Promise.resolve());
    expect(states.flatMap((state) => (state.is === 'waiting' ? [state.why] : []))).toEqual(['relay unreachable']);
  });

  it('what is still on its way to it is waited for: a thin line is no silent relay', async () => {
    // Each request takes ten seconds to get there, and the ping waits behind all of them.
    for (let i = 0; i < 12; i++) void pull();
    let answered = 0;
    for (const { q } of line().asked('pull')) {
      await pass(10, () => Promise.resolve());
      await done(q);
      answered++;
    }
    expect([answered, why(), lines.length]).toEqual([12, 'connected', 1]);
    await line().pong();
    await pass(120);
    expect(why()).toBe('connected');
  });

  it('an idle link stays, and an answer in time keeps it', async () => {
    await pass(300);
    const asked = pull();
    await pass(20);
    await done(line().asked('pull')[0]?.q ?? -1);
    expect(await asked).toMatchObject({ t: 'done' });
    await pass(300);
    expect([why(), lines.length]).toEqual(['connected', 1]);
  });

  it('an answer that only a newer version understands is one: nobody waits for it', async () => {
    const asked = pull();
    await line().frame(encodeCbor({ t: 'a later word', q: line().asked('pull')[0]?.q }));
    expect(await asked).toBe(null);
    await pass(120);
    expect(why()).toBe('connected');
  });
});

describe('a relay that ends in order', () => {
  const leave = async (after: number): Promise<number> => {
    link.start();
    await line().welcome();
    await line().tell({ t: 'leaving', after });
    const at = Date.now();
    line().happen('close');
    return link.state.is === 'waiting' ? link.state.until - at : -1;
  };

  it('is returned to when it said, and not before', async () => {
    expect(await leave(9 * SECOND)).toBe(9 * SECOND);
    await pass(8);
    expect(lines).toHaveLength(1);
    await pass(2);
    expect(lines).toHaveLength(2);
    line().happen('close'); // it is not back yet: tried again by the usual pauses
    expect(link.state.is === 'waiting' && link.state.until - Date.now()).toBeLessThan(2 * SECOND);
  });

  it('is not stayed away from for longer than a while, whatever it says', async () =>
    expect(await leave(1e12)).toBe(20 * 60 * SECOND));
});
