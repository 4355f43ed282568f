/**
 * Going on after this computer's profile was put back from a copy: what was written since the copy was made bears numbers
 * that the relay has seen on other entries. The device takes a new incarnation, and what it wrote is written again under
 * it, content and all. Nothing is lost; what cannot be opened here any more stays in the outbox, and is told.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Header, Kind } from '../../../shared/seal/entry/header.ts';
import { KINDS } from '../../../shared/seal/entry/header.ts';
import type { VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { OpenerContext } from './opener.ts';
import { openEntry } from './opener.ts';
import type { Piece, Writer } from './writer.ts';
import { headerOf } from './writer.ts';

export interface RenewalContext extends OpenerContext {
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly writer: Writer;
  /** The entry was written again under another hash. */
  readonly replaced: (hash: Hash) => void;
}

/** Writes again what waits in an area under an incarnation that is over. Answers the entries that could not be. */
export async function writeAgain(context: RenewalContext, replica: AreaReplica): Promise<readonly OutboxRow[]> {
  const { db, vault, writer, replaced } = context;
  const { area } = replica.state;
  const rows = await db.outbox.where('area').equals(area).sortBy('seq');
  const left: OutboxRow[] = [];
  const found: { row: OutboxRow; piece: Piece }[] = [];
  for (const row of rows) {
    const header = headerIn(row);
    if (row.foreign || !header || header.incarnation >= writer.incarnation) continue;
    const piece = await pieceOf(context, replica, row, header);
    if (piece) found.push({ row, piece });
    else left.push(row);
  }
  if (found.length === 0) return left;
  const written = await writer.write(found.map(({ piece }) => piece));
  if (!written.ok) return left; // a full disk: found again at the next decline
  await db.outbox.bulkDelete(found.map(({ row }) => row.seq as number));
  await vault.release(found.map(({ row }) => row.hash));
  for (const { row } of found) replaced(row.hash);
  return left;
}

export function headerIn(row: Pick<OutboxRow, 'entry'>): Header | null {
  const entry = decodeEntry(row.entry);
  return entry.ok ? headerOf(entry.value) : null;
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
