/**
 * Measures a release of many small files beside tus, which sends one after another: files a second, in the same run, in
 * turn. Ours is sealed, and flushed to disk at the relay before it counts; tus is neither.
 *
 *   npm run bench -- small [--files 10000] [--rounds 2] [--json FILE]
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import { openCourt, openOurs } from './transfer/joinder.ts';
import { startPart } from './transfer/part.ts';
import { installTus } from './transfer/peers.ts';
import { peaksOf } from './transfer/report.ts';
import type { Cost, Round, Step } from './transfer/step.ts';
import { best, measure } from './transfer/step.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const count = Number(values.files);
const [SMALLEST, LARGEST] = [2 * KiB, 200 * KiB];
const AIM = 5;
const partScript = path.join(import.meta.dirname, 'transfer/evidencePart.ts');

const folder = await mkdtemp(path.join(os.tmpdir(), 'small-bench-'));
const at = (name: string): string => path.join(folder, name);
mkdirSync(at('source'));
let bytes = 0;
const files = Array.from({ length: count }, (_, i) => {
  const size = SMALLEST + Math.floor(((i * 7919) % count) * ((LARGEST - SMALLEST) / count));
  const file = path.join(at('source'), `${i}.bin`);
  writeFileSync(file, randomBytes(size));
  bytes += size;
  return file;
});

/** The client and server of tus, one file after another. */
async function tusRound(script: string): Promise<Cost> {
  mkdirSync(at('tus'));
  const [server, client] = [startPart('tus server', script), startPart('tus client', script)];
  const url = await server.ask<string>('listen', at('tus'));
  const cost = await measure([server, client], () => client.ask('sendAll', url, files));
  for (const part of [server, client]) await part.end();
  rmSync(at('tus'), { recursive: true });
  return cost;
}

function print(name: string, cost: Cost): void {
  const rate = (count / cost.seconds).toFixed(0);
  console.log(
    `  ${name.padEnd(18)} ${rate.padStart(5)} files/s (${(bytes / MiB / cost.seconds).toFixed(0)} MiB/s), ${((cost.cpu / count) * 1000).toFixed(2)} ms of processor a file; most MiB of memory: ${peaksOf(cost)}`,
  );
}

const court = await openCourt();
const ours = await openOurs('joinder', court, partScript, files, at('joinder'));
const tus = installTus();
try {
  console.log(
    `${count} files of ${SMALLEST / KiB} to ${LARGEST / KiB} KiB, ${(bytes / MiB).toFixed(0)} MiB in all, best of ${values.rounds} in turn, load ${os.loadavg()[0]?.toFixed(1)}`,
  );
  const rounds: Round[] = [];
  const theirs: Cost[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push(await ours.round());
    if (tus !== null) theirs.push(await tusRound(tus));
  }
  const steps: readonly Step[] = ['import', 'upload', 'download', 'whole'];
  const found = new Map(steps.map((step) => [step, best(rounds.flatMap((round) => round[step] ?? []))]));
  for (const [step, cost] of found) if (cost !== null) print(`joinder ${step}`, cost);
  const [upload, peer] = [found.get('upload'), best(theirs)];
  if (peer === null) console.log('  tus could not be installed here, so there is no comparison with it');
  else {
    print('tus upload', peer);
    const ratio = upload ? peer.seconds / upload.seconds : 0;
    console.log(
      `  joinder upload is ${ratio.toFixed(1)} times tus (aim: at least ${AIM})${ratio < AIM ? ', missed' : ''}; load at the end ${os.loadavg()[0]?.toFixed(1)}`,
    );
  }
  if (values.json !== undefined) {
    const rate = (cost: Cost | null | undefined): number | null => (cost ? Math.round(count / cost.seconds) : null);
    writeFileSync(values.json, `${JSON.stringify({ upload: { joinder: rate(upload), tus: rate(peer) } }, null, 2)}\n`);
  }
} finally {
  await ours.end();
  await court.end();
  await rm(folder, { recursive: true, force: true });
}
