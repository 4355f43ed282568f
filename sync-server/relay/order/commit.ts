/**
 * Group commit without a timer: a commit begins when nothing more is being judged that could share it, or when enough has
 * gathered; meanwhile, and while one commit is under way, what comes is queued. One flush to disk serves every area. Work
 * is done in the order in which it came. The flush of a crowd of appends is waited for beside (`flush.ts`), while what comes
 * next is judged; of few, and of all else, it is part of the commit.
 * Promises that nothing is called durable before the disk said so.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Log } from '../../common/log.ts';
import { inTransaction, isStorageFull } from '../../common/sqlite.ts';
import type { Flush } from './flush.ts';

/** Something to be written; `settle` hears, before anything else happens, whether it is durable. */
export interface Work {
  write(): void;
  settle(durable: boolean): void;
  /** True once what this work stood on has failed; it is then not written, and settled as not durable. */
  isVoid?(): boolean;
  /** Whoever reads what it wrote asks for no more than `settle` has told of, so that it may stand in the store unflushed. */
  readonly mayWait?: true;
}

/** Work whose outcome others are told of: after a commit, all of it at once. */
export interface Told<T> extends Work {
  readonly tell: T;
}

const LARGEST = 1024;
/** Enough for one commit while more is being judged: some 10 ms of judging, so that nobody waits long for the others. */
const ENOUGH = 32;
/** So few are flushed by the commit itself: a trip to a thread would take longer than it saves. */
const FEW = 4;

interface CommitParts {
  readonly db: DatabaseSync;
  readonly flush: Flush;
  readonly log: Log;
  /** How long a commit and its flush took. */
  readonly took: (seconds: number) => void;
}

export function openCommits<T>({ db, flush, log, took }: CommitParts) {
  const queue: (Work | Told<T>)[] = [];
  let publish: ((batch: readonly T[]) => Promise<void>) | null = null;
  let running: Promise<void> | null = null;
  let commits = 0;
  let judging = 0;
  let wake: (() => void) | null = null;
  let flushing: Promise<boolean> = Promise.resolve(true);

  const isReady = (): boolean => judging === 0 || queue.length >= ENOUGH;

  /** In one transaction; durable once the flush is, which is waited for beside where it may be. */
  async function commit(batch: readonly Work[]): Promise<boolean> {
    const began = performance.now();
    const isBeside = batch.length > FEW && batch.every((work) => work.mayWait);
    try {
      if (!flush.isSound()) throw new Error('what was committed before is not on disk');
      inTransaction(db, () => batch.forEach((work) => work.write()), isBeside);
      if (isBeside && !(await (flushing = flush.now()))) throw new Error('the flush failed');
      took((performance.now() - began) / 1000);
      commits += 1;
      return true;
    } catch (error) {
      if (isStorageFull(error) || !flush.isSound())
        log.error('storage is full or failing: nothing new is taken until there is room');
      else log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'a commit failed');
      return false;
    }
  }

  /** What comes next, and the part of it that still stands. */
  function takeBatch(): [(Work | Told<T>)[], (Work | Told<T>)[]] {
    const batch = queue.splice(0, LARGEST);
    return [batch, batch.filter((work) => work.isVoid?.() !== true)];
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      await new Promise(setImmediate); // frames that arrived in this turn go in one commit
      if (!isReady()) await new Promise<void>((resolve) => (wake = resolve));
      const [batch, standing] = takeBatch();
      const durable = await commit(standing);
      const written = new Set(standing);
      for (const work of batch) work.settle(durable && written.has(work));
      if (durable) await publish?.(standing.flatMap((work) => ('tell' in work ? [work.tell] : [])));
    }
    running = null;
  }

  function add(work: Work | Told<T>): void {
    queue.push(work);
    running ??= run();
    if (isReady()) wake?.();
  }

  return {
    add,
    /** Reaches a verdict that may add work: the next commit waits for it, as far as that costs nobody much. */
    async judge<V>(reach: () => Promise<V>): Promise<V> {
      judging += 1;
      try {
        return await reach();
      } finally {
        judging -= 1;
        if (judging === 0) wake?.();
      }
    },
    /** Writes in the next commit; resolves when it is durable. */
    durably: (write: () => void): Promise<Result<null, 'storage full'>> =>
      new Promise((resolve) => add({ write, settle: (durable) => resolve(durable ? ok(null) : fail('storage full')) })),
    /** Resolves when what is in the store now is durable. */
    flushed: async (): Promise<void> => {
      await flushing;
    },
    onDurable(tell: (batch: readonly T[]) => Promise<void>): void {
      publish = tell;
    },
    /** Resolves when everything queued so far has been committed and told. */
    drained: async (): Promise<void> => {
      await running;
    },
    count: (): number => commits,
    /** Works that wait for the disk. */
    waiting: (): number => queue.length,
  };
}
export type Commits<T> = ReturnType<typeof openCommits<T>>;
