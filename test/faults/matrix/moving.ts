/**
 * The steps `upload` and `download`: one file from the officer's store through the relay to the prosecutor's. The half that
 * is not in question is done before or after with nothing in its way.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { wanted } from '../../../electron/evidence/testing/desk.fixture.ts';
import type { Content, TransferCause, TransferNews } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { TRANSFER } from '../../../shared/status/transferCauses.ts';
import { bytesOf } from './bytes.ts';
import type { Play } from './play.ts';
import type { Side } from './side.ts';
import type { Stage } from './stage.ts';
import { until, upTo } from './wait.ts';

const SIZE = 8 * MiB + 4321;
/** So that there is a middle of it. */
const RATE = 8 * MiB;
const PATIENCE = 3000;

export async function playMoving(stage: Stage, seed: number, direction: 'up' | 'down'): Promise<Play> {
  const { officer, prosecutor, folder } = stage;
  const bytes = bytesOf(SIZE, seed);
  const original = path.join(folder, 'original.bin');
  await writeFile(original, bytes);
  let content = await add();
  const side = direction === 'up' ? officer : prosecutor;
  const words = new Set<string>();

  async function add(): Promise<Content> {
    const added = await officer.addOne(original);
    const answer = await officer.link.ask('refer', {
      area: stage.area,
      tag: 'ab'.repeat(32) as Hash,
      chunks: added.chunks.map(({ hash }) => hash),
      from: null,
    });
    if (answer.t !== 'done') throw new Error('the relay takes no reference');
    return added;
  }
  const newest = (of: Side): TransferNews | undefined =>
    of.isUp ? of.life.transfers.findLast(({ version }) => version === content.version) : undefined;
  const ask = (of: Side): Promise<void> => {
    const one = [wanted(content, { area: stage.area })];
    return of.want(of === officer ? { up: one, down: [] } : { up: [], down: one });
  };
  const causes = (): TransferCause[] =>
    side.isUp ? side.life.transfers.flatMap(({ cause }) => (cause === null ? [] : [cause])) : [];
  /** The half that is not in question; answers the word with which it stands still. */
  const move = async (of: Side): Promise<string | null> => {
    await ask(of);
    const isWhole = (): boolean => newest(of)?.state === 'whole';
    await upTo(PATIENCE, isWhole);
    await until('the other half of the way', () => isWhole() || (newest(of)?.cause ?? null) !== null);
    const cause = newest(of)?.cause ?? null;
    return cause === null ? null : TRANSFER[cause].short;
  };
  if (direction === 'down') await move(officer);

  return {
    side,
    begin: async () => {
      side.maxRate = RATE;
      await side.configure();
      await ask(side);
    },
    progress: () => {
      const news = newest(side);
      return news === undefined ? 0 : news.done / news.total;
    },
    standing: () => {
      const state = newest(side)?.state;
      if (state === 'whole') return 'whole';
      // What the relay lacks comes with the next link of its sender, which Retry stands for.
      return state === 'failed' || newest(side)?.cause === 'not there yet' ? 'stopped' : 'going';
    },
    words: () => {
      for (const cause of causes()) words.add(TRANSFER[cause].short);
      return [...words];
    },
    goOn: () => Promise.resolve(), // said again with the start
    retry: async () => {
      // Its button says: drop it and add it again from the original.
      if (direction === 'up' && newest(side)?.cause === 'missing here') content = await add();
      await ask(side);
      await Promise.all([officer.life.worker.retryNow(), prosecutor.life.worker.retryNow()]);
      await upTo(PATIENCE, () => newest(side)?.state === 'whole');
    },
    check: async () => {
      const stands = direction === 'up' ? await move(prosecutor) : null;
      if (stands !== null) words.add(stands);
      if (stands !== null) return stands;
      const cause = await prosecutor.exportedAs(content, bytes, folder);
      return cause === null ? null : TRANSFER[cause as TransferCause].short;
    },
  };
}
