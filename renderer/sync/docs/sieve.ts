/**
 * The sieve: every remote update is decoded and applied in a disposable worker first, so that one which hangs or throws
 * does it there. It owns that worker, the mirrors in it, and the durable note of what is being tried. Promises that an
 * update which never ended is tried once more by itself, then quarantined, and not met again at the next start. It never
 * judges who may write what: that is `checkEdit`'s.
 */
import type * as Y from 'yjs';
import { encodeStateAsUpdate } from 'yjs';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Records } from '../store/records.ts';
import { SieveRun } from './sieveRun.ts';
import type { SieveThread } from './sieveRun.ts';

export interface SieveContext {
  readonly records: Records;
  readonly start: () => SieveThread;
}
export interface Suspect {
  readonly hash: Hash;
  readonly update: Uint8Array;
}
export type SieveCause = 'malformed' | 'quarantined';
export type Verdicts = ReadonlyMap<Hash, SieveCause>;

interface Mirror {
  /** What was applied to the document since the worker heard of it last. */
  readonly fresh: Uint8Array[];
  readonly stop: () => void;
}
interface Attempt {
  readonly hashes: readonly Hash[];
  readonly times: number;
}

/** Silence after which an update is taken to hang; no honest one takes a tenth of it. */
const PATIENCE: Millis = 3 * SECOND;
const BEGIN_LIMIT: Millis = 60 * SECOND;
const MOST_MIRRORS = 12;
const ATTEMPT = 'sieve attempt';
/** An entry that was alone in so many attempts which the whole computer did not survive is quarantined; one may be chance. */
const CHANCES = 2;

export class Sieve {
  private readonly context: SieveContext;
  private run: SieveRun | null = null;
  private readonly mirrors = new Map<string, Mirror>();
  private readonly quarantined = new Set<Hash>();
  private readonly suspected = new Map<Hash, number>();
  private turn: Promise<unknown> = Promise.resolve();
  private applying = false;

  constructor(context: SieveContext) {
    this.context = context;
  }

  /** What an earlier run quarantined, or did not survive. */
  async load(): Promise<void> {
    const { records } = this.context;
    for (const { key } of await records.list('quarantined '))
      this.quarantined.add(key.slice('quarantined '.length) as Hash);
    const attempt = (await records.get(ATTEMPT)) as Attempt | undefined;
    if (!attempt) return;
    const [alone] = attempt.hashes;
    if (alone && attempt.hashes.length === 1 && attempt.times >= CHANCES) await this.quarantine(alone);
    else for (const hash of attempt.hashes) this.suspected.set(hash, attempt.times);
  }

  /**
   * Tries what came from elsewhere, in order; then `apply` takes what is sound, and answers whether it took all of that.
   * One at a time: others wait. The note of the attempt stands until `apply` has ended.
   */
  through(name: string, doc: Y.Doc, suspects: readonly Suspect[], apply: (bad: Verdicts) => boolean): Promise<void> {
    const run = this.turn.then(() => this.throughNow(name, doc, suspects, apply));
    this.turn = run.catch(() => {}); // its own caller hears of it
    return run;
  }

  close(): void {
    this.end();
  }

  private async throughNow(
    name: string,
    doc: Y.Doc,
    suspects: readonly Suspect[],
    apply: (bad: Verdicts) => boolean,
  ): Promise<void> {
    const bad = await this.sift(name, doc, suspects);
    await this.note(suspects.filter(({ hash }) => !bad.has(hash)));
    this.applying = true;
    let all = false;
    try {
      all = apply(bad);
    } finally {
      this.applying = false;
      if (!all) this.forget(name);
    }
    for (const { hash } of suspects) this.suspected.delete(hash);
    await this.context.records.drop(ATTEMPT);
    this.noted = '';
  }

  private async sift(name: string, doc: Y.Doc, suspects: readonly Suspect[]): Promise<Map<Hash, SieveCause>> {
    const bad = new Map<Hash, SieveCause>();
    for (const { hash } of suspects) if (this.quarantined.has(hash)) bad.set(hash, 'quarantined');
    const sound: Suspect[] = [];
    let rest = suspects.filter(({ hash }) => !bad.has(hash));
    let again = false;
    while (rest.length > 0) {
      const part: readonly Suspect[] =
        again || this.suspected.has((rest[0] as Suspect).hash) ? rest.slice(0, 1) : this.unsuspected(rest);
      await this.note(part);
      const words = await this.try(name, doc, sound, part);
      words.forEach((word, i) => {
        const one = part[i] as Suspect;
        if (word) sound.push(one);
        else bad.set(one.hash, 'malformed');
      });
      const hung: Suspect | undefined = part[words.length];
      rest = rest.slice(words.length);
      if (hung && again) {
        await this.quarantine(hung.hash);
        bad.set(hung.hash, 'quarantined');
        rest = rest.slice(1);
      }
      again = hung !== undefined && !again; // once more by itself: it may be the computer that was slow
    }
    return bad;
  }

  private unsuspected(rest: readonly Suspect[]): readonly Suspect[] {
    const end = rest.findIndex(({ hash }) => this.suspected.has(hash));
    return end === -1 ? rest : rest.slice(0, end);
  }

  /** The worker's words on these, up to the one at which it fell silent or died. */
  private async try(
    name: string,
    doc: Y.Doc,
    sound: readonly Suspect[],
    part: readonly Suspect[],
  ): Promise<readonly boolean[]> {
    if (this.run?.ended) this.end();
    const run = (this.run ??= await SieveRun.start(this.context.start()));
    const asked = [
      ...this.bring(run, name, doc, sound),
      ...part.map(({ update }) => run.ask({ is: 'try', document: name, update }, run.thread.patience ?? PATIENCE)),
    ];
    const words: (boolean | null)[] = await Promise.all(asked);
    const tried = words.slice(words.length - part.length);
    if (!words.includes(null)) return tried as boolean[];
    this.end();
    if (words.indexOf(null) < words.length - part.length) throw new Error('the sieve could not begin');
    return tried.slice(0, tried.indexOf(null)) as boolean[];
  }

  /** Gives the worker what the document holds: whole the first time, then only what is new. */
  private bring(run: SieveRun, name: string, doc: Y.Doc, sound: readonly Suspect[]): Promise<boolean | null>[] {
    const known = this.mirrors.get(name);
    const updates = known ? known.fresh.splice(0) : sound.map(({ update }) => update);
    const asked = known
      ? []
      : [run.ask({ is: 'begin', document: name, update: encodeStateAsUpdate(doc) }, BEGIN_LIMIT)];
    if (!known) this.follow(name, doc);
    else this.mirrors.delete(name);
    this.mirrors.set(name, known ?? (this.mirrors.get(name) as Mirror)); // newest last
    for (const oldest of [...this.mirrors.keys()].slice(0, -MOST_MIRRORS)) this.forget(oldest);
    return [...asked, ...updates.map((update) => run.ask({ is: 'known', document: name, update }, BEGIN_LIMIT))];
  }

  private follow(name: string, doc: Y.Doc): void {
    const fresh: Uint8Array[] = [];
    const heard = (update: Uint8Array): void => {
      if (!this.applying) fresh.push(update); // what is being applied now, the mirror has
    };
    doc.on('update', heard);
    this.mirrors.set(name, { fresh, stop: () => doc.off('update', heard) });
  }

  /** The document is another now. */
  forget(name: string): void {
    this.mirrors.get(name)?.stop();
    if (this.mirrors.delete(name)) void this.run?.ask({ is: 'forget', document: name }, BEGIN_LIMIT);
  }

  private end(): void {
    this.run?.end();
    this.run = null;
    for (const mirror of this.mirrors.values()) mirror.stop();
    this.mirrors.clear();
  }

  private noted = '';
  private async note(part: readonly Suspect[]): Promise<void> {
    const hashes = part.map(({ hash }) => hash);
    const name = hashes.join(' ');
    if (part.length === 0 || name === this.noted) return;
    const times = 1 + Math.max(0, ...hashes.map((hash) => this.suspected.get(hash) ?? 0));
    this.noted = name;
    await this.context.records.put(ATTEMPT, { hashes, times } satisfies Attempt);
  }

  private async quarantine(hash: Hash): Promise<void> {
    this.quarantined.add(hash);
    await this.context.records.put(`quarantined ${hash}`, true);
  }
}
