/** `relay status`: is it well, who is there, and why something is stuck. By ids and sizes only. */
import type { Command } from 'commander';
import { nodePlatform } from '../../common/node.ts';
import { directoriesOf } from '../decisions/directories.ts';
import type { OrgStatus } from '../observe/overview.ts';
import { quotasOf } from '../decisions/quotas.ts';
import { lookOver } from '../observe/overview.ts';
import type { Running } from '../observe/status.ts';
import { askRunning } from '../observe/status.ts';
import type { Stuck } from '../observe/stuck.ts';
import { sentenceOf } from '../observe/stuck.ts';
import type { Common } from './common.ts';
import { answer, common, dataOf, withStore } from './common.ts';
import { bytes, count, time } from '../observe/words.ts';

export function addStatus(program: Command): void {
  common(program.command('status'))
    .description('counts, sizes, last contact, and why something is stuck; never content')
    .action(showStatus);
}

async function showStatus(options: Common): Promise<void> {
  const { dir, config } = dataOf(options);
  const running = await askRunning(dir);
  const said = await withStore(dir, async (db) =>
    lookOver({
      db,
      dir,
      quotas: quotasOf(config),
      now: nodePlatform.now(),
      running,
      directories: await directoriesOf(db),
    }),
  );
  answer(options.json, said, () => [
    running ? describeRunning(running) : 'Not running',
    `${count(said.orgs, 'organisation')}, ${count(said.areas, 'area')}, ${count(said.entries, 'entry', 'entries')} (${bytes(said.entryBytes)})`,
    `${count(said.boxes, 'box', 'boxes')}, ${count(said.chunks, 'chunk')} (${bytes(said.chunkBytes)}), ${bytes(said.free)} free`,
    ...said.organisations.map(orgLine),
    ...(said.stuck.length === 0 ? ['Nothing is stuck.'] : said.stuck.flatMap(stuckLines)),
  ]);
}

const describeRunning = ({ url, links, authorities, slowLinks, queue, lag, since }: Running): string =>
  `Running at ${url} since ${time(since)} with ${count(links, 'link')} (${slowLinks} slow) and ${count(authorities, 'authority', 'authorities')}; ` +
  `${queue} waiting for the disk, lag ${lag} ms`;

function orgLine({ org, devices, linked, lastContact, authorityLinked, bytes: kept }: OrgStatus): string {
  const seen = lastContact === null ? 'nobody was here yet' : `last contact ${time(lastContact)}`;
  const authority = authorityLinked === null ? '' : `; authority ${authorityLinked ? 'linked' : 'not linked'}`;
  return `${org}: ${count(devices, 'computer')}, ${linked} linked, ${seen}${authority}; ${bytes(kept)} of chunks`;
}

function stuckLines(one: Stuck): string[] {
  const size =
    one.chunks === 0 ? 'no chunks' : `${one.wholeChunks} of ${count(one.chunks, 'chunk')}, ${bytes(one.wholeBytes)}`;
  const where = one.to === null ? `in area ${one.area}` : `to ${one.to}`;
  return [
    `Stuck: ${one.entry.slice(0, 16)} from ${one.from} ${where}, taken ${one.taken === null ? 'never' : time(one.taken)}: ${size}`,
    `  ${sentenceOf(one)}.`,
  ];
}
