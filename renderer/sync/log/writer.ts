/**
 * Writing entries: header, seal, vault (signature and journal), outbox. Entries of one call stand or fall together. When
 * `write` answers, they are on this disk in the journal: that is what "Saved" means. The relay is not asked.
 */
import type { AreaId, DeviceId, Hash, OrgId, SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { sealBox } from '../../../shared/seal/boxes.ts';
import type { ChainOp } from '../../../shared/seal/area/chain.ts';
import { currentEpoch, encodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { commitTo, commitToBody, decodeEntry, salted, sealContent } from '../../../shared/seal/entry/entry.ts';
import type { Header, Kind } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, encodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Draft, VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';

/** What to write. `seal`: under the stream's key; for an intake under a fresh key boxed to these seats; or clear (chain). */
export interface Piece {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly kind: Kind;
  /** The content, or how it follows from the entries before it in the same write (their hashes and one-time keys). */
  readonly plain: Uint8Array | ((before: readonly Pick<Written, 'hash' | 'key'>[]) => Uint8Array);
  /** What its header says beside, in the clear. */
  readonly more?: Header['more'];
  readonly seal: 'stream' | { readonly boxTo: readonly { readonly org: OrgId; readonly seat: SeatId }[] };
}
export interface ChainPiece {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly kind: 'chain';
  readonly op: ChainOp;
  readonly boxes: readonly Box[];
  /** The chain's head that it was worked out upon, where it holds upon no other: a new key is boxed for who was in the area there. */
  readonly upon?: Hash;
}

/** An entry as written: signed, in the journal and the outbox. `key` is the one-time key of a boxed one. */
export interface Written {
  readonly hash: Hash;
  readonly header: Header;
  readonly entry: Entry;
  readonly plain: Uint8Array;
  readonly key: Uint8Array | null;
}

/** `changed meanwhile`: the area's chain is no longer what a chain entry was worked out upon; nothing of the write is kept. */
export type WriteCause = 'disk full' | 'locked' | 'no key' | 'not known' | 'changed meanwhile';

export interface WriterContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly keyring: Keyring;
  readonly directories: Directories;
  readonly me: { readonly org: OrgId; readonly device: DeviceId };
  readonly replica: (area: AreaId) => AreaReplica | null;
  /** What the header says beside what a piece does: `words/relayWords.ts`. */
  readonly saysToo: (area: AreaId) => Header['more'];
  readonly wrote: (written: readonly Written[]) => Promise<void>;
  /** Whether this disk took the last write. */
  readonly full: (is: boolean) => void;
}

interface Head {
  counter: number;
  header: Hash;
}
interface Prepared {
  draft: Draft;
  hash: Hash;
  header: Header;
  plain: Uint8Array;
  key: Uint8Array | null;
}

export class Writer {
  incarnation = 1;
  private readonly context: WriterContext;
  private heads = new Map<AreaId, Head>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(context: WriterContext) {
    this.context = context;
  }

  async load(incarnation: number): Promise<void> {
    this.incarnation = incarnation;
    this.heads = new Map(
      (await this.context.vault.heads()).map((h) => [h.area, { counter: h.counter, header: h.header }]),
    );
  }

  /** Whether the log shows an entry of this device that it does not know to have written: the profile is an older copy. */
  isBehind({ area, incarnation, counter }: Header, hash: Hash): boolean {
    if (incarnation !== this.incarnation) return incarnation > this.incarnation;
    const head = this.heads.get(area);
    return counter > (head?.counter ?? 0) || (counter === head?.counter && hash !== head.header);
  }

  /** Takes a new incarnation, beyond `seen`. What is being written is written first. */
  renew(seen: number): Promise<void> {
    const run = this.renewAfter(this.queue, seen);
    this.queue = run.catch(() => {}); // its own caller hears of it
    return run;
  }

  private async renewAfter(before: Promise<unknown>, seen: number): Promise<void> {
    await before;
    let { incarnation } = this;
    while (incarnation <= seen) incarnation = await this.context.vault.newIncarnation();
    await this.load(incarnation);
  }

  /** Writes pieces in order; answers when they are in the journal. One writer: calls wait for each other. */
  write(pieces: readonly (Piece | ChainPiece)[]): Promise<Result<readonly Written[], WriteCause>> {
    const run = this.queue.then(async () => {
      const written = await this.writeNow(pieces, true);
      this.context.full(!written.ok && written.cause === 'disk full');
      return written;
    });
    this.queue = run.catch(() => {});
    return run;
  }

  /** Answers when everything asked for so far has been written. */
  settled(): Promise<unknown> {
    return this.queue;
  }

  /** Rows that are in the journal and that the database has not taken: nothing more is written before them. */
  private unstored: OutboxRow[] = [];
  /** The journal has them: they are saved whatever the database says, and found there at the next start at the latest. */
  private async store(): Promise<boolean> {
    const rows = this.unstored;
    if (rows.length === 0) return true;
    try {
      await this.context.db.outbox.bulkAdd(rows);
      this.unstored = [];
      return true;
    } catch {
      return false; // a full disk; IndexedDB tells it by throwing, and takes all rows or none
    }
  }

  private async writeNow(
    pieces: readonly (Piece | ChainPiece)[],
    again: boolean,
  ): Promise<Result<readonly Written[], WriteCause>> {
    if (!(await this.store())) return fail('disk full');
    const heads = new Map(this.heads);
    const prepared: Prepared[] = [];
    const opened = new Map<AreaId, Hash>();
    for (const piece of pieces) {
      const one = await this.prepare(piece, heads, opened, prepared);
      if (!one.ok) return one;
      prepared.push(one.value);
    }
    const answer = await this.context.vault.commit(prepared.map((p) => p.draft));
    if (!answer.ok) {
      if (answer.cause === 'behind' && again) {
        await this.load(this.incarnation);
        return this.writeNow(pieces, false);
      }
      return fail(answer.cause === 'disk full' ? 'disk full' : 'locked');
    }
    this.heads = heads;
    return this.keep(prepared, answer.value);
  }

  private async keep(
    prepared: readonly Prepared[],
    entries: readonly Uint8Array[],
  ): Promise<Result<readonly Written[], WriteCause>> {
    const rows: OutboxRow[] = [];
    const written: Written[] = [];
    prepared.forEach((p, i) => {
      const encoded = entries[i];
      const entry = encoded && decodeEntry(encoded);
      if (!encoded || !entry || !entry.ok) throw new Error('the vault answered another entry');
      rows.push({
        hash: p.hash,
        area: p.header.area,
        stream: p.header.stream,
        entry: encoded,
        boxes: [...p.draft.boxes],
      });
      written.push({ hash: p.hash, header: p.header, entry: entry.value, plain: p.plain, key: p.key });
    });
    this.unstored.push(...rows);
    await this.store();
    await this.context.wrote(written);
    return ok(written);
  }

  private async prepare(
    piece: Piece | ChainPiece,
    heads: Map<AreaId, Head>,
    opened: Map<AreaId, Hash>,
    before: readonly Prepared[],
  ): Promise<Result<Prepared, WriteCause>> {
    const { platform, directories, me } = this.context;
    const replica = this.context.replica(piece.area);
    if (!replica) return fail('not known');
    const chain = opened.get(piece.area) ?? replica.access?.head ?? null;
    if ('op' in piece && isOvertaken(piece, replica)) return fail('changed meanwhile');
    const body = 'op' in piece ? encodeChainOp(piece.op) : null;
    const plain = 'op' in piece ? (body ?? new Uint8Array(0)) : contentOf(piece, before);
    const salty = 'op' in piece ? new Uint8Array(0) : salted(platform, plain);
    const head = heads.get(piece.area);
    const header: Header = {
      version: 1,
      suite: 1,
      kind: piece.kind,
      critical: piece.kind === 'chain',
      area: piece.area,
      stream: piece.stream,
      org: me.org,
      device: me.device,
      incarnation: this.incarnation,
      counter: (head?.counter ?? 0) + 1,
      prev: head?.header ?? null,
      seen: { generation: replica.row.generation, n: replica.row.n, h: replica.row.h, heads: [] },
      chain,
      directory: directories.current(me.org)?.head ?? null,
      time: platform.now(),
      commit: body ? await commitToBody(platform, body) : await commitTo(platform, salty),
      body,
      more: 'op' in piece ? {} : { ...piece.more, ...this.context.saysToo(piece.area) },
    };
    const encoded = encodeHeader(header);
    const hash = await hashHeader(platform, encoded);
    heads.set(piece.area, { counter: header.counter, header: hash });
    if ('op' in piece) {
      opened.set(piece.area, hash);
      return ok({
        draft: { header: encoded, seal: encodeCbor([0]), boxes: piece.boxes },
        hash,
        header,
        plain,
        key: null,
      });
    }
    const sealed = await this.seal(piece, replica, hash, salty);
    return sealed.ok
      ? ok({
          draft: { header: encoded, ...sealed.value.draft },
          hash,
          header,
          plain,
          key: sealed.value.key,
        })
      : sealed;
  }

  private async seal(
    piece: Piece,
    replica: AreaReplica,
    hash: Hash,
    salty: Uint8Array,
  ): Promise<Result<{ draft: Omit<Draft, 'header'>; key: Uint8Array | null }, WriteCause>> {
    const { platform, keyring, directories } = this.context;
    if (piece.seal === 'stream') {
      // An area that this same call creates has epoch 1 already: its key was added before writing.
      const epoch = replica.access ? currentEpoch(replica.access) : 1;
      const stream = await keyring.keyToWrite(piece.area, piece.stream, epoch);
      if (!stream) return fail('no key');
      const sealed = await sealContent(platform, stream.key, hash, salty);
      return ok({ draft: { seal: encodeCbor([1, epoch, stream.slot, sealed]), boxes: [] }, key: null });
    }
    const key = platform.random(32);
    const boxes: Box[] = [];
    for (const { org, seat } of piece.seal.boxTo) {
      const seatKey = directories.current(org)?.seats.get(seat);
      if (seatKey) boxes.push(await sealBox(hash, seat, seatKey.generation, seatKey.publicKey, key));
    }
    return ok({ draft: { seal: encodeCbor([2, await sealContent(platform, key, hash, salty)]), boxes }, key });
  }
}

/** Whether another computer's entry came first: upon this head a key would leave out who was let in meanwhile, and a removal would stand in the chain twice. */
function isOvertaken({ op, upon }: ChainPiece, { access }: AreaReplica): boolean {
  if (upon !== undefined && upon !== access?.head) return true;
  return op.op === 'remove' && access !== null && op.seats.some((seat) => !access.seats.has(seat));
}

const contentOf = (piece: Piece, before: readonly Prepared[]): Uint8Array =>
  typeof piece.plain === 'function' ? piece.plain(before) : piece.plain;

/** Decodes a header the vault or database holds; a throw means the disk lies. */
export function headerOf(entry: Entry): Header {
  const header = decodeHeader(entry.header);
  if (!header.ok) throw new Error(`unreadable header: ${header.cause}`);
  return header.value;
}
