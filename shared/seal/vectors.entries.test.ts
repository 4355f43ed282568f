/** Reads the frozen vectors of entries (test/vectors/entries.json): one history, and everything that must not pass. */
import { beforeAll, describe, expect, it } from 'vitest';
import vectors from '../../test/vectors/entries.json' with { type: 'json' };
import { concat, fromHex, toHex } from '../primitives/bytes.ts';
import type { AreaId, Hash, OrgId, SeatId } from '../primitives/ids.ts';
import { importVerifyKey } from '../primitives/platform.ts';
import type { AdmitCause, AreaState } from './area/admit.ts';
import { admit, emptyArea } from './area/admit.ts';
import { commitToKey, openLink } from './area/areaKey.ts';
import { epochSubject, hashBoxes, openBox } from './boxes.ts';
import { decodeChainOp, encodeChainOp } from './area/chain.ts';
import type { DirectoryState } from './directory/directory.ts';
import { emptyDirectory, extendDirectory } from './directory/directory.ts';
import type { Entry } from './entry/entry.ts';
import { commitTo, decodeEntry, encodeEntry, openContent, unwrapStreamKey } from './entry/entry.ts';
import { platform } from './fixture.ts';
import type { Header } from './entry/header.ts';
import { decodeHeader, encodeHeader, hashHeader } from './entry/header.ts';

const area = vectors.area.area as AreaId;
const areaKeys: Record<number, string> = vectors.area.areaKeys;
const directories = new Map<OrgId, DirectoryState>();
/** The area's state before each step of the history, and after the last. */
const states: AreaState[] = [emptyArea(area)];

const parse = (hex: string): Entry => {
  const entry = decodeEntry(fromHex(hex));
  if (!entry.ok) throw new Error(entry.cause);
  return entry.value;
};
const judge = (state: AreaState, entry: Entry) => admit(platform, state, (org) => directories.get(org) ?? null, entry);

beforeAll(async () => {
  for (const authority of vectors.authorities) {
    const key = await importVerifyKey(platform, fromHex(authority.signKey));
    let state = emptyDirectory(authority.org as OrgId);
    for (const { body, signature } of authority.statements) {
      const next = await extendDirectory(platform, key, state, { body: fromHex(body), signature: fromHex(signature) });
      if (!next.ok) throw new Error(next.cause);
      state = next.value;
    }
    directories.set(state.org, state);
  }
  for (const { name, entry } of vectors.history) {
    const verdict = await judge(states.at(-1) ?? emptyArea(area), parse(entry));
    if (!verdict.ok) throw new Error(`${name}: ${verdict.cause}`);
    states.push(verdict.value.state);
  }
});

/** Opens an entry under the stream's key as a reader of its area would. */
async function open(entry: Entry): Promise<string> {
  const header = decodeHeader(entry.header);
  if (entry.seal.by !== 'stream' || !header.ok) return 'not under a stream';
  const { epoch, slot, sealed } = entry.seal;
  const key = await unwrapStreamKey(
    platform,
    { area, stream: header.value.stream, epoch },
    fromHex(areaKeys[epoch] ?? ''),
    slot,
  );
  if (key === null) return 'no stream key';
  const opened = await openContent(
    platform,
    key,
    { hash: await hashHeader(platform, entry.header), commit: header.value.commit },
    sealed,
  );
  return opened.ok ? toHex(opened.value) : opened.cause;
}

/** What an entry's content is to its readers; null where there is none to open. */
async function opens(entry: Entry, key: string | null): Promise<string | null> {
  const header = decodeHeader(entry.header);
  if (entry.seal.by === 'stream') return open(entry);
  if (entry.seal.by !== 'boxes' || !header.ok) return null;
  const opened = await openContent(
    platform,
    fromHex(key ?? ''),
    { hash: await hashHeader(platform, entry.header), commit: header.value.commit },
    entry.seal.sealed,
  );
  return opened.ok ? toHex(opened.value) : opened.cause;
}

describe('a history', () => {
  it.each(vectors.history)('$name', async ({ entry: encoded, hash, header, plain, salt, key, boxes }) => {
    const entry = parse(encoded);
    const expected = { ...header, body: header.body && fromHex(header.body) } as unknown as Header;
    expect(toHex(encodeEntry(entry))).toBe(encoded);
    expect(await hashHeader(platform, entry.header)).toBe(hash);
    expect(decodeHeader(entry.header)).toEqual({ ok: true, value: expected });
    expect(encodeHeader(expected)).toEqual(entry.header);
    expect(await opens(entry, key)).toBe(plain);
    expect(plain && salt && (await commitTo(platform, concat(fromHex(salt), fromHex(plain))))).toBe(
      plain && header.commit,
    );
    for (const box of boxes) {
      const reader = Object.values(vectors.keys).find((k) => k.seat === box.to);
      const keys = {
        privateKey: fromHex(reader?.seatKeys.privateKey ?? ''),
        publicKey: fromHex(reader?.seatKeys.publicKey ?? ''),
      };
      expect(
        toHex(
          (await openBox(keys, {
            ...box,
            subject: box.subject as Hash,
            to: box.to as SeatId,
            sealed: fromHex(box.sealed),
          })) ?? new Uint8Array(),
        ),
      ).toBe(key);
    }
  });

  it('has a chain whose operations commit to keys and boxes', async () => {
    const clear = vectors.history.filter((step) => step.header.body !== null);
    expect(clear.length).toBeGreaterThan(3);
    for (const { header, boxes } of clear) {
      const op = decodeChainOp(fromHex(header.body ?? ''));
      if (!op.ok) throw new Error(op.cause);
      expect(toHex(encodeChainOp(op.value))).toBe(header.body);
      if (op.value.op !== 'create' && op.value.op !== 'key') continue;
      const { epoch, key, boxes: set, link } = op.value.key;
      const areaKey = fromHex(areaKeys[epoch] ?? '');
      expect(await commitToKey(platform, area, epoch, areaKey)).toBe(key);
      expect(
        await hashBoxes(
          platform,
          boxes.map((b) => ({ ...b, subject: b.subject as Hash, to: b.to as SeatId, sealed: fromHex(b.sealed) })),
        ),
      ).toBe(set);
      for (const box of boxes) expect(box.subject).toBe(await epochSubject(platform, area, epoch));
      expect(link && toHex((await openLink(platform, area, epoch, areaKey, link)) ?? new Uint8Array())).toBe(
        epoch > 1 ? areaKeys[epoch - 1] : null,
      );
    }
  });
});

/** What a history is refused for, step by step; what is refused is left out. */
const causes = async (list: readonly Entry[]) => {
  let state = emptyArea(area);
  const found: string[] = [];
  for (const entry of list) {
    const verdict = await judge(state, entry);
    if (verdict.ok) state = verdict.value.state;
    else found.push(verdict.cause);
  }
  return found;
};

describe('what must be refused', () => {
  it.each(vectors.refused)('$name: $cause', async ({ after, entry: encoded, cause }) => {
    const entry = decodeEntry(fromHex(encoded));
    const state = states[after];
    if (!state) throw new Error('no such state');
    const verdict: { ok: true } | { ok: false; cause: AdmitCause } = entry.ok
      ? await judge(state, entry.value)
      : { ok: false, cause: 'malformed' };
    expect(verdict.ok ? 'ok' : verdict.cause).toBe(cause);
  });

  it('any bit of a header or signature', async () => {
    for (const [i, { entry: encoded }] of vectors.history.entries()) {
      const entry = parse(encoded);
      const state = states[i] as AreaState;
      for (const part of ['header', 'signature'] as const) {
        for (let at = 0; at < entry[part].length; at++) {
          const bytes = new Uint8Array(entry[part]);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
          expect((await judge(state, { ...entry, [part]: bytes })).ok).toBe(false);
        }
      }
    }
  });

  it('a history with a step dropped, doubled or exchanged with the next', async () => {
    const entries = vectors.history.map((step) => parse(step.entry));
    expect(await causes(entries)).toEqual([]);
    for (let i = 0; i < entries.length; i++) {
      expect(await causes(entries.toSpliced(i, 0, entries[i] as Entry))).toHaveLength(1);
    }
    expect((await causes(entries.toSpliced(0, 1))).length).toBe(entries.length - 1);
    expect((await causes(entries.toSpliced(1, 1)))[0]).toBe('gap');
  });
});

describe('what must not be believed', () => {
  it.each(vectors.unopened)('$name: $cause', async ({ entry, cause }) => expect(await open(parse(entry))).toBe(cause));
  it('any byte of slot or ciphertext', async () => {
    const entry = parse(vectors.history[1]?.entry ?? '');
    if (entry.seal.by !== 'stream') throw new Error('not under a stream');
    for (const part of ['slot', 'sealed'] as const) {
      for (let at = 0; at < entry.seal[part].length; at++) {
        const bytes = new Uint8Array(entry.seal[part]);
        bytes[at] = (bytes[at] ?? 0) ^ 0x80;
        expect(await open({ ...entry, seal: { ...entry.seal, [part]: bytes } })).toMatch(
          part === 'slot' ? 'no stream key' : 'wrong key',
        );
      }
    }
  });
});
