/**
 * One life of the sieve's worker: messages go in order, each is answered by one word, and silence past a message's limit,
 * or its death, ends it. Then every question still open is answered with null, the first of them being the culprit.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { FromSieve, ToSieve } from './sifting.ts';

/** A worker as the platform has it: Chromium's, or a thread of Node's in tests. */
export interface SieveThread {
  /** Silence after which it is taken to hang; left out: as the sieve thinks right. */
  readonly patience?: Millis;
  post(message: ToSieve): void;
  /** `ended`: it died by itself, or could not be started. */
  listen(heard: (word: FromSieve) => void, ended: () => void): void;
  kill(): void;
}

interface Question {
  readonly limit: Millis;
  readonly answer: (word: boolean | null) => void;
}

const START_LIMIT: Millis = 60 * SECOND;

export class SieveRun {
  readonly thread: SieveThread;
  private readonly open: Question[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private over = false;
  get ended(): boolean {
    return this.over;
  }

  private constructor(thread: SieveThread) {
    this.thread = thread;
  }

  /** Answers when the worker stands. Throws where it cannot be started: nothing may pass then. */
  static start(thread: SieveThread): Promise<SieveRun> {
    const run = new SieveRun(thread);
    return new Promise((resolve, reject) => {
      const failed = (): void => {
        run.end();
        reject(new Error('the sieve does not start'));
      };
      const timer = setTimeout(failed, START_LIMIT);
      thread.listen(
        (word) => {
          if (word !== 'started') return run.heard(word);
          clearTimeout(timer);
          resolve(run);
        },
        () => {
          clearTimeout(timer);
          failed();
        },
      );
    });
  }

  /** The worker's word; null where it had fallen silent or died by then. */
  ask(message: ToSieve, limit: Millis): Promise<boolean | null> {
    if (this.over) return Promise.resolve(null);
    return new Promise((answer) => {
      this.open.push({ limit, answer });
      this.thread.post(message);
      if (this.open.length === 1) this.watch();
    });
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    if (this.timer) clearTimeout(this.timer);
    this.thread.kill();
    for (const { answer } of this.open.splice(0)) answer(null);
  }

  private heard(word: boolean): void {
    this.open.shift()?.answer(word);
    this.watch();
  }

  /** The clock runs for the oldest open question. */
  private watch(): void {
    if (this.timer) clearTimeout(this.timer);
    const [oldest] = this.open;
    this.timer = oldest && !this.over ? setTimeout(() => this.end(), oldest.limit) : null;
  }
}
