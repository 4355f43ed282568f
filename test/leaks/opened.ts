/**
 * Everything that a computer's session can open, for a search: each entry that it holds, as it came and, where one of its
 * keys fits, opened; its sealed records; and the text of every document with what was deleted in it, as one who looks into
 * the updates themselves would put it together. Goes by the keys, not by what the screens show.
 */
import * as Y from 'yjs';
import { decodeFact, edit } from '../../shared/model/events.ts';
import { encodeCbor } from '../../shared/primitives/cbor.ts';
import type { AreaId, Hash } from '../../shared/primitives/ids.ts';
import { decodeEntry } from '../../shared/seal/entry/entry.ts';
import type { Entry } from '../../shared/seal/entry/entry.ts';
import type { Header } from '../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../shared/seal/entry/header.ts';
import { openEntry } from '../../renderer/sync/log/opener.ts';
import type { Session } from '../../renderer/sync/session.ts';

export type Piece = readonly [name: string, bytes: Uint8Array];

export interface OpenedAll {
  readonly pieces: readonly Piece[];
  /** How many entries of each kind a key was found for. */
  readonly kinds: ReadonlyMap<Header['kind'], number>;
  /** The areas of which it holds anything, each with the Yjs clients that wrote in its documents. */
  readonly areas: ReadonlyMap<AreaId, ReadonlySet<number>>;
}

export async function openAll(session: Session): Promise<OpenedAll> {
  const pieces: Piece[] = [];
  const kinds = new Map<Header['kind'], number>();
  const updates = new Map<string, Uint8Array[]>();
  const areas = new Map<AreaId, Set<number>>();
  for (const { area, entry: raw } of await session.db.log.toArray()) {
    const clients = areas.get(area) ?? new Set<number>();
    areas.set(area, clients);
    if (raw === null) continue;
    pieces.push(['entry as it came', raw]);
    const { entry, header, hash } = await read(session, raw);
    const found = await openEntry(session, { area, n: null, time: null, directory: null, hash, header, entry });
    if (found.is !== 'opened') continue;
    const { plain } = found.opened;
    kinds.set(header.kind, (kinds.get(header.kind) ?? 0) + 1);
    pieces.push([header.kind, plain]);
    const known = header.kind === 'edit' ? decodeFact(edit, plain) : null;
    if (known === null) continue;
    for (const { id } of Y.decodeUpdate(known.update).structs) clients.add(id.client);
    updates.set(header.stream, [...(updates.get(header.stream) ?? []), known.update]);
  }
  for (const { value } of await session.records.list('')) pieces.push(['record', encodeCbor(value)]);
  for (const { body } of await session.db.statements.toArray()) pieces.push(['statement', body]);
  for (const of of updates.values())
    for (const text of textsEverIn(of)) pieces.push(['text ever written', Buffer.from(text)]);
  return { pieces, kinds, areas };
}

async function read(session: Session, raw: Uint8Array): Promise<{ entry: Entry; header: Header; hash: Hash }> {
  const entry = decodeEntry(raw);
  const header = entry.ok ? decodeHeader(entry.value.header) : entry;
  if (!entry.ok || !header.ok) throw new Error('a kept entry does not decode');
  return { entry: entry.value, header: header.value, hash: await hashHeader(session.platform, entry.value.header) };
}

/** Letter by letter typed, and each in an update of its own: what one client wrote, in the order of writing. */
function textsEverIn(updates: readonly Uint8Array[]): readonly string[] {
  const written = new Map<number, Map<number, string>>();
  for (const struct of updates.flatMap((update) => Y.decodeUpdate(update).structs)) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const { client, clock } = struct.id;
    const of = written.get(client) ?? new Map<number, string>();
    written.set(client, of.set(clock, struct.content.str));
  }
  return [...written.values()].map((of) =>
    [...of]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join(''),
  );
}
