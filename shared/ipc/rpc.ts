/**
 * Calls between the processes of the application, over any port that carries structured clones. One side answers a typed
 * set of functions, the other calls them; either side may also tell (one way) and pass ports along. A call whose port
 * closes is answered with an error, so that nobody waits for ever.
 */
export interface Port {
  post(message: unknown, transfer?: readonly unknown[]): void;
  listen(heard: (message: unknown, ports: readonly unknown[]) => void): void;
  close(): void;
}

type Told = (name: string, data: unknown, ports: readonly unknown[]) => void;

interface Call {
  readonly c: number;
  readonly f: string;
  readonly a: unknown[];
}
interface Answer {
  readonly r: number;
  readonly v?: unknown;
  readonly e?: string;
}
interface Tell {
  readonly t: string;
  readonly d: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCall = (m: unknown): m is Call =>
  isObject(m) && typeof m['c'] === 'number' && typeof m['f'] === 'string' && Array.isArray(m['a']);
const isAnswer = (m: unknown): m is Answer => isObject(m) && typeof m['r'] === 'number';
const isTell = (m: unknown): m is Tell => isObject(m) && typeof m['t'] === 'string';

export interface Peer<Theirs> {
  /** Their functions, as if they were here. A failure over there rejects with its message. */
  readonly call: Theirs;
  tell(name: string, data: unknown, transfer?: readonly unknown[]): void;
  close(): void;
}

/** Connects a port: `mine` answers the other side's calls, `told` hears what it tells. */
export function connectPeer<Theirs>(port: Port, mine: object, told: Told = () => {}): Peer<Theirs> {
  const functions = mine as Record<string, ((...args: unknown[]) => unknown) | undefined>;
  const waiting = new Map<number, { done: (v: unknown) => void; failed: (e: Error) => void }>();
  let next = 1;
  const answer = async (m: Call): Promise<void> => {
    try {
      const run = Object.hasOwn(functions, m.f) ? functions[m.f] : undefined;
      if (!run) throw new Error(`no such call: ${m.f}`);
      port.post({ r: m.c, v: await run(...m.a) });
    } catch (error) {
      port.post({ r: m.c, e: error instanceof Error ? error.message : 'failed' });
    }
  };
  port.listen((m, ports) => {
    if (isCall(m)) void answer(m);
    else if (isAnswer(m)) {
      const asked = waiting.get(m.r);
      waiting.delete(m.r);
      if (m.e === undefined) asked?.done(m.v);
      else asked?.failed(new Error(m.e));
    } else if (isTell(m)) told(m.t, m.d, ports);
  });
  const call = new Proxy(
    {},
    {
      get: (_, name) =>
        typeof name !== 'string' || name === 'then'
          ? undefined
          : (...a: unknown[]) =>
              new Promise((done, failed) => {
                const c = next++;
                waiting.set(c, { done, failed });
                port.post({ c, f: name, a });
              }),
    },
  );
  return {
    call: call as Theirs,
    tell: (name, data, transfer) => port.post({ t: name, d: data }, transfer),
    close: () => {
      for (const asked of waiting.values()) asked.failed(new Error('closed'));
      waiting.clear();
      port.close();
    },
  };
}
