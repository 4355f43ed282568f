/** Limits that a person or the disk sets: free space, requests at once, a metered link, and what was put first. */
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { sealedIn, seededBytes, wanted, writeSource } from '../testing/desk.fixture.ts';
import { state, withTwoDesks } from '../testing/twoDesks.fixture.ts';

const at = withTwoDesks();
const { link, sealOne, send } = at;

describe('limits', () => {
  it('of free space stop fetching, and it goes on when there is room', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    await at.other.calls.configure(link({ freeFloor: Number.MAX_SAFE_INTEGER }));
    await at.other.calls.want({ up: [], down: [wanted(content)] });
    await at.other.until(() => at.other.newest(content)?.cause === 'no space here');
    expect(state(at.other, content)).toBe('retrying');
    await at.other.calls.configure(link());
    await at.other.until(() => state(at.other, content) === 'whole');
  });

  it('keep at most four chunks on their way', async () => {
    const contents = [await sealOne(4 * MiB), await sealOne(3 * MiB), await sealOne(5)];
    await at.desk.calls.configure(link({ maxRate: 40 * MiB }));
    await at.desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
    await at.desk.until(() => contents.every((content) => state(at.desk, content) === 'whole'));
    expect(at.relay.most).toBeLessThanOrEqual(4);
  });
});

describe('limits that a person sets', () => {
  const imported = async (): Promise<Content> => {
    const file = await writeSource(at.folder, 'held.bin', seededBytes(3 * MiB, 5));
    return sealedIn(await at.desk.import(file))[0]!.content;
  };
  const isQueued = (content: Content): boolean => at.desk.newest(content)?.state === 'queued';

  it('hold everything back from a metered link, stop what is under way, and let it go on where it was', async () => {
    const content = await imported();
    await at.desk.calls.configure(link({ held: true }));
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => at.desk.newest(content)?.cause === 'metered');
    expect([isQueued(content), at.relay.asked]).toEqual([true, []]);
    await at.desk.calls.configure(link({ maxRate: MiB }));
    await expect.poll(() => at.relay.bodyBytes, { interval: 5 }).toBeGreaterThan(0);
    await at.desk.calls.configure(link({ held: true }));
    await at.desk.until(() => at.desk.newest(content)?.cause === 'metered' && isQueued(content));
    expect(at.relay.chunks.size).toBeLessThan(3);
    await at.desk.calls.configure(link());
    await at.desk.until(() => state(at.desk, content) === 'whole');
    expect(at.relay.bodyBytes).toBe(content.chunks.reduce((sum, { size }) => sum + size, 0));
  });

  it('are a number of requests at once', async () => {
    const content = await imported();
    await at.desk.calls.configure(link({ atOnce: 1 }));
    await at.desk.calls.want({ up: [wanted(content)], down: [] });
    await at.desk.until(() => state(at.desk, content) === 'whole');
    expect(at.relay.most).toBe(1);
  });

  it('move what was put first before what was wanted before it', async () => {
    const [one, two] = [await imported(), await imported()];
    await at.desk.calls.configure(link({ atOnce: 1, maxRate: 8 * MiB }));
    await at.desk.calls.want({ up: [wanted(one, { rank: 1 }), wanted(two, { rank: 2 })], down: [] });
    await at.desk.until(() => at.relay.chunks.size > 0);
    await at.desk.calls.want({ up: [wanted(one, { rank: 1 }), wanted(two, { rank: 0 })], down: [] });
    await at.desk.until(() => state(at.desk, two) === 'whole');
    expect(state(at.desk, one)).not.toBe('whole');
    await at.desk.until(() => state(at.desk, one) === 'whole');
  });
});
