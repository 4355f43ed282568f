/**
 * Where what stands in a Matroska file (WebM, MKV) is mostly said at its end, in its cues. Chromium asks for them as it begins
 * to play; when somebody goes elsewhere while they are still coming it gives them up for good, and from then on goes anywhere
 * by reading all that lies between. So the end of such a file is here before it is played.
 */
import type { Result } from '../../shared/primitives/result.ts';
import { MiB } from '../../shared/primitives/units.ts';
import type { OpenContent } from '../viewer/content.ts';

/** How a Matroska file begins. */
const MATROSKA = [0x1a, 0x45, 0xdf, 0xa3] as const;
/** Holds the cues of hours. */
const END = MiB;

type Read = (from: number, length: number) => Promise<Result<Uint8Array, string>>;

/** Answers once the end is here, or need not be, or cannot be read: the player then says so itself. */
export async function bringEnd({ whole, size }: Pick<OpenContent, 'whole' | 'size'>, read: Read): Promise<void> {
  if (whole) return;
  const head = await read(0, MATROSKA.length);
  if (!head.ok || MATROSKA.some((byte, at) => head.value[at] !== byte)) return;
  await read(Math.max(0, size - END), Math.min(size, END));
}
