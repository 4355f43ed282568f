/** The thread of one job of the console: does what the command of the same name does, says what came of it, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../shared/primitives/result.ts';
import { nodePlatform } from '../../common/node.ts';
import { newestCopy } from '../backup/copies.ts';
import { makeCopy } from '../backup/create.ts';
import { verifyCopy } from '../backup/verifyCopy.ts';
import { verifyStore } from '../backup/verifyStore.ts';
import { bytes, count } from '../observe/words.ts';
import { openDatabase } from '../store/schema.ts';
import type { JobAsked, JobSaid } from './jobs.ts';

async function makeOne({ dir, config }: JobAsked): Promise<JobSaid> {
  const made = await makeCopy({
    dir,
    folder: config['backup.folder'],
    withKey: config['backup.with-key'],
    keep: config['backup.keep'],
    now: nodePlatform.now(),
  });
  return {
    ok: true,
    lines: [
      `Copy ${made.name}: ${count(made.chunks, 'chunk')}, of which ${made.copied} (${bytes(made.bytes)}) ${made.copied === 1 ? 'was' : 'were'} new.`,
    ],
    detail: { copy: made.name, chunks: made.chunks },
  };
}

async function verifyNewest({ config }: JobAsked): Promise<JobSaid> {
  const copy = newestCopy(config['backup.folder']);
  if (copy === null) return { ok: false, lines: ['There is no copy.'], detail: {} };
  const said = await verifyCopy(nodePlatform, config['backup.folder'], copy, false);
  const ok = said.faults.length === 0;
  const size = `${count(said.store?.areas ?? 0, 'area')}, ${count(said.store?.entries ?? 0, 'entry', 'entries')}, ${count(said.chunks, 'chunk')}`;
  return {
    ok,
    lines: [`Copy ${said.copy}: ${size}. ${ok ? 'It would do.' : 'It would not do:'}`, ...said.faults],
    detail: { copy: said.copy, ok },
  };
}

async function verifyRecords({ dir }: JobAsked): Promise<JobSaid> {
  const db = openDatabase(dir);
  try {
    const said = await verifyStore(nodePlatform, db);
    const ok = said.faults.length === 0;
    const size = `${count(said.areas, 'area')} with ${count(said.entries, 'entry', 'entries')}, ${count(said.acts, 'act')}`;
    return {
      ok,
      lines: [`${size}. ${ok ? 'Everything holds.' : 'Not everything holds:'}`, ...said.faults],
      detail: { ok },
    };
  } finally {
    db.close();
  }
}

function work(asked: JobAsked): Promise<JobSaid> {
  switch (asked.job) {
    case 'make copy':
      return makeOne(asked);
    case 'verify copy':
      return verifyNewest(asked);
    case 'verify records':
      return verifyRecords(asked);
    default:
      return assertNever(asked.job);
  }
}

/** What the machine refuses is said by its own word; paths stay out of it. */
const refused = (error: unknown): JobSaid => ({
  ok: false,
  lines: [
    `It could not be done (${(error as NodeJS.ErrnoException).code ?? 'a fault'}). Look at the disk and at who may write there.`,
  ],
  detail: {},
});

const asked = workerData as JobAsked;
parentPort?.postMessage(await work(asked).catch(refused));
