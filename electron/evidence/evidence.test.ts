/** A file of any size goes from one computer over a relay to another, and is there to the byte what it was. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MiB } from '../../shared/primitives/units.ts';
import { SEGMENT } from './format.ts';
import { openDesk, sealedIn, seededBytes, sha256, tempFolder, wanted, writeSource } from './testing/desk.fixture.ts';
import type { Desk } from './testing/desk.fixture.ts';
import { serveRelay } from './testing/relay.fixture.ts';
import type { ServedRelay } from './testing/relay.fixture.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let officer: Desk;
let prosecutor: Desk;
const at = (...parts: string[]): string => path.join(folder.path, ...parts);

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
  officer = await openDesk(at('officer'));
  prosecutor = await openDesk(at('prosecutor'));
});
afterEach(async () => {
  await officer.stop();
  await prosecutor.stop();
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

const link = () => ({ relay: relay.url, token: relay.token, maxRate: 0, freeFloor: 0 });

describe('a file goes from one computer to the other', () => {
  it.each([0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, MiB - 1, MiB, MiB + 1, 3 * MiB + 5, 40 * MiB + 77])(
    '%i bytes',
    async (size) => {
      const bytes = seededBytes(size, size);
      const [sealed] = sealedIn(await officer.import(await writeSource(folder.path, 'exhibit.bin', bytes)));
      const content = sealed!.content;
      expect(content.sha256).toBe(sha256(bytes));
      expect(sealed!.found.includes('empty')).toBe(size === 0);
      expect(await officer.calls.here([content])).toEqual([
        { version: content.version, whole: true, held: content.chunks.reduce((sum, c) => sum + c.size, 0) },
      ]);

      await officer.calls.configure(link());
      await officer.calls.want({ up: [wanted(content)], down: [] });
      await officer.until(() => officer.newest(content)?.state === 'whole');
      expect(relay.bodyBytes).toBe(content.chunks.reduce((sum, c) => sum + c.size, 0));

      await prosecutor.calls.configure(link());
      await prosecutor.calls.want({ up: [], down: [wanted(content)] });
      await prosecutor.until(() => prosecutor.newest(content)?.state === 'whole');

      await prosecutor.evidence.host.offer('save', at('exported.bin'), 'write');
      expect(await prosecutor.calls.exportFile(content, 'save')).toEqual({ ok: true, value: sha256(bytes) });
      expect(sha256(await readFile(at('exported.bin')))).toBe(sha256(bytes));

      const handle = await prosecutor.calls.open(content);
      if (!handle.ok) throw new Error(handle.cause);
      const read = await prosecutor.evidence.reads.read(handle.value, Math.floor(size / 3), MiB);
      expect(
        read.ok && Buffer.from(read.value).equals(bytes.subarray(Math.floor(size / 3), Math.floor(size / 3) + MiB)),
      ).toBe(true);
    },
  );
});
