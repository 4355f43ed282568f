/**
 * Measures the evidence process against plain tools doing the like in the same run, since absolute figures say more about
 * the machine: import against copying and hashing, send against a plain PUT, fetch against a plain GET. Under Node 24, and
 * in the Electron of this machine, whose Node may be older and slower at crypto; each line says which.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { randomFillSync } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { electronPath } from '../setup/electron-path.mjs';

const MEBIBYTES = Number(process.env['BENCH_MIB'] ?? 256);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const here = (name: string): string => fileURLToPath(new URL(`evidence/${name}`, import.meta.url));

interface Measured {
  readonly node: string;
  readonly rates: Readonly<Record<string, number>>;
  readonly memory: number;
}

/** One CommonJS file, as the evidence process is shipped. */
async function bundle(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: here('measure.ts'),
      outDir,
      target: 'node18',
      minify: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'measure.cjs' } },
    },
  });
  return path.join(outDir, 'measure.cjs');
}

async function writeSource(file: string): Promise<void> {
  const out = createWriteStream(file);
  for (let i = 0; i < MEBIBYTES; i++) out.write(randomFillSync(Buffer.allocUnsafeSlow(1024 * 1024)));
  await new Promise((resolve) => out.end(resolve));
}

function report(who: string, { node, rates, memory }: Measured): void {
  const ratio = (ours: string, theirs: string): string => ((rates[ours] ?? 0) / (rates[theirs] ?? 1)).toFixed(2);
  console.log(
    `${who}, Node ${node.slice(1)}, ${MEBIBYTES} MiB, middle of ${ROUNDS}, ${memory} MiB of memory after a round`,
  );
  console.log(
    `  import (hash, seal, fsync)   ${rates['import']} MiB/s = ${ratio('import', 'copy')} of copying, fsync and hashing (${rates['copy']})`,
  );
  console.log(
    `  send (sealed, per-chunk fsync) ${rates['send']} MiB/s = ${ratio('send', 'put')} of a plain PUT with fsync (${rates['put']})`,
  );
  console.log(
    `  fetch (verified, fsync)      ${rates['fetch']} MiB/s = ${ratio('fetch', 'get')} of a plain GET to a file with fsync (${rates['get']})`,
  );
  console.log(
    `  export (opened, re-read)     ${rates['export']} MiB/s = ${ratio('export', 'copy')} of copying, fsync and hashing`,
  );
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'evidence-bench-'));
const served = path.join(folder, 'served');
await mkdir(served);
const server = spawn(process.execPath, [here('server.ts'), served], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  await writeSource(path.join(folder, 'source.bin'));
  const script = await bundle(path.join(folder, 'bundle'));
  const measure = (program: string, env: NodeJS.ProcessEnv): Measured => {
    const done = spawnSync(program, [script, folder, `http://127.0.0.1:${port}`, String(MEBIBYTES), String(ROUNDS)], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse(done.stdout) as Measured;
  };
  report('Node', measure(process.execPath, {}));
  report('Electron', measure(electronPath(), { ELECTRON_RUN_AS_NODE: '1' }));
} finally {
  server.kill();
  await rm(folder, { recursive: true, force: true });
}
