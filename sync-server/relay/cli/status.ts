/** `relay status`: is it well, who is there, and why something is stuck. By ids and sizes only. */
import type { Command } from 'commander';
import type { DatabaseSync } from 'node:sqlite';
import { statfs } from 'node:fs/promises';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { nodePlatform } from '../../common/node.ts';
import { spaceFloor } from '../chunks/files.ts';
import type { Config } from '../config/schema.ts';
import type { Directories } from '../directories.ts';
import type { Running } from '../observe/status.ts';
import { askRunning, readContacts, readStored } from '../observe/status.ts';
import type { Stuck } from '../observe/stuck.ts';
import { findStuck, sentenceOf } from '../observe/stuck.ts';
import { orgStore } from '../store/orgs.ts';
import { ruleStore } from '../store/rules.ts';
import type { Common } from './common.ts';
import { answer, bytes, common, dataOf, time, withStore } from './common.ts';
import { directoriesOf } from './directories.ts';

export function addStatus(program: Command): void {
  common(program.command('status'))
    .description('counts, sizes, last contact, and why something is stuck; never content')
    .action(showStatus);
}

interface OrgStatus {
  readonly org: OrgId;
  readonly devices: number;
  readonly linked: number;
  /** When one of its computers was last here; null: never. */
  readonly lastContact: Millis | null;
  readonly authorityLinked: boolean | null;
  /** Bytes of chunks that it has here. */
  readonly bytes: ByteCount;
}

async function showStatus(options: Common): Promise<void> {
  const { dir, config } = dataOf(options);
  const running = await askRunning(dir);
  const { bavail, blocks, bsize } = await statfs(dir).catch(() => ({ bavail: 0, blocks: 0, bsize: 0 }));
  const free = bavail * bsize;
  const said = await withStore(dir, async (db) => {
    const directories = await directoriesOf(db);
    return {
      ...readStored(db),
      free,
      running,
      organisations: orgStore(db)
        .all()
        .map(({ org }) => describeOrg(db, directories, running, org)),
      stuck: findStuckIn(db, dir, config, running, directories, free <= spaceFloor(blocks * bsize)),
    };
  });
  answer(options.json, said, () => [
    running ? describeRunning(running) : 'Not running',
    `${said.orgs} organisations, ${said.areas} areas, ${said.entries} entries (${bytes(said.entryBytes)})`,
    `${said.boxes} boxes, ${said.chunks} chunks (${bytes(said.chunkBytes)}), ${bytes(free)} free`,
    ...said.organisations.map(orgLine),
    ...(said.stuck.length === 0 ? ['Nothing is stuck.'] : said.stuck.flatMap(stuckLines)),
  ]);
}

const describeRunning = ({ url, links, authorities, slowLinks, queue, lag, since }: Running): string =>
  `Running at ${url} since ${time(since)} with ${links} links (${slowLinks} slow) and ${authorities} authorities; ` +
  `${queue} waiting for the disk, lag ${lag} ms`;

function findStuckIn(
  db: DatabaseSync,
  dir: string,
  config: Config,
  running: Running | null,
  directories: Directories,
  isFull: boolean,
): Stuck[] {
  const rules = ruleStore(db);
  return findStuck({
    db,
    dir,
    now: nodePlatform.now(),
    running,
    contacts: readContacts(db),
    intake: (area) => directories.intake(area),
    quotaOf: (org) => rules.quotaOf(org) ?? config['limits.quota'],
    isFull,
  });
}

function describeOrg(db: DatabaseSync, directories: Directories, running: Running | null, org: OrgId): OrgStatus {
  const directory = directories.state(org);
  const contacts = readContacts(db).filter((one) => one.org === org);
  const kept = db.prepare(
    'SELECT coalesce(sum(c.size), 0) AS n FROM owners o JOIN chunks c ON c.chunk = o.chunk WHERE o.org = ?',
  );
  return {
    org,
    devices: directory?.devices.size ?? 0,
    linked: running?.linked.filter((device) => directory?.devices.has(device)).length ?? 0,
    lastContact: contacts[0]?.at ?? null,
    authorityLinked: running === null ? null : running.linkedAuthorities.includes(org),
    bytes: Number(kept.get(org)?.['n']),
  };
}

function orgLine({ org, devices, linked, lastContact, authorityLinked, bytes: kept }: OrgStatus): string {
  const seen = lastContact === null ? 'nobody was here yet' : `last contact ${time(lastContact)}`;
  const authority = authorityLinked === null ? '' : `; authority ${authorityLinked ? 'linked' : 'not linked'}`;
  return `${org}: ${devices} computers, ${linked} linked, ${seen}${authority}; ${bytes(kept)} of chunks`;
}

function stuckLines(one: Stuck): string[] {
  const size = one.chunks === 0 ? 'no chunks' : `${one.wholeChunks} of ${one.chunks} chunks, ${bytes(one.wholeBytes)}`;
  const where = one.to === null ? `in area ${one.area}` : `to ${one.to}`;
  return [
    `Stuck: ${one.entry.slice(0, 16)} from ${one.from} ${where}, taken ${one.taken === null ? 'never' : time(one.taken)}: ${size}`,
    `  ${sentenceOf(one)}.`,
  ];
}
