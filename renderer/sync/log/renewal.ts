/**
 * Going on after this computer's profile was put back from a copy: what was written since the copy was made bears numbers
 * that the relay has seen on other entries. The device takes a new incarnation, and what it wrote is written again under
 * it, content and all; so is what followed a change of access that another came before. Nothing is lost, and nothing that
 * the relay took is said twice; what cannot be opened here any more stays in the outbox, and is told.
 */
import type { AreaId, Hash, SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import type { ChainOp } from '../../../shared/seal/area/chain.ts';
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Header, Kind } from '../../../shared/seal/entry/header.ts';
import { KINDS } from '../../../shared/seal/entry/header.ts';
import type { VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { OpenerContext } from './opener.ts';
import { openEntry } from './opener.ts';
import type { ChainPiece, Piece, Writer } from './writer.ts';
import { headerOf } from './writer.ts';

export interface RenewalContext extends OpenerContext {
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly writer: Writer;
  /** The entry was written again under another hash. */
  readonly replaced: (hash: Hash) => void;
  /** Whether the relay has said that it took an entry which has not been seen in order yet. */
  readonly isTaken: (hash: Hash) => boolean;
}

/** What is left of an entry to be written; `done`: the chain says already what it was to change. */
type Again = Piece | ChainPiece | 'done';

/** Writes again what waits in an area under an incarnation that is over. Answers the entries that could not be. */
export async function writeAgain(context: RenewalContext, replica: AreaReplica): Promise<readonly OutboxRow[]> {
  const { db, vault, writer, replaced } = context;
  const { area } = replica.state;
  const rows = await db.outbox.where('area').equals(area).sortBy('seq');
  const left: OutboxRow[] = [];
  const found: { row: OutboxRow; again: Again }[] = [];
  for (const row of rows) {
    const header = headerIn(row);
    if (row.foreign || !header || header.incarnation >= writer.incarnation || context.isTaken(row.hash)) continue;
    const again = isOfPosts(header)
      ? await changeAgain(db, replica, row, header)
      : await pieceOf(context, replica, row, header);
    if (again) found.push({ row, again });
    else left.push(row);
  }
  if (found.length === 0) return left;
  const pieces = found.flatMap(({ again }) => (again === 'done' ? [] : [again]));
  const written = pieces.length === 0 || (await writer.write(pieces)).ok;
  if (!written) return left; // a full disk, or the chain changed once more: found again at the next decline
  await db.outbox.bulkDelete(found.map(({ row }) => row.seq as number));
  await vault.release(found.map(({ row }) => row.hash));
  for (const { row } of found) replaced(row.hash);
  return left;
}

export function headerIn(row: Pick<OutboxRow, 'entry'>): Header | null {
  const entry = decodeEntry(row.entry);
  return entry.ok ? headerOf(entry.value) : null;
}

/** Whether an entry lets posts in or takes them out, and nothing else. */
export const isOfPosts = ({ kind, body }: Header): boolean => kind === 'chain' && postsIn(body) !== null;

type PostsOp = Extract<ChainOp, { op: 'grant' | 'remove' }>;
function postsIn(body: Uint8Array | null): PostsOp | null {
  const op = body && decodeChainOp(body);
  return op?.ok === true && (op.value.op === 'grant' || op.value.op === 'remove') ? op.value : null;
}

/**
 * As far as it still changes anything, and nobody did and undid the same since it was meant: who was let in by two leads at
 * once and then taken out stays out.
 */
async function changeAgain(
  db: Database,
  { access }: AreaReplica,
  { area, stream }: OutboxRow,
  { body, chain }: Header,
): Promise<Again | null> {
  const op = postsIn(body);
  if (op === null || access === null) return null;
  const since = await postsChangedSince(db, area, stream, chain);
  const rest: PostsOp =
    op.op === 'grant'
      ? {
          ...op,
          seats: op.seats.filter((one) => !since.let.has(one.seat) && access.seats.get(one.seat)?.role !== one.role),
        }
      : { ...op, seats: op.seats.filter((seat) => !since.taken.has(seat) && access.seats.has(seat)) };
  return rest.seats.length === 0 ? 'done' : { area, stream, kind: 'chain', op: rest, boxes: [], upon: access.head };
}

/** The posts that were let in and those that were taken out after the chain stood at `head`. */
async function postsChangedSince(
  db: Database,
  area: AreaId,
  stream: StreamId,
  head: Hash | null,
): Promise<{ readonly let: ReadonlySet<SeatId>; readonly taken: ReadonlySet<SeatId> }> {
  const rows = await db.log.where('[area+stream+n]').between([area, stream, 0], [area, stream, Infinity]).toArray();
  const after = rows.slice(rows.findIndex(({ hash }) => hash === head) + 1).filter(({ verdict }) => verdict === 'ok');
  const ops = after.flatMap((row) => postsIn((row.entry && headerIn({ entry: row.entry })?.body) ?? null) ?? []);
  return {
    let: new Set(ops.flatMap((op) => (op.op === 'grant' ? op.seats.map(({ seat }) => seat) : []))),
    taken: new Set(ops.flatMap((op) => (op.op === 'remove' ? op.seats : []))),
  };
}

const kindOf = (header: Header): Kind | null => KINDS.find((kind) => kind === header.kind) ?? null;

async function pieceOf(
  context: RenewalContext,
  { state }: AreaReplica,
  row: OutboxRow,
  header: Header,
): Promise<Piece | null> {
  const entry = decodeEntry(row.entry);
  const kind = kindOf(header);
  if (!entry.ok || !kind || kind === 'chain') return null;
  const sealed = { area: row.area, n: null, time: null, directory: null, hash: row.hash, header, entry: entry.value };
  const opened = await openEntry(context, sealed);
  if (opened.is !== 'opened') return null;
  const seal = entry.value.seal.by === 'stream' ? ('stream' as const) : state.intake ? { boxTo: [state.intake] } : null;
  return seal && { area: row.area, stream: row.stream, kind, plain: opened.opened.plain, seal };
}
