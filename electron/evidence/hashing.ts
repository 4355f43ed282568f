/**
 * Owns hashing of sealed bytes on a thread beside this one, so that moving and sealing go on meanwhile. Bytes go there in
 * shared memory and are never copied. Where no thread can be had, hashing is done here: slower, and otherwise the same.
 */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Hash } from '../../shared/primitives/ids.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { KiB } from '../../shared/primitives/units.ts';

/** What the thread runs. As text, because a bundle of one file has no other to start it from. */
const THREAD = `
const { parentPort } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const hashers = new Map();
parentPort.on('message', ({ n, id, memory, from, length }) => {
  const hasher = hashers.get(id) ?? createHash('sha256');
  if (memory === null) {
    hashers.delete(id);
    return parentPort.postMessage({ n, hex: length < 0 ? '' : hasher.digest('hex') });
  }
  hashers.set(id, hasher);
  hasher.update(new Uint8Array(memory, from, length));
  parentPort.postMessage({ n, hex: '' });
});`;

/** Hashed sooner than told about. */
const SMALL = 256 * KiB;

export interface Hashing {
  /** The next bytes, which must stay as they are until this resolves. */
  update(bytes: Uint8Array): Promise<void>;
  /** After the last `update`. */
  digest(): Promise<Hash>;
  /** Ends a hashing that nobody wants the outcome of. */
  drop(): void;
}

/** Memory that can be hashed on the thread. */
export const sharedBytes = (size: ByteCount): Uint8Array => new Uint8Array(new SharedArrayBuffer(size));

/** `size`: of all that will be hashed. */
export function beginHashing(size: ByteCount): Hashing {
  const thread = size > SMALL ? startThread() : null;
  if (thread === null) return hashHere();
  const id = ++thread.ids;
  return {
    update: async (bytes) => {
      const shared = bytes.buffer instanceof SharedArrayBuffer ? bytes : copyOf(bytes);
      await thread.ask({ id, memory: shared.buffer, from: shared.byteOffset, length: shared.length });
    },
    digest: async () => (await thread.ask({ id, memory: null, from: 0, length: 0 })) as Hash,
    drop: () => void thread.ask({ id, memory: null, from: 0, length: -1 }).catch(() => undefined),
  };
}

function hashHere(): Hashing {
  const hasher = createHash('sha256');
  return {
    update: async (bytes) => void hasher.update(bytes),
    digest: async () => hasher.digest('hex') as Hash,
    drop: () => {},
  };
}

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = sharedBytes(bytes.length);
  copy.set(bytes);
  return copy;
}

interface Asked {
  readonly id: number;
  readonly memory: ArrayBufferLike | null;
  readonly from: number;
  readonly length: number;
}
interface Thread {
  ids: number;
  ask(asked: Asked): Promise<string>;
}

/** One for this process, once it is needed; null where there is none, or it has ended. */
let made: Thread | null | undefined;

function startThread(): Thread | null {
  if (made === undefined) made = availableParallelism() > 1 ? makeThread() : null;
  return made;
}

function makeThread(): Thread | null {
  let worker: Worker;
  try {
    worker = new Worker(THREAD, { eval: true });
  } catch {
    return null;
  }
  const waiting = new Map<number, { resolve: (hex: string) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.unref();
  worker.on('message', ({ n, hex }: { n: number; hex: string }) => {
    waiting.get(n)?.resolve(hex);
    waiting.delete(n);
    if (waiting.size === 0) worker.unref();
  });
  const gone = (): void => {
    made = null; // from now on here; what was under way fails as a disk would, and is done again
    for (const { reject } of waiting.values()) reject(new Error('the hashing thread ended'));
    waiting.clear();
  };
  worker.once('error', gone).once('exit', gone);
  return {
    ids: 0,
    ask: (asked) =>
      new Promise((resolve, reject) => {
        const n = ++last;
        waiting.set(n, { resolve, reject });
        worker.ref();
        worker.postMessage({ n, ...asked });
      }),
  };
}
