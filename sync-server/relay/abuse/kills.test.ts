/**
 * A relay that is killed again and again while it works, with what a power cut may leave behind put there by hand: a torn
 * end of the database's log, and of uploads. Nothing that it acknowledged is lost, each time it starts again by itself, and
 * its records hold in the end. CI kills it a few times, JOINDER_KILLS=100 a hundred; JOINDER_SEED takes up one run again.
 */
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Written } from '../testing/device.fixture.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { ownArea } from '../testing/world.fixture.ts';
import type { Random } from './noise.fixture.ts';
import { readAll, withSeededWorld } from './seeded.fixture.ts';

const KILLS = Number(process.env['JOINDER_KILLS'] ?? 5);
const IN_FLIGHT = 40;

const at = withSeededWorld();
let area: AreaId;

/** Bytes that were on their way to the disk and came there in part. */
function tear(random: Random): void {
  const { data } = at.world.relay;
  const wal = path.join(data, 'relay.sqlite-wal');
  if (existsSync(wal)) appendFileSync(wal, random.bytes(1 + random.below(5000)));
  const partial = path.join(data, 'partial');
  for (const name of readdirSync(partial))
    if (random.below(2) === 0) appendFileSync(path.join(partial, name), random.bytes(1 + random.below(200)));
}

/** Sends a chunk until the relay says that it is whole, from where it says it stands; null: the relay is gone. */
async function putWhole(link: TestLink, bytes: Uint8Array): Promise<true | null> {
  for (let from = 0; ;) {
    const answer = await link.put(area, bytes.slice(from), from, chunkName(bytes)).catch(() => null);
    const said = (await answer?.json().catch(() => null)) as { held: number; whole: boolean } | null | undefined;
    if (!said) return null;
    if (said.whole) return true;
    from = said.held;
  }
}

test(
  `${KILLS} times killed, nothing that was acknowledged is lost`,
  async () => {
    const { random } = at;
    let link = await connect(at.world.relay.url, at.world.officer);
    area = await ownArea(link, at.world.officer);
    /** Where each acknowledged entry stands, and chunks that were called whole. */
    const acknowledged = new Map<Hash, number>();
    const whole: Uint8Array[] = [];
    let unsure: Written[] = [];
    const note = async (written: Written): Promise<void> => {
      const said = await link.append(written);
      if (said.t !== 'appended') throw new Error(JSON.stringify(said));
      acknowledged.set(written.hash, said.n);
      unsure = unsure.filter(({ hash }) => hash !== written.hash);
    };

    for (let round = 0; round < KILLS; round++) {
      // What was on its way goes again, in order; the relay takes each once.
      for (const one of unsure) await note(one);
      for (const bytes of whole) {
        const got = new Uint8Array(await (await link.get(area, chunkName(bytes))).arrayBuffer());
        expect(got).toEqual(bytes);
      }
      const items = await readAll(link, area);
      for (const [hash, n] of acknowledged) expect([hash, items.get(n)]).toEqual([hash, hash]);

      const written: Written[] = [];
      for (let i = 0; i < IN_FLIGHT; i++) written.push(await at.world.officer.edit(area, `${round}.${i}`));
      unsure = [...unsure, ...written];
      const chunk = random.bytes(20_000);
      await link.ask('refer', { area, tag: chunkName(chunk), chunks: [chunkName(chunk)], from: null });
      const sending = putWhole(link, chunk).then((said) => said && whole.push(chunk));
      const appending = Promise.allSettled(written.map((one) => note(one)));
      const until = random.below(IN_FLIGHT);
      const began = acknowledged.size;
      while (acknowledged.size - began < until) await new Promise(setImmediate);
      await at.world.relay.kill();
      await Promise.all([sending, appending]);
      tear(random);
      await at.world.restart('kill');
      link = await connect(at.world.relay.url, at.world.officer);
    }
    for (const one of unsure) await note(one);
    expect(acknowledged.size).toBe(KILLS * IN_FLIGHT);
    await link.close();
    const said = await runHere('audit', 'verify', '--data', at.world.relay.data);
    expect([said.code, said.out]).toEqual([0, expect.stringContaining('Everything holds.')]);
  },
  60_000 + KILLS * 10_000,
);
