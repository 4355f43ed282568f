/**
 * What presence says, as awareness updates of y-protocols: read, cleaned, and written under other ids. Nothing that came
 * from elsewhere gets to a window but a proven name, a colour's number and two positions in the text.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';

interface Here {
  readonly client: number;
  readonly clock: number;
  /** Null: gone. */
  readonly state: unknown;
}

/** Windows of one computer on one document; more is no computer's. */
const MOST = 32;

/** The windows an update speaks of; null where it cannot be read. */
export function readPresence(update: Uint8Array): readonly Here[] | null {
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count > MOST) return null;
    return Array.from({ length: count }, () => ({
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: JSON.parse(decoding.readVarString(decoder)) as unknown,
    }));
  } catch {
    return null; // lib0 and JSON tell unreadable bytes by throwing
  }
}

export function writePresence(all: readonly Here[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, all.length);
  for (const { client, clock, state } of all) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  }
  return encoding.toUint8Array(encoder);
}

const id = z.object({ client: z.int().min(0), clock: z.int().min(0) }).nullish();
const position = z.object({ type: id, tname: z.string().max(100).nullish(), item: id, assoc: z.int().optional() });
const said = z.object({
  user: z.object({ hue: z.int().min(0).max(1000).optional() }).catch({}),
  cursor: z.object({ anchor: position, head: position }).nullish().catch(null),
});

/** A state as it is shown: whatever it says of its user's name, the directory's stands. */
export function cleanState(state: unknown, name: string): unknown {
  const read = said.safeParse(state);
  if (state === null || !read.success) return null;
  const { user, cursor } = read.data;
  return { user: { ...user, name }, ...(cursor ? { cursor } : {}) };
}
