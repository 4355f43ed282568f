/** What is damaged on a disk or on the way, or refused by the relay, is said, holds up nothing else, and is tried again. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { seededBytes, wanted } from '../testing/desk.fixture.ts';
import { state, total, withTwoDesks } from '../testing/twoDesks.fixture.ts';

const at = withTwoDesks();
const { sealOne, chunkFile, send } = at;

describe('damage', () => {
  it('on the way down is discarded and fetched again', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    let spoiled = 0;
    at.relay.behave.spoil = () => spoiled++ < 2;
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => state(at.other, content) === 'whole');
  });

  it('that does not end is said, and tried again on request', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    at.relay.behave.spoil = (hash) => hash === content.chunks[1]!.hash;
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => state(at.other, content) === 'failed');
    expect(at.other.newest(content)?.cause).toBe('does not verify');
    expect(at.relay.asked.filter((ask) => ask.startsWith(`GET ${content.chunks[1]!.hash.slice(0, 8)}`))).toHaveLength(
      3,
    );
    at.relay.behave = {};
    await at.other.calls.retryNow();
    await at.other.until(() => state(at.other, content) === 'whole');
  });

  it('of a chunk on this disk stops its upload and says so', async () => {
    const content = await sealOne(2 * MiB);
    const file = chunkFile('one', content, 1);
    const good = await readFile(file);
    await writeFile(file, seededBytes(good.length, 99));
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => state(at.desk, content) === 'failed');
    expect(at.desk.newest(content)?.cause).toBe('missing here');
    expect(await at.desk.calls.here([content])).toMatchObject([{ whole: false }]);
    await writeFile(file, good);
    await at.desk.calls.retryNow();
    await at.desk.until(() => state(at.desk, content) === 'whole');
  });

  it('of a manifest is refused before anything is asked', async () => {
    const content = await sealOne(2 * MiB);
    const lies: Partial<Content>[] = [
      { size: content.size + 1 },
      { size: -1 },
      { size: Number.NaN },
      { chunkSize: 0 },
      { chunkSize: 3 },
      { chunkSize: 2 ** 40 },
      { key: new Uint8Array(31) },
      { sha256: 'x' as Content['sha256'] },
      { version: '../../etc' as VersionId },
      { chunks: content.chunks.slice(1) },
      { chunks: [content.chunks[0]!, content.chunks[0]!] },
      { chunks: content.chunks.map((chunk) => ({ ...chunk, hash: '../../../etc/passwd' as Content['sha256'] })) },
    ];
    for (const lie of lies) {
      const lied = { ...content, ...lie };
      await at.other.calls.want({ up: [wanted(lied)], down: [wanted(lied)] });
      await at.other.until(() => state(at.other, lied) === 'failed');
      expect(at.other.newest(lied)?.cause).toBe('does not verify');
      expect(await at.other.calls.open(lied)).toEqual({ ok: false, cause: 'does not verify' });
      await at.other.calls.want({ up: [], down: [] });
      at.other.transfers.length = 0;
    }
    expect(at.relay.asked).toEqual([]);
  });

  it('of a manifest that only the content shows is said when all has come', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    const lied = { ...content, sha256: '0'.repeat(64) as Content['sha256'] };
    await at.other.calls.want({ up: [], down: [wanted(lied)] });
    await at.other.until(() => state(at.other, lied) === 'failed');
    expect(at.other.newest(lied)).toMatchObject({ cause: 'does not verify', done: total(content) });
    expect(await at.other.calls.here([lied])).toMatchObject([{ whole: false }]);
    await at.other.evidence.host.offer('save', path.join(at.folder, 'out'), 'write');
    expect(await at.other.calls.exportFile(lied, 'save')).toEqual({ ok: false, cause: 'does not verify' });
  });
});

describe('refusals', () => {
  it.each([
    [403, undefined, 'refused', 'retrying'],
    [507, undefined, 'no space at the relay', 'retrying'],
    [507, 'quota of the area', 'area quota', 'retrying'],
    [507, 'quota of the organisation', 'organisation quota', 'retrying'],
    [413, undefined, 'quota', 'retrying'],
    [429, undefined, 'busy', 'retrying'],
    [503, undefined, 'busy', 'retrying'],
    [500, undefined, 'relay unreachable', 'retrying'],
    [404, undefined, 'relay unreachable', 'retrying'],
    [410, undefined, 'withdrawn', 'failed'],
  ] as const)('%i %s of an upload: %s', async (status, cause, told, standing) => {
    const content = await sealOne(MiB);
    at.relay.behave = { status: (method) => (method === 'PUT' ? status : null), ...(cause ? { cause } : {}) };
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => at.desk.newest(content)?.cause === told && state(at.desk, content) === standing);
    at.relay.behave = {};
    await at.desk.calls.retryNow();
    await at.desk.until(() => state(at.desk, content) === 'whole');
  });

  it('of one file do not hold up another', async () => {
    const [refused, other2] = [await sealOne(MiB), await sealOne(MiB)];
    at.relay.behave.status = (method, hash) => (method === 'PUT' && hash === refused.chunks[0]!.hash ? 403 : null);
    await at.desk.calls.want({ up: [wanted(refused), wanted(other2)], down: [] });
    await at.desk.until(() => at.desk.newest(refused)?.cause === 'refused' && state(at.desk, other2) === 'whole');
  });
});
