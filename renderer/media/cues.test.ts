import { expect, test } from 'vitest';
import { fail, ok } from '../../shared/primitives/result.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { bringEnd } from './cues.ts';

const WEBM = [0x1a, 0x45, 0xdf, 0xa3];
const MP4 = [0, 0, 0, 0x20];

/** What is read of a file that begins so; null: nothing of it can be. */
async function reads(head: readonly number[] | null, size: number, whole = false): Promise<readonly string[]> {
  const asked: string[] = [];
  await bringEnd({ whole, size }, async (from, length) => {
    asked.push(`${from}+${length}`);
    return head === null ? fail('no') : ok(Uint8Array.from(head).subarray(0, length));
  });
  return asked;
}

test('of a WebM that is still arriving the end is read before it is played', async () => {
  expect(await reads(WEBM, 5 * MiB)).toEqual(['0+4', `${4 * MiB}+${MiB}`]);
  expect(await reads(WEBM, 300)).toEqual(['0+4', '0+300']);
});

test('of one that is here nothing is, of another kind no more than its first bytes', async () => {
  expect(await reads(WEBM, 5 * MiB, true)).toEqual([]);
  expect(await reads(MP4, 5 * MiB)).toEqual(['0+4']);
  expect(await reads([], 0)).toEqual(['0+4']);
  expect(await reads(null, 5 * MiB)).toEqual(['0+4']);
});
