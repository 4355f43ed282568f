/**
 * One area's replica: it takes what the relay says comes next, proves the order, judges every entry at its own place, and
 * keeps both entry and verdict. What breaks a rule is kept but never folded in; what the relay could lie about (fork,
 * rollback, altered or missing entries) stops the area and says so. It never opens content.
 */
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { AreaState, DeviceHead } from '../../../shared/seal/area/admit.ts';
import { admit, emptyArea } from '../../../shared/seal/area/admit.ts';
import { admittedBy, decodeChainOp, foldChain } from '../../../shared/seal/area/chain.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import { anchorFollows, extendOrder, hashAnchor, verifyTip } from '../../../shared/seal/area/order.ts';
import type { LogItem } from '../../../shared/wire/link.ts';
import type { AreaRow, Database, LogRow } from '../store/database.ts';
import type { Directories } from './directories.ts';
import type { AccessHistory } from './accessHistory.ts';
import { NO_HISTORY, afterChain } from './accessHistory.ts';
import type { Lie } from './lies.ts';

/** What a lie was told by, kept as proof: the place held here, and the one that was said. */
export interface Evidence {
  readonly held: AreaRow;
  readonly said: Tip | null;
}

/** An entry that is kept aside, by whom, and the rule that it breaks. */
export interface Refused {
  readonly hash: Hash;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly cause: string;
}

/** An admitted entry at its place. */
export interface Placed {
  readonly n: number;
  readonly time: Millis;
  /** Head of its writer's directory that was in force there. */
  readonly directory: Hash | null;
  readonly hash: Hash;
  readonly header: Header;
  readonly entry: Entry;
}

export type IngestOutcome =
  | {
      readonly is: 'taken';
      readonly placed: readonly Placed[];
      readonly refused: readonly Refused[];
    }
  | { readonly is: 'pull'; readonly after: number }
  | { readonly is: 'directory'; readonly org: OrgId }
  | { readonly is: 'lie'; readonly lie: Lie; readonly evidence: Evidence };

export interface ReplicaContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly directories: Directories;
  readonly relayKey: Key;
  /** The relay's newest generation, by its signed word: no place of another is taken. */
  readonly generation: () => number;
}

export class AreaReplica {
  state: AreaState;
  row: AreaRow;
  /** What its chain has been, besides what it is. */
  history: AccessHistory = NO_HISTORY;
  /** The highest place beyond ours that the relay has signed: what comes must pass through it. */
  private promised: Tip | null = null;
  private readonly context: ReplicaContext;
  private anchors = new Map<OrgId, Hash>();

  constructor(context: ReplicaContext, area: AreaId, intake: AreaState['intake']) {
    this.context = context;
    this.state = emptyArea(area, intake);
    this.row = { area, generation: 0, n: 0, h: null, time: 0, signature: null, lie: null };
  }

  /** Set when the relay was caught: nothing is taken or sent while it stands. */
  get lie(): Lie | null {
    return this.row.lie;
  }

  /** Its last right here was taken, by an entry that was proved apart from the order; null: it was let in once more. */
  async setEnded(at: Millis | null): Promise<void> {
    if ((this.row.ended ?? null) === at) return;
    const { ended: _, ...row } = this.row;
    this.row = at === null ? row : { ...row, ended: at };
    await this.context.db.areas.put(this.row);
  }

  /** An area that was named before its post was known here. */
  becomeIntake(intake: NonNullable<AreaState['intake']>): void {
    if (this.row.n === 0 && this.state.intake === null) this.state = { ...this.state, intake };
  }

  /** Folds what the database holds; signatures were verified when it came. Returns the placed entries, oldest first. */
  async load(): Promise<readonly Placed[]> {
    const { db } = this.context;
    this.row = { ...this.row, ...(await db.areas.get(this.state.area)) };
    const rows = await db.log.where('[area+n]').between([this.state.area, 0], [this.state.area, Infinity]).toArray();
    const placed: Placed[] = [];
    const heads = new Map<DeviceId, DeviceHead>();
    let history: AccessHistory = { ...NO_HISTORY, since: this.history.since };
    let access = this.state.access;
    for (const row of rows) {
      if (row.anchor) this.anchors.set(row.anchor.org, row.anchor.directory);
      if (!row.entry || !row.hash || row.verdict !== 'ok') continue;
      const entry = decodeEntry(row.entry);
      const header = entry.ok ? decodeHeader(entry.value.header) : entry;
      if (!entry.ok || !header.ok) continue;
      const h = header.value;
      heads.set(h.device, { incarnation: h.incarnation, counter: h.counter, header: row.hash });
      if (h.kind === 'chain' && h.body) {
        const op = decodeChainOp(h.body);
        const next = op.ok ? foldChain(access, op.value, admittedBy(h, row.hash)) : op;
        if (next.ok) {
          access = next.value;
          history = afterChain(history, h, access, row.time, this.anchors);
        }
      }
      const directory = this.anchors.get(h.org) ?? null;
      placed.push({ n: row.n, time: row.time, directory, hash: row.hash, header: h, entry: entry.value });
    }
    this.state = { ...this.state, access, heads };
    this.history = history;
    return placed;
  }

  /** The rows have changed: `load` folds them anew. What was known of the access stays in use until then. */
  forget(): void {
    this.ownAccess = this.access;
    this.state = emptyArea(this.state.area, this.state.intake);
    this.anchors = new Map();
    this.promised = null;
  }

  /** What this device's own, not yet ordered chain entries make of the area: for an area made off line. */
  adoptOwn(header: Header, hash: Hash): void {
    if (this.state.access !== null || header.kind !== 'chain' || !header.body) return;
    const op = decodeChainOp(header.body);
    const next = op.ok ? foldChain(null, op.value, { ...admittedBy(header, hash), replaces: null }) : op;
    if (next.ok) this.ownAccess = next.value;
  }
  private ownAccess: AreaState['access'] = null;
  /** Access as ordered, or as this device made it while the relay does not know the area. */
  get access(): AreaState['access'] {
    return this.state.access ?? this.ownAccess;
  }

  /** Takes items that follow the newest held place; overlapping ones are held against what is known. */
  async ingest(items: readonly LogItem[], tip: Tip): Promise<IngestOutcome> {
    const lie = await this.hear(tip);
    if (lie) return this.caught(lie, tip);
    const fresh = items.filter((item) => item.n > this.row.n);
    if (fresh.length === 0)
      return tip.n > this.row.n ? { is: 'pull', after: this.row.n } : { is: 'taken', placed: [], refused: [] };
    if (fresh[0]?.n !== this.row.n + 1) return { is: 'pull', after: this.row.n };
    return this.takeFresh(fresh, tip);
  }

  /**
   * What the relay says as a link opens, before anything else is taken: less than it had acknowledged is a rollback. Where
   * it stands in one line with what is held, an area that had stopped goes on.
   */
  async greet(tip: Tip): Promise<IngestOutcome | null> {
    const lie = (await this.hear(tip)) ?? (tip.n < Math.max(this.row.n, this.promised?.n ?? 0) ? 'rollback' : null);
    if (lie) return this.caught(lie, tip);
    if (this.row.lie !== null && this.row.lie !== 'fork') await this.mark(null);
    return null;
  }

  /** The relay does not speak of this area any more, though this device has a right to it by all that is known here. */
  missed(): Promise<IngestOutcome> {
    return this.caught('withheld', null);
  }
  /** The relay has forgotten, declined or never showed what it must have. */
  denied(lie: Lie): Promise<IngestOutcome> {
    return this.caught(lie, null);
  }

  /** Whether the relay's signed place can stand beside all that it signed before; a promise is kept for later. */
  private async hear(tip: Tip): Promise<Lie | null> {
    const { row } = this;
    if (tip.area !== row.area || !(await verifyTip(this.context.platform, this.context.relayKey, tip)))
      return 'unsigned';
    // A restored relay opens a new generation: without its signed word for that, it is a step back.
    if (tip.generation !== this.context.generation()) return 'rollback';
    if (tip.n <= row.n && !(await this.knows(tip))) return 'fork';
    if (tip.n === this.promised?.n && tip.h !== this.promised.h) return 'fork';
    if (tip.n > Math.max(row.n, this.promised?.n ?? 0)) this.promised = tip;
    return null;
  }

  /** Whether a place that lies behind ours is one that we hold: an answer that was overtaken, not another history. */
  private async knows(tip: Tip): Promise<boolean> {
    if (tip.n === 0) return true;
    if (tip.n === this.row.n) return tip.h === this.row.h;
    return (await this.context.db.log.get([this.state.area, tip.n]))?.h === tip.h;
  }

  private async takeFresh(fresh: readonly LogItem[], tip: Tip): Promise<IngestOutcome> {
    const { directories } = this.context;
    let { h, time, n } = this.row;
    let { state, history } = this;
    const anchors = new Map(this.anchors);
    const directoryOf = (org: OrgId): DirectoryState | null => directories.at(anchors.get(org) ?? ('' as Hash));
    const rows: LogRow[] = [];
    const placed: Placed[] = [];
    const refused: Refused[] = [];
    for (const item of fresh) {
      const read = await this.readItem(item);
      if (item.n > tip.n) return this.caught('unsigned', tip);
      if (!read || item.n !== n + 1 || item.time < time) return this.caught('altered', tip);
      h = await extendOrder(this.context.platform, h, item.time, read.hash);
      if (h !== item.h) return this.caught('altered', tip);
      n = item.n;
      time = item.time;
      const row = { area: this.state.area, n, h, time, anchor: item.anchor };
      if (!('entry' in read)) {
        const anchored = item.anchor && directories.at(item.anchor.directory);
        if (item.anchor && !anchored) return { is: 'directory', org: item.anchor.org };
        if (item.anchor && anchored) {
          const before = anchors.get(item.anchor.org);
          // An anchor that went back would undo a revocation.
          if (!anchorFollows(before ? directories.at(before) : null, anchored)) return this.caught('altered', tip);
          anchors.set(item.anchor.org, item.anchor.directory);
        }
        rows.push({ ...row, hash: null, entry: null, verdict: 'ok', stream: null });
        continue;
      }
      const { header, entry, hash } = read;
      // Without the anchors that say by which directories it is judged, clients could reach different verdicts.
      if (!anchors.has(header.org) || (state.intake && !anchors.has(state.intake.org)))
        return this.caught('altered', tip);
      if (await this.contradicts(header, n, tip.generation, rows)) return this.caught('fork', tip);
      const verdict = await admit(this.context.platform, state, directoryOf, entry, item.time);
      if (verdict.ok) {
        state = verdict.value.state;
        if (header.kind === 'chain') history = afterChain(history, header, state.access, time, anchors);
        placed.push({ n, time, directory: anchors.get(header.org) ?? null, hash, header, entry });
      } else refused.push({ hash, org: header.org, device: header.device, cause: verdict.cause });
      rows.push({ ...row, hash, entry: item.entry, verdict: verdict.ok ? 'ok' : verdict.cause, stream: header.stream });
    }
    const signed = [tip, this.promised].find(
      (place) => place && rows.some((row) => row.n === place.n && row.h !== place.h),
    );
    if (signed) return this.caught('fork', signed);
    const signature = n === tip.n ? tip.signature : null;
    await this.keep(rows, { ...this.row, generation: tip.generation, n, h, time, signature }, placed);
    this.state = state;
    this.history = history;
    this.anchors = anchors;
    if (n >= (this.promised?.n ?? 0)) this.promised = null;
    return { is: 'taken', placed, refused };
  }

  private async readItem(item: LogItem): Promise<{ hash: Hash } | { hash: Hash; header: Header; entry: Entry } | null> {
    const { platform } = this.context;
    if (item.anchor) return { hash: await hashAnchor(platform, item.anchor) };
    const entry = item.entry && decodeEntry(item.entry);
    if (!entry || !entry.ok) return null;
    const header = decodeHeader(entry.value.header);
    if (!header.ok) return null;
    return { hash: await hashHeader(platform, entry.value.header), header: header.value, entry: entry.value };
  }

  /** Whether what a writer had seen is another history than ours. A relay orders no such entry but of its own other history. */
  private async contradicts(
    { seen }: Header,
    n: number,
    generation: number,
    fresh: readonly LogRow[],
  ): Promise<boolean> {
    if (seen.h === null || seen.n === 0 || seen.generation !== generation) return false;
    if (seen.n >= n) return true;
    const row = fresh.find((r) => r.n === seen.n) ?? (await this.context.db.log.get([this.state.area, seen.n]));
    return row !== undefined && row.h !== seen.h;
  }

  private async keep(rows: readonly LogRow[], row: AreaRow, placed: readonly Placed[]): Promise<void> {
    const { db } = this.context;
    await db.transaction('rw', db.log, db.areas, db.outbox, async () => {
      await db.log.bulkPut([...rows]);
      await db.areas.put(row);
      await db.outbox
        .where('hash')
        .anyOf(placed.map((p) => p.hash))
        .delete();
    });
    this.row = row;
  }

  private async mark(lie: Lie | null): Promise<void> {
    this.row = { ...this.row, lie };
    await this.context.db.areas.put(this.row);
  }

  private async caught(lie: Lie, said: Tip | null): Promise<IngestOutcome> {
    const evidence = { held: this.row, said };
    // What bears no proof of the relay's is passed over: anybody could have made it. A proven fork is never unsaid.
    if (lie !== 'unsigned' && this.row.lie !== 'fork' && this.row.lie !== lie) await this.mark(lie);
    return { is: 'lie', lie, evidence };
  }
}
