/** Reads the frozen vectors of an intake (test/vectors/intake.json). */
import { describe, expect, it } from 'vitest';
import vectors from '../../test/vectors/intake.json' with { type: 'json' };
import { fromHex, toHex } from '../primitives/bytes.ts';
import type { AreaId, Hash, OrgId, SeatId } from '../primitives/ids.ts';
import { importVerifyKey } from '../primitives/platform.ts';
import type { AreaState } from './area/admit.ts';
import { admit, emptyArea } from './area/admit.ts';
import { openBox } from './boxes.ts';
import type { DirectoryState } from './directory/directory.ts';
import { emptyDirectory, extendDirectoryBy } from './directory/directory.ts';
import type { Entry } from './entry/entry.ts';
import { decodeEntry, openContent } from './entry/entry.ts';
import { platform } from './fixture.ts';
import { decodeHeader, hashHeader } from './entry/header.ts';
import { intakeOf } from './area/places.ts';

const seatKeys: Record<string, { privateKey: string; publicKey: string }> = vectors.seatKeys;
const intake = { org: vectors.intake.org as OrgId, seat: vectors.intake.seat as SeatId };

async function foldDirectories(): Promise<(org: OrgId) => DirectoryState | null> {
  const states = new Map<OrgId, DirectoryState>();
  for (const { org, signKey, statements } of vectors.authorities) {
    const signed = statements.map(({ body, signature }) => ({ body: fromHex(body), signature: fromHex(signature) }));
    const folded = await extendDirectoryBy(
      platform,
      await importVerifyKey(platform, fromHex(signKey)),
      emptyDirectory(org as OrgId),
      signed,
    );
    if (!folded.ok) throw new Error(folded.cause);
    states.set(folded.value.org, folded.value);
  }
  return (org) => states.get(org) ?? null;
}

function parse(hex: string): Entry {
  const entry = decodeEntry(fromHex(hex));
  if (!entry.ok) throw new Error(entry.cause);
  return entry.value;
}

async function foldHistory(): Promise<AreaState> {
  const directoryOf = await foldDirectories();
  let state = emptyArea(vectors.intake.area as AreaId, intake);
  for (const { name, entry } of vectors.history) {
    const verdict = await admit(platform, state, directoryOf, parse(entry));
    if (!verdict.ok) throw new Error(`${name}: ${verdict.cause}`);
    state = verdict.value.state;
  }
  return state;
}

describe('an intake', () => {
  it('is found from its post, and takes its history', async () => {
    expect(await intakeOf(platform, intake.org, intake.seat)).toBe(vectors.intake.area);
    expect((await foldHistory()).heads.size).toBe(2);
  });

  it.each(vectors.history)('opens for either post: $name', async ({ entry: encoded, hash, plain, boxes }) => {
    const entry = parse(encoded);
    const header = decodeHeader(entry.header);
    if (!header.ok || entry.seal.by !== 'boxes') throw new Error('not boxed');
    expect(await hashHeader(platform, entry.header)).toBe(hash);
    expect(boxes).toHaveLength(2);
    for (const box of boxes) {
      const pair = seatKeys[box.to];
      const keys = { privateKey: fromHex(pair?.privateKey ?? ''), publicKey: fromHex(pair?.publicKey ?? '') };
      const key = await openBox(keys, {
        ...box,
        subject: box.subject as Hash,
        to: box.to as SeatId,
        sealed: fromHex(box.sealed),
      });
      const opened = await openContent(
        platform,
        key ?? new Uint8Array(32),
        { hash: hash as Hash, commit: header.value.commit },
        entry.seal.sealed,
      );
      expect(opened.ok && toHex(opened.value)).toBe(plain);
    }
  });

  it.each(vectors.refused)('refuses $name: $cause', async ({ entry, cause }) => {
    expect(await admit(platform, await foldHistory(), await foldDirectories(), parse(entry))).toEqual({
      ok: false,
      cause,
    });
  });
});
