/**
 * What one `edit` entry may bring into a document: the rules that Yjs itself does not hold. An update is V1, small, whole,
 * of the writer's own client id, begins where that client stood, and refers to nothing that is not there yet. Pure: it
 * judges bytes against what is known of the stream and applies nothing. V2 is never decoded, by nobody.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { DeviceId } from '../../primitives/ids.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import { KiB } from '../../primitives/units.ts';

/** What is known of one stream at a place in its order. */
export interface KnownEdits {
  /** Which device each Yjs client id belongs to: the one whose entry used it first. */
  readonly clients: ReadonlyMap<number, DeviceId>;
  /** The next clock of each client. */
  readonly clock: ReadonlyMap<number, number>;
}
export const noEdits: KnownEdits = { clients: new Map(), clock: new Map() };

/** The content of an `edit` entry: one update, all of whose structs are of `client`. */
export interface EditContent {
  readonly client: number;
  readonly update: Uint8Array;
}

/**
 * `malformed`: no whole V1 update, or a struct that Yjs would never write. `foreign client`: another's client id, or
 * structs of another. `overlap`: clocks that are taken already (equivocation). `gap`: clocks or places not there yet.
 * `deletes unseen`: what is not written yet.
 */
export type EditCause = 'malformed' | 'too large' | 'foreign client' | 'overlap' | 'gap' | 'deletes unseen';

export const MAX_UPDATE = 512 * KiB;
/** Client ids are 32 bits; so are clocks here, which nobody types his way through. */
const MAX_UINT32 = 0xffff_ffff;
/** Deeper values than any editor writes make others run out of stack. */
const MAX_DEPTH = 64;

type Structs = ReturnType<typeof Y.decodeUpdate>['structs'];
type Struct = Structs[number];
type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds'];
interface Place {
  readonly client: number;
  readonly clock: number;
}

/** Judges `edit`, written by `device`, as the next in its stream: what is known after it, or the rule it breaks. */
export function checkEdit(known: KnownEdits, device: DeviceId, edit: EditContent): Result<KnownEdits, EditCause> {
  if (edit.update.length > MAX_UPDATE) return fail('too large');
  if (!Number.isInteger(edit.client) || edit.client < 0 || edit.client > MAX_UINT32) return fail('malformed');
  if ((known.clients.get(edit.client) ?? device) !== device) return fail('foreign client');
  const decoded = decodeWhole(edit.update);
  if (decoded === null) return fail('malformed');
  const end = checkStructs(known, edit.client, decoded.structs);
  if (!end.ok) return end;
  const clock = new Map(known.clock).set(edit.client, end.value);
  if (!deletesWhatIsThere(clock, decoded.ds)) return fail('deletes unseen');
  return ok({ clients: new Map(known.clients).set(edit.client, device), clock });
}

/** Whether an update is small, whole, V1, and holds nothing that Yjs would not write: what can be said without its stream. */
export const isSound = (update: Uint8Array): boolean => update.length <= MAX_UPDATE && decodeWhole(update) !== null;

/** Decodes an update to its last byte; null where it is not one, or holds what Yjs would not write. */
function decodeWhole(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  const rest: decoding.Decoder[] = [];
  class Watched extends Y.UpdateDecoderV1 {
    constructor(decoder: decoding.Decoder) {
      super(decoder);
      rest.push(decoder);
    }
  }
  try {
    const decoded = Y.decodeUpdateV2(update, Watched);
    const whole = rest.length === 1 && rest.every((decoder) => !decoding.hasContent(decoder));
    return whole && decoded.structs.every(isPlain) && rangesHold(decoded.ds) ? decoded : null;
  } catch {
    return null; // Yjs tells unreadable bytes by throwing, hostile nesting by running out of stack
  }
}

const rangesHold = (ds: DeleteSet): boolean =>
  [...ds.clients.values()].every((ranges) => ranges.every((range) => range.len > 0));

/** No struct without length, no document within a document, no value nested beyond use. */
function isPlain(struct: Struct): boolean {
  if (struct.length < 1) return false;
  if (!(struct instanceof Y.Item)) return true;
  const { content } = struct;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON)
    return content.arr.every((value: unknown) => isShallow(value, MAX_DEPTH));
  if (content instanceof Y.ContentEmbed) return isShallow(content.embed, MAX_DEPTH);
  if (content instanceof Y.ContentFormat) return isShallow(content.value, MAX_DEPTH);
  return !(content instanceof Y.ContentDoc);
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}

/** The clock after the update's structs, which must be of `client`, without gap, and refer only to what is there. */
function checkStructs(known: KnownEdits, client: number, structs: Structs): Result<number, EditCause> {
  let next = known.clock.get(client) ?? 0;
  for (const struct of structs) {
    if (struct.id.client !== client) return fail('foreign client');
    if (struct.id.clock < next) return fail('overlap');
    if (struct.id.clock > next || struct instanceof Y.Skip) return fail('gap');
    const there = (place: Place): boolean =>
      place.clock < (place.client === client ? next : (known.clock.get(place.client) ?? 0));
    if (!referredTo(struct).every(there)) return fail('gap');
    next += struct.length;
    if (next > MAX_UINT32) return fail('too large');
  }
  return ok(next);
}

function referredTo(struct: Struct): readonly Place[] {
  if (!(struct instanceof Y.Item)) return [];
  return [struct.origin, struct.rightOrigin, struct.parent instanceof Y.ID ? struct.parent : null].filter(
    (place) => place !== null,
  );
}

function deletesWhatIsThere(clock: ReadonlyMap<number, number>, ds: DeleteSet): boolean {
  for (const [client, ranges] of ds.clients) {
    const end = clock.get(client) ?? 0;
    if (!ranges.every((range) => range.clock + range.len <= end)) return false;
  }
  return true;
}
