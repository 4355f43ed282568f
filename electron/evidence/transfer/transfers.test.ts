/** What is wanted moves, in its order and as it comes, through a restart and past a manifest that lies. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';
import { openDesk, wanted } from '../testing/desk.fixture.ts';
import { state, total, withTwoDesks } from '../testing/twoDesks.fixture.ts';

const at = withTwoDesks();
const { link, sealOne, chunkFile, send } = at;

describe('what is wanted', () => {
  it('is the whole of it: what is left out stops, what comes back goes on where it stopped', async () => {
    const content = await sealOne(6 * MiB);
    await at.desk.calls.configure(link({ maxRate: 4 * MiB }));
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => (at.desk.newest(content)?.done ?? 0) > MiB);
    await at.desk.calls.want({ up: [], down: [] });
    const told = at.desk.transfers.length;
    await at.desk.calls.configure(link());
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => state(at.desk, content) === 'whole');
    expect(at.desk.transfers.slice(told).some((news) => news.done > MiB / 2 && news.done < total(content))).toBe(true);
    expect(at.relay.bodyBytes).toBeLessThan(total(content) + 4 * 256 * KiB);
  });

  it('pauses and resumes, one file and not the others', async () => {
    const [paused, going] = [await sealOne(5 * MiB), await sealOne(2 * MiB)];
    await at.desk.calls.configure(link({ maxRate: 8 * MiB }));
    await at.desk.calls.want({ up: [wanted(paused), wanted(going, { rank: 1 })], down: [] });
    await at.desk.until(() => (at.desk.newest(paused)?.done ?? 0) > MiB / 2);
    await at.desk.calls.want({ up: [wanted(paused, { paused: true }), wanted(going, { rank: 1 })], down: [] });
    await at.desk.until(() => state(at.desk, paused) === 'paused' && state(at.desk, going) === 'whole');
    expect(at.desk.newest(paused)).toMatchObject({ cause: 'paused', nextAt: null });
    await at.desk.calls.want({ up: [wanted(paused), wanted(going, { rank: 1 })], down: [] });
    await at.desk.until(() => state(at.desk, paused) === 'whole');
  });

  it('moves in order of rank', async () => {
    const [large, small] = [await sealOne(9 * MiB), await sealOne(1000)];
    await at.desk.calls.want({ up: [wanted(large, { rank: 2 }), wanted(small, { rank: 1 })], down: [] });
    await at.desk.until(() => state(at.desk, large) === 'whole' && state(at.desk, small) === 'whole');
    const first = (content: Content): number =>
      at.desk.transfers.findIndex((news) => news.version === content.version && news.state === 'whole');
    expect(first(small)).toBeLessThan(first(large));
  });

  it('is answered at once for what is whole, and noticed again when it was lost since', async () => {
    const content = await sealOne(3 * MiB);
    await send(content);
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => state(at.other, content) === 'whole');
    const asked = at.relay.asked.length;
    const told = at.other.transfers.length;
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => at.other.transfers.length > told);
    expect([state(at.other, content), at.relay.asked.length]).toEqual(['whole', asked]);
    await writeFile(chunkFile('other', content), 'damaged');
    const handle = await at.other.calls.open(content);
    expect(handle.ok && (await at.other.evidence.reads.read(handle.value, 0, 10))).toEqual({
      ok: false,
      cause: 'missing here',
    });
    expect(await at.other.calls.here([content])).toMatchObject([{ whole: false }]);
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => at.relay.asked.length > asked && state(at.other, content) === 'whole');
    expect(handle.ok && (await at.other.evidence.reads.read(handle.value, 0, 10)).ok).toBe(true);
  });

  it('is sent again when the relay lost it', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    at.relay.chunks.clear();
    at.relay.token = 'after the restart';
    await at.desk.calls.configure(link());
    await at.desk.until(() => at.relay.chunks.size === content.chunks.length && state(at.desk, content) === 'whole');
  });

  it('goes through two areas without mixing them up', async () => {
    const content = await sealOne(MiB);
    const second = 'b0'.repeat(16) as AreaId;
    await at.desk.calls.want({ up: [wanted(content), wanted(content, { area: second })], down: [] });
    await at.desk.until(
      () => new Set(at.desk.transfers.filter((news) => news.state === 'whole').map((news) => news.area)).size === 2,
    );
  });
});

describe('what is not at the relay yet', () => {
  it('is waited for, part after part, and fetched as it comes', async () => {
    const content = await sealOne(3 * MiB);
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => at.other.newest(content)?.cause === 'not there yet');
    expect(at.other.newest(content)).toMatchObject({ state: 'queued', nextAt: null });
    const [first] = content.chunks;
    at.relay.chunks.set(first!.hash, await readFile(chunkFile('one', content)));
    await at.other.until(() => (at.other.newest(content)?.done ?? 0) >= first!.size);
    const handle = await at.other.calls.open(content);
    const opened = handle.ok ? handle.value : '';
    expect((await at.other.evidence.reads.read(opened, 0, MiB)).ok).toBe(true);
    const further = at.other.evidence.reads.read(opened, 0, MiB + 1);
    await send(content);
    expect((await further).ok).toBe(true);
    await at.other.until(() => state(at.other, content) === 'whole');
  });
});

describe('after a restart', () => {
  it('what had come counts, and only the rest is fetched', async () => {
    const content = await sealOne(6 * MiB);
    await send(content);
    await at.other.calls.configure(link({ maxRate: 6 * MiB }));
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => (at.other.newest(content)?.done ?? 0) > 2 * MiB);
    await at.other.stop();
    const again = await openDesk(path.join(at.folder, 'other'));
    const [here] = await again.calls.here([content]);
    expect(here).toMatchObject({ whole: false });
    expect(here!.held).toBeGreaterThan(2 * MiB - 4 * 256 * KiB);
    at.relay.sentBytes = 0;
    await again.calls.configure(link());
    await again.calls.want({ up: [], down: [wanted(content)] });
    await again.until(() => state(again, content) === 'whole');
    expect(at.relay.sentBytes).toBe(total(content) - here!.held);
    await again.stop();
  });

  it('what is all here but was not verified is verified, without the relay', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    await at.other.stop();
    await cp(path.join(at.folder, 'one', 'chunks'), path.join(at.folder, 'other', 'chunks'), { recursive: true });
    await mkdir(path.join(at.folder, 'other'), { recursive: true });
    await rm(path.join(at.folder, 'other', 'verified'), { recursive: true });
    const again = await openDesk(path.join(at.folder, 'other'));
    expect(await again.calls.here([content])).toEqual([
      { version: content.version, whole: false, held: total(content) },
    ]);
    await again.calls.want({ up: [], down: [wanted(content)] });
    await again.until(() => state(again, content) === 'whole');
    expect(await again.calls.here([content])).toMatchObject([{ whole: true }]);
    await again.stop();
  });
});

describe('two manifests that name one version', () => {
  it('are kept apart: the lie fails, the truth arrives', async () => {
    const [content, other2] = [await sealOne(2 * MiB), await sealOne(3 * MiB)];
    await send(content, other2);
    const lie = { ...other2, version: content.version };
    await at.other.calls.want({ up: [], down: [wanted(content), wanted(lie)] });
    await at.other.until(() =>
      ['whole', 'failed'].every((end) =>
        at.other.transfers.some((news) => news.version === content.version && news.state === end),
      ),
    );
    expect(await at.other.calls.here([content, lie])).toMatchObject([{ whole: true }, { whole: false }]);
  });
});
