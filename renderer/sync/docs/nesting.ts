/**
 * How deep an update would nest: whoever reads a document goes down into it by calls, here, in every window and in every
 * editor, and runs out of stack on what no person writes. Judged before the update is applied.
 */
import * as Y from 'yjs';

/** Types within types; a list within lists within a quotation is a dozen. */
const DEEPEST = 100;

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
interface Place {
  readonly clock: number;
  readonly end: number;
  readonly depth: number;
}

/** Whether every struct of the update would lie within what can be read. What refers to nothing that is there is left to others to judge. */
export function isShallow(doc: Y.Doc, update: Uint8Array): boolean {
  const known = new Map<number, Place[]>();
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue;
    const depth = depthOf(doc, known, struct);
    if (depth > DEEPEST) return false;
    const places = known.get(struct.id.client) ?? [];
    known.set(struct.id.client, places);
    places.push({ clock: struct.id.clock, end: struct.id.clock + struct.length, depth });
  }
  return true;
}

/** How many types a struct lies in. */
function depthOf(doc: Y.Doc, known: ReadonlyMap<number, readonly Place[]>, struct: Struct & Y.Item): number {
  const parent: unknown = struct.parent; // as decoded: the id of a type's item, a root type's name, or nothing
  if (parent instanceof Y.ID) return depthAt(doc, known, parent) + 1;
  const beside = struct.origin ?? struct.rightOrigin;
  return parent === null && beside ? depthAt(doc, known, beside) : 0;
}

function depthAt(doc: Y.Doc, known: ReadonlyMap<number, readonly Place[]>, id: Y.ID): number {
  const place = placeAt(known.get(id.client) ?? [], id.clock);
  if (place) return place.depth;
  if (id.clock >= Y.getState(doc.store, id.client)) return 0;
  const item = Y.getItem(doc.store, id);
  let type: unknown = item instanceof Y.Item ? item.parent : null;
  let depth = 0;
  for (; type instanceof Y.AbstractType && type.parent !== null && depth <= DEEPEST; depth++) type = type.parent;
  return depth;
}

function placeAt(places: readonly Place[], clock: number): Place | null {
  let [low, high] = [0, places.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = places[middle] as Place;
    if (clock < place.clock) high = middle - 1;
    else if (clock >= place.end) low = middle + 1;
    else return place;
  }
  return null;
}
