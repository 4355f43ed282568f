/**
 * Cutting an own update that is too large for one edit into several, in the order in which they are to be written. A row
 * of changes made at once (an import, a first release) would otherwise be refused by everybody who reads it. Adds nothing
 * and leaves nothing out: applied one after the other, the parts are the update.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { KiB } from '../../primitives/units.ts';
import type { EditContent } from './edit.ts';

/** What a part has at most, but for one value that cannot be cut; well below what a reader takes. */
const PART = 256 * KiB;
/** Letters of one run of text in a part. */
const LETTERS = 64 * KiB;

type Structs = ReturnType<typeof Y.decodeUpdate>['structs'];
type Struct = Structs[number];
/** A struct, or a piece of a long run of text: from which of its letters on. */
interface Piece {
  readonly struct: Struct;
  readonly offset: number;
}

/** The update of one client, as parts that others take; the one part where it is small enough. */
export function splitEdit({ client, update }: EditContent): readonly EditContent[] {
  if (update.length <= PART) return [{ client, update }];
  const { structs, ds } = Y.decodeUpdate(update);
  const groups: Piece[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const piece of structs.flatMap(cutText)) {
    const bytes = partOf(client, [piece]).length;
    if (size + bytes > PART) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(piece);
    size += bytes;
  }
  const parts = groups.map((pieces) => partOf(client, pieces));
  // What the update deletes is deleted when all that it writes is there.
  const deletes = ds.clients.size === 0 ? [] : [deletesOf(ds)];
  return [...parts, ...deletes].map((part) => ({ client, update: part }));
}

/** A run of text in pieces that fit; anything else as it is. */
function cutText(struct: Struct): readonly Piece[] {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [{ struct, offset: 0 }];
  const { str } = struct.content;
  const pieces: Piece[] = [];
  for (let start = 0; start < str.length;) {
    const end = start + LETTERS >= str.length ? str.length : wholeLetter(str, start + LETTERS);
    const short = new Y.ContentString(str.slice(0, end));
    pieces.push({
      struct: Object.assign(Object.create(Y.Item.prototype) as Y.Item, struct, { content: short }),
      offset: start,
    });
    start = end;
  }
  return pieces;
}

/** A place at or before `at` that is not within a letter of two code units. */
const wholeLetter = (text: string, at: number): number => (/[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at);

/** An update of some pieces that follow each other, in the form that Yjs writes (V1). */
function partOf(client: number, pieces: readonly Piece[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  encoding.writeVarUint(encoder.restEncoder, 1);
  encoding.writeVarUint(encoder.restEncoder, pieces.length);
  encoder.writeClient(client);
  const [first] = pieces;
  encoding.writeVarUint(encoder.restEncoder, (first?.struct.id.clock ?? 0) + (first?.offset ?? 0));
  for (const { struct, offset } of pieces) struct.write(encoder, offset);
  encoding.writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}

/** An update that only deletes. */
function deletesOf({ clients }: ReturnType<typeof Y.decodeUpdate>['ds']): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, clients.size);
  for (const [client, deleted] of clients) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, deleted.length);
    for (const { clock, len } of deleted) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, len);
    }
  }
  return encoding.toUint8Array(encoder);
}
