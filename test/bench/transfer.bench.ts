/**
 * Measures the way of one file from an officer to a prosecutor beside tus and beside a plain PUT and GET, in the same run,
 * in turn, since absolute figures say more about the machine. Ours is sealed, hashed at every hop, flushed to disk at every
 * hop and verified at the end; tus is none of that; plain is flushed.
 *
 *   npm run bench -- transfer [--size 256MiB] [--rounds 3] [--sparse 100GiB] [--json FILE]
 */
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { byteCount } from '../../sync-server/common/options.ts';
import { electronPath } from '../setup/electron-path.mjs';
import { bundleFor } from './transfer/bundle.ts';
import { openCourt, openOurs } from './transfer/joinder.ts';
import { startPart } from './transfer/part.ts';
import { installTus, openPeer, plainScript } from './transfer/peers.ts';
import { GIB, MIB, peaksOf, printRatio, printStep, writeJson } from './transfer/report.ts';
import type { Round, Step, System } from './transfer/step.ts';
import { best, measure } from './transfer/step.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '128MiB' },
    rounds: { type: 'string', default: '3' },
    sparse: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});
const size = byteCount(values.size);
const rounds = Number(values.rounds);
const sparse = byteCount(values.sparse ?? (size >= GIB ? '100GiB' : '2GiB'));
const STEPS: readonly Step[] = ['import', 'upload', 'download', 'whole'];
const partScript = path.join(import.meta.dirname, 'transfer/evidencePart.ts');

async function writeSource(file: string): Promise<void> {
  const out = createWriteStream(file);
  for (let i = 0; i < size / MIB; i++)
    if (!out.write(randomFillSync(Buffer.allocUnsafe(MIB)))) await once(out, 'drain');
  await new Promise((resolve) => out.end(resolve));
}

/** The memory of one process that imports a file with no end, beside a small one of the same process. */
async function measureSparse(folder: string): Promise<void> {
  const part = startPart('officer', partScript);
  for (const bytes of [Math.min(GIB, sparse), sparse]) {
    const file = path.join(folder, 'sparse.bin');
    writeFileSync(file, '');
    truncateSync(file, bytes);
    let sealed = 0;
    const cost = await measure([part], async () => {
      sealed = await part.ask('importToSink', path.join(folder, 'sink'), file);
    });
    if (sealed < bytes) throw new Error('the sink did not get everything');
    console.log(
      `import of a sparse file of ${bytes / GIB} GiB to a sink that counts: ${(bytes / MIB / cost.seconds).toFixed(0)} MiB/s; most MiB of memory: ${peaksOf(cost)}`,
    );
  }
  await part.end();
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'transfer-bench-'));
const at = (name: string): string => path.join(folder, name);
const source = at('source.bin');
await writeSource(source);
const court = await openCourt();
const systems: System[] = [await openOurs('joinder', court, partScript, [source], at('joinder'))];
const tus = installTus();
if (tus === null) console.log('tus could not be installed here, so there is no comparison with it');
else systems.push(await openPeer('tus', tus, source, at('tus')));
systems.push(await openPeer('plain', plainScript, source, at('plain')));
if (values.only === undefined) {
  const name = 'joinder in Electron';
  const script = await bundleFor(partScript, at('bundle'));
  const program = { program: electronPath(), env: { ELECTRON_RUN_AS_NODE: '1' } };
  const electron = await openOurs(name, court, script, [source], at('electron'), program);
  const inside = await electron.parts[0]?.ask<{ node: string; electron: string | null }>('node');
  systems.push({ ...electron, name: `${name} ${inside?.electron} (Node ${inside?.node})` });
}

const all = new Map<string, Round[]>();
try {
  const measured = systems.filter(({ name }) => values.only?.split(',').includes(name) ?? true);
  console.log(
    `${size / MIB} MiB, best of ${rounds} in turn, Node ${process.versions.node}, ${os.availableParallelism()} cores, load ${os.loadavg()[0]?.toFixed(1)}`,
  );
  for (let round = 0; round < rounds; round++)
    for (const system of measured) all.set(system.name, [...(all.get(system.name) ?? []), await system.round()]);
  const figures = new Map(
    [...all].map(([name, runs]) => {
      const steps = STEPS.map((step) => [step, best(runs.flatMap((run) => run[step] ?? []))] as const);
      return [name, Object.fromEntries(steps.filter(([, cost]) => cost !== null)) as Round] as const;
    }),
  );
  for (const step of STEPS) printStep(step, figures, size);
  console.log('load at the end:', os.loadavg()[0]?.toFixed(1));
  printRatio('upload', 'plain', figures, 0.95);
  printRatio('upload', 'tus', figures, 1.5);
  printRatio('download', 'plain', figures, 0.9);
  printRatio('whole', 'tus', figures, 2);
  if (values.json !== undefined) writeJson(values.json, figures, size);
  if (values.only === undefined) await measureSparse(folder);
} finally {
  for (const system of systems) await system.end();
  await court.end();
  await rm(folder, { recursive: true, force: true });
}
