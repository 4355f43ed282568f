/**
 * The relay's signed words on everything that it has accepted (ADR 29), as this computer keeps, compares and passes them on
 * (ADR 40). It follows the chain of words from the newest that it holds, and holds what other computers say they were shown
 * against its own: two words that cannot both be are told, with both signatures. It stops nothing: each area's order is
 * judged by itself.
 */
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';
import type { Checkpoint, SignedCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import {
  compareWords,
  decodeMore,
  encodeMore,
  hashCheckpoint,
  readCheckpoint,
  writeWord,
} from '../../../shared/seal/area/checkpoint.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { Link } from '../log/link.ts';
import type { Records } from '../store/records.ts';
import type { KeptWords } from './keptWords.ts';
import { openKeptWords } from './keptWords.ts';

export interface WordsContext {
  readonly platform: Platform;
  readonly relayKey: Key;
  readonly records: Records;
  readonly link: () => Pick<Link, 'ask' | 'open'>;
  /** The relay's newest generation, by its signed word. */
  readonly log: () => { readonly generation: number };
  /** Hears of two words that cannot both be, which are kept, and where the relay does not stand by the newest that it gave. */
  readonly alarms: { relayWords(what: 'forked' | 'gone back'): void };
}

/** A word whose signature verified. */
export interface Read extends Checkpoint {
  readonly hash: Hash;
  readonly signed: SignedCheckpoint;
}

/** The relay makes a word a minute at most. */
const EVERY: Millis = 5 * MINUTE;
/** Words held to compare with at once; earlier ones the relay is asked for. */
const RECENT = 2048;
/** Others' words that this computer was not shown yet. */
const AHEAD = 64;

export class RelayWords {
  readonly kept: KeptWords;
  private newest: Read | null = null;
  private readonly recent = new Map<number, Read>();
  private readonly ahead = new Map<number, Read>();
  /** Signatures judged already: most entries of a minute bring the same word. */
  private judged = new Set<string>();
  /** The word that each area was last told by this computer. */
  private readonly said = new Map<AreaId, number>();
  private isOffered = false;
  private last: Millis = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly context: WordsContext;

  constructor(context: WordsContext) {
    this.context = context;
    this.kept = openKeptWords(context.records);
  }

  async load(): Promise<void> {
    const kept = await this.kept.newest();
    const read = kept && (await this.read(kept));
    if (read) this.note(read);
  }

  /** A link opened, and its generation is clear. A relay of before says nothing of words, and is asked for none. */
  welcomed({ words }: Extract<FromRelay, { t: 'welcome' }>): Promise<void> {
    this.isOffered = words === true;
    return this.inTurn(() => this.follow());
  }

  /** Called often; asks now and then. */
  look(): void {
    const now = this.context.platform.now();
    if (!this.isOffered || !this.context.link().open || Math.abs(now - this.last) < EVERY) return;
    void this.inTurn(() => this.follow());
  }

  /** What an entry's header says that its writer was shown. What is not the relay's own word is passed over. */
  heard(more: Header['more']): Promise<void> {
    const signed = decodeMore(more);
    const name = signed && toBase64Url(signed.signature);
    if (!signed || !name || this.judged.has(name)) return Promise.resolve();
    if (this.judged.size >= RECENT) this.judged = new Set();
    this.judged.add(name);
    return this.inTurn(async () => {
      const read = await this.read(signed);
      if (read) await this.judge(read);
    });
  }

  /** What the next entry of this area says beside: the newest word, once. */
  toSay(area: AreaId): Header['more'] {
    if (!this.newest || this.said.get(area) === this.newest.n) return {};
    this.said.set(area, this.newest.n);
    return encodeMore(this.newest.signed);
  }

  get standing(): { readonly n: number; readonly at: Millis } | null {
    return this.newest && { n: this.newest.n, at: this.newest.time };
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const run = this.queue.then(work);
    this.queue = run.catch(() => {}); // a store that was closed
    return run.catch(() => {});
  }

  private async read(signed: SignedCheckpoint): Promise<Read | null> {
    const { platform, relayKey } = this.context;
    const read = await readCheckpoint(platform, relayKey, signed);
    return read.ok ? { ...read.value, hash: await hashCheckpoint(platform, signed.body), signed } : null;
  }

  /** Words after this number, or (null) the newest alone. Null: the link went away, or what came is not the relay's. */
  private async ask(after: number | null): Promise<readonly Read[] | null> {
    const answer = await this.context.link().ask<'words'>({ t: 'words', after });
    if (answer?.t !== 'words') return null;
    const read = await Promise.all(answer.words.map((one) => this.read(one)));
    return read.every((one) => one !== null) ? read : null;
  }

  /** Brings the chain from the newest held to the newest there is. */
  private async follow(): Promise<void> {
    if (!this.isOffered) return;
    this.last = this.context.platform.now();
    const from = this.newest;
    if (from === null || from.generation < this.context.log().generation) return this.begin();
    const more = await this.chain(from);
    for (const one of more) {
      const other = this.ahead.get(one.n);
      if (other && other.hash !== one.hash) this.conflict(other, one);
      this.ahead.delete(one.n);
      this.note(one);
    }
    if (more.length > 0) await this.kept.keep(more);
  }

  /** The first word that is held of this relay, or of its new generation: there is nothing to compare it with. */
  private async begin(): Promise<void> {
    const one = (await this.ask(null))?.at(-1);
    if (!one || one.generation !== this.context.log().generation) return;
    this.recent.clear();
    this.note(one);
    await this.kept.keep([one]);
  }

  /** What the relay shows after a word, each bound to the one before it; what is bound to another history is told, and not taken. */
  private async chain(from: Read, until = Infinity): Promise<readonly Read[]> {
    const found: Read[] = [];
    let before = from;
    for (;;) {
      const page = await this.ask(before.n - 1);
      if (page === null) return found;
      const [same, ...rest] = page;
      if (!same) {
        this.context.alarms.relayWords('gone back');
        return found;
      }
      if (same.hash !== before.hash) return (this.conflict(before, same), found);
      for (const one of rest) {
        if (one.n !== before.n + 1 || one.before !== before.hash) return (this.conflict(before, one), found);
        found.push(one);
        before = one;
        if (one.n >= until) return found;
      }
      if (rest.length === 0) return found;
    }
  }

  private async judge(theirs: Read): Promise<void> {
    const { newest } = this;
    if (!newest || theirs.generation !== newest.generation) return;
    const own = this.recent.get(theirs.n);
    if (own) return own.hash === theirs.hash ? undefined : this.conflict(own, theirs);
    if (theirs.n > newest.n) {
      if (this.ahead.size < AHEAD) this.ahead.set(theirs.n, theirs);
      return;
    }
    // Older than what is held: the relay has to show that the one leads to the other.
    const oldest = [...this.recent.keys()].find((n) => n > theirs.n);
    const last = oldest === undefined ? undefined : (await this.chain(theirs, oldest)).at(-1);
    const held = last && this.recent.get(last.n);
    if (last && held && held.hash !== last.hash) this.conflict(held, last);
  }

  private conflict(a: Read, b: Read): void {
    if (compareWords(a, b) !== 'fork') return; // one of another generation: the next link says which is in force
    const words = [writeWord(a.signed), writeWord(b.signed)];
    void this.kept.keepFork(words).catch(() => {}); // told all the same
    this.context.alarms.relayWords('forked');
  }

  private note(one: Read): void {
    this.recent.set(one.n, one);
    if (this.recent.size > RECENT) this.recent.delete(this.recent.keys().next().value as number);
    if (this.newest === null || one.n > this.newest.n || one.generation > this.newest.generation) this.newest = one;
  }
}
