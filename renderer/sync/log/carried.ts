/**
 * Entries that came by another way than the relay: from a stick. Each is judged as the next of its device by the same `admit`, upon
 * what the relay has ordered here and what was carried before, by the directories as they stand here now; then kept, opened with
 * no place, and offered to the relay, which takes another's entry from who may read it. Once the relay orders it, that copy
 * replaces this one. Promises that nothing enters an area's order here, so that no stick can make a fork.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { AdmitCause, AreaState } from '../../../shared/seal/area/admit.ts';
import { admit } from '../../../shared/seal/area/admit.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { decodeEntry, openContent } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { CarriedEntry } from '../../../shared/seal/stick/contents.ts';
import type { CarriedRow, Database } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { LogNews } from './news.ts';
import type { Sealed } from './opener.ts';

export interface CarriedContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly directories: Directories;
  readonly keyring: Keyring;
  /** Within the area's queue, as everything that asks where an area stands. */
  readonly inTurn: (area: AreaId, work: () => Promise<void>) => Promise<void>;
  /** Opens entries without a place and tells of them. */
  readonly open: (area: AreaId, sealed: readonly Sealed[]) => Promise<void>;
  readonly news: Pick<LogNews, 'refused' | 'replaced'>;
  /** What waits to be sent of an area may go. */
  readonly flush: (area: AreaId) => void;
}

/** Why a carried entry is not taken; `overtaken`: the relay has ordered other entries of that device since. */
export type CarriedCause = AdmitCause | 'overtaken' | 'cannot be opened';
export interface CarriedVerdict {
  /** null: not even a header could be read. */
  readonly header: Header | null;
  readonly hash: Hash | null;
  /** `stub`: a link of the writer's chain, without its content. */
  readonly is: 'taken' | 'known' | 'stub' | CarriedCause;
}

interface ReadEntry extends CarriedEntry {
  readonly header: Header;
  readonly hash: Hash;
  readonly parsed: Entry;
}

export class Carried {
  private readonly context: CarriedContext;

  constructor(context: CarriedContext) {
    this.context = context;
  }

  /** Opens what was carried and has no place yet; forgets what the relay has ordered since. */
  async load(): Promise<void> {
    const { db, inTurn, open } = this.context;
    const rows = await db.carried.toArray();
    const placed = await db.log
      .where('hash')
      .anyOf(rows.map(({ hash }) => hash))
      .toArray();
    const ordered = new Set(placed.map(({ hash }) => hash));
    await db.carried.bulkDelete([...ordered].filter((hash) => hash !== null));
    const left = rows.filter(({ hash }) => !ordered.has(hash));
    for (const area of new Set(left.map((row) => row.area))) {
      const mine = left.filter((row) => row.area === area);
      await this.offer(area, mine);
      await inTurn(area, () => open(area, mine.flatMap(sealedOf)));
    }
  }

  /** The relay has ordered these. One that was carried in the place of another proves that its computer signed two. */
  async placed(area: AreaId, placed: readonly Pick<Sealed, 'hash' | 'header'>[]): Promise<void> {
    const { news } = this.context;
    const held = await this.held(area);
    if (held.size === 0) return;
    for (const { hash, header } of placed) {
      const carried = held.get(placeOf(header));
      if (carried === undefined) continue;
      await this.context.db.carried.delete(carried);
      if (carried === hash) continue;
      news.replaced(carried); // the relay's counts
      news.refused(area, 'content', { ...header, hash: carried, cause: 'equivocation' });
    }
  }

  /**
   * Judges entries for one area in the order of their writers' numbers, and keeps those that are admitted. Null: the disk is full,
   * and none was kept.
   */
  async take(replica: AreaReplica, entries: readonly CarriedEntry[]): Promise<readonly CarriedVerdict[] | null> {
    const { area } = replica.state;
    const verdicts: CarriedVerdict[] = [];
    let isKept = false;
    await this.context.inTurn(area, async () => {
      const read = await this.readAll(entries, verdicts);
      const taken = await this.judge(replica, read, verdicts);
      isKept = await this.keep(area, taken).then(
        () => true,
        () => false, // IndexedDB tells a full disk by throwing, and takes all or none
      );
      if (!isKept) return;
      await this.context.open(
        area,
        taken.flatMap(({ entry, hash, header }) => sealedOf({ entry, hash, area, stream: header.stream })),
      );
    });
    this.context.flush(area);
    return isKept ? verdicts : null;
  }

  private async readAll(entries: readonly CarriedEntry[], verdicts: CarriedVerdict[]): Promise<ReadEntry[]> {
    const all: ReadEntry[] = [];
    for (const one of entries) {
      const parsed = decodeEntry(one.entry);
      const header = parsed.ok ? decodeHeader(parsed.value.header) : parsed;
      if (!parsed.ok || !header.ok) {
        verdicts.push({ header: null, hash: null, is: 'malformed' });
        continue;
      }
      const hash = await hashHeader(this.context.platform, parsed.value.header);
      all.push({ ...one, header: header.value, hash, parsed: parsed.value });
    }
    return all.sort(
      ({ header: a }, { header: b }) =>
        a.incarnation - b.incarnation || a.counter - b.counter || (a.device < b.device ? -1 : 1),
    );
  }

  private async judge(
    replica: AreaReplica,
    all: readonly ReadEntry[],
    verdicts: CarriedVerdict[],
  ): Promise<ReadEntry[]> {
    const { db, directories, platform } = this.context;
    const taken: ReadEntry[] = [];
    let { state } = replica;
    const held = await this.held(state.area);
    for (const one of all) {
      const { header, hash, parsed } = one;
      const verdict = (is: CarriedVerdict['is']): void => void verdicts.push({ header, hash, is });
      const isStub = parsed.seal.by === 'erased';
      const ordered = await db.log.where('hash').equals(hash).first();
      if (ordered) {
        verdict(ordered.verdict === 'ok' ? (isStub ? 'stub' : 'known') : (ordered.verdict as AdmitCause));
        continue;
      }
      const admitted = await admit(platform, state, (org) => directories.current(org), parsed);
      if (!admitted.ok) {
        verdict(admitted.cause === 'equivocation' && isBehind(state, header) ? 'overtaken' : admitted.cause);
        continue;
      }
      // What another stick brought in that place.
      const other = held.get(placeOf(header));
      if (other !== undefined && other !== hash) {
        verdict('equivocation');
        continue;
      }
      ({ state } = admitted.value);
      const isKnown = other === hash;
      if (isStub || isKnown) verdict(isStub ? 'stub' : 'known');
      else if (await this.opens(one)) {
        verdict('taken');
        taken.push(one);
      } else verdict('cannot be opened'); // not kept: a stick that brings its box brings it anew
    }
    return taken;
  }

  /** Whether a box that came with it holds its key, and it holds what its header commits to. */
  private async opens({ parsed, boxes, hash, header }: ReadEntry): Promise<boolean> {
    const { platform, keyring } = this.context;
    if (parsed.seal.by !== 'boxes') return false;
    for (const box of boxes) {
      const key = box.subject === hash ? await keyring.open(box) : null;
      if (key?.length !== 32) continue;
      if ((await openContent(platform, key, { hash, commit: header.commit }, parsed.seal.sealed)).ok) return true;
    }
    return false;
  }

  /** What was carried before, by its place in its writer's chain. */
  private async held(area: AreaId): Promise<ReadonlyMap<string, Hash>> {
    const rows = await this.context.db.carried.where('area').equals(area).toArray();
    return new Map(rows.flatMap(sealedOf).map(({ header, hash }) => [placeOf(header), hash]));
  }

  private async keep(area: AreaId, taken: readonly ReadEntry[]): Promise<void> {
    const { db } = this.context;
    const rows = taken.map(({ hash, entry, header }) => ({ hash, area, stream: header.stream, entry }));
    await db.transaction('rw', db.carried, db.boxes, async () => {
      await db.carried.bulkPut(rows);
      await db.boxes.bulkPut(taken.flatMap(({ boxes, hash }) => boxes.filter(({ subject }) => subject === hash)));
    });
    await this.offer(area, rows);
  }

  /** Puts copies in line for the relay. What it does not take from here is left to who wrote it. */
  private async offer(area: AreaId, rows: readonly CarriedRow[]): Promise<void> {
    const { db } = this.context;
    await db.transaction('rw', db.outbox, db.boxes, async () => {
      for (const { hash, stream, entry } of rows) {
        if ((await db.outbox.where('hash').equals(hash).count()) > 0) continue;
        const boxes = await db.boxes.where('subject').equals(hash).toArray();
        await db.outbox.add({ hash, area, stream, entry, boxes, foreign: true });
      }
    });
  }
}

/** Whether the device has gone on here past that entry: another stands in its place, in the relay's order. */
function isBehind({ heads }: AreaState, { device, incarnation, counter }: Header): boolean {
  const head = heads.get(device);
  return (
    head !== undefined &&
    (incarnation < head.incarnation || (incarnation === head.incarnation && counter <= head.counter))
  );
}

const placeOf = ({ device, incarnation, counter }: Header): string => `${device} ${incarnation} ${counter}`;

function sealedOf({ hash, area, entry }: CarriedRow): Sealed[] {
  const parsed = decodeEntry(entry);
  const header = parsed.ok ? decodeHeader(parsed.value.header) : parsed;
  if (!parsed.ok || !header.ok) return [];
  return [
    { area, n: null, time: null, directory: header.value.directory, hash, header: header.value, entry: parsed.value },
  ];
}
