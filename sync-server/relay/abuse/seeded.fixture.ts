/** A relay under chances that a seed decides: the seed is told, and JOINDER_SEED takes up the run that it names. */
import { afterAll, beforeAll } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { hashHeader } from '../../../shared/seal/entry/header.ts';
import { nodePlatform } from '../../common/node.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld } from '../testing/world.fixture.ts';
import type { Random } from './noise.fixture.ts';
import { randomFrom } from './noise.fixture.ts';

export const SEED = Number(process.env['JOINDER_SEED'] ?? Date.now() % 2 ** 31);

/** For all tests of a file: one relay, and the chances. */
export function withSeededWorld(): { world: World; readonly random: Random } {
  const at = { random: randomFrom(SEED) } as { world: World; random: Random };
  beforeAll(async () => {
    console.log(`seed ${SEED}`);
    at.world = await makeWorld();
  }, 60_000);
  afterAll(() => at.world.end());
  return at;
}

/** Which entry stands at which place of an area, as the relay has it. */
export async function readAll(link: TestLink, area: AreaId): Promise<ReadonlyMap<number, Hash>> {
  const places = new Map<number, Hash>();
  for (let after = 0; ;) {
    const said = await link.pull(area, after);
    if (said.t !== 'log') throw new Error(JSON.stringify(said));
    for (const { n, entry } of said.items) {
      after = n;
      const decoded = entry === null ? null : decodeEntry(entry);
      if (decoded?.ok) places.set(n, await hashHeader(nodePlatform, decoded.value.header));
    }
    if (after >= said.tip.n) return places;
  }
}
