/**
 * What stands in the clear beside a vault, so that a locked profile can ask its authority what becomes of it: relay, organisation,
 * device and the authority's card. All of it is public in the directory; it names no person and opens nothing.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../../shared/primitives/cbor.ts';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import * as f from '../../../shared/wire/fields.ts';
import { writeWhole } from '../../disk/writeWhole.ts';

const schema = z.object({ relay: z.string(), org: f.org, device: f.device, card: z.string().max(4096) });
export type Whose = z.infer<typeof schema>;

const fileIn = (folder: string): string => path.join(folder, 'whose');

/** Null where there is none, or it cannot be read. */
export async function readWhose(folder: string): Promise<Whose | null> {
  try {
    return schema.parse(decodeFrame(new Uint8Array(await readFile(fileIn(folder)))));
  } catch {
    return null; // a profile that was never opened since there are such files
  }
}

/** The organisation's name as its card has it; '': none, or a card that cannot be read. */
export function orgNameOf(whose: Whose | null): string {
  const card = whose === null ? null : decodeCard(whose.card);
  return card?.ok === true ? card.value.name : '';
}

/** Leaves one that says the same as it is. A full disk: the next unlocking writes it. */
export async function keepWhose(folder: string, { relay, org, device, card }: Whose): Promise<void> {
  const before = await readWhose(folder);
  if (before?.relay === relay && before.device === device && before.card === card) return;
  await writeWhole(fileIn(folder), encodeCbor({ relay, org, device, card }));
}
