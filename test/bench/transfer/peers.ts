/** The peers: a plain PUT and GET, and tus. Both with a server and a client of their own on Node 24. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../setup/exec.mjs';
import { startPart } from './part.ts';
import type { System } from './step.ts';
import { measure } from './step.ts';

const tusFolder = path.join(root, '.cache', 'bench', 'tus');

/** Installs tus beside the application, never into it; null where the registry cannot be reached. */
export function installTus(): string | null {
  cpSync(path.join(root, 'test/bench/transfer/tus'), tusFolder, { recursive: true });
  if (!existsSync(path.join(tusFolder, 'node_modules', '@tus', 'server'))) {
    const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: tusFolder,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
    if (status !== 0) return null;
  }
  return path.join(tusFolder, 'part.js');
}

export const plainScript = path.join(import.meta.dirname, 'plainPart.ts');

/** `script`: a part that knows `listen`, `send` and `fetch`. */
export async function openPeer(name: string, script: string, source: string, folder: string): Promise<System> {
  const served = path.join(folder, 'served');
  const got = path.join(folder, 'got.bin');
  mkdirSync(served, { recursive: true });
  const server = startPart(`${name} server`, script);
  const client = startPart(`${name} client`, script);
  const url = await server.ask<string>('listen', served);
  const parts = [server, client];
  return {
    name,
    round: async () => {
      let at: string | null = null;
      const upload = await measure(parts, async () => void (at = await client.ask('send', url, source)));
      const download = await measure(parts, () => client.ask('fetch', at ?? url, got));
      rmSync(got);
      for (const file of [served]) rmSync(file, { recursive: true });
      mkdirSync(served);
      const peaks = { ...upload.peaks };
      for (const [part, peak] of Object.entries(download.peaks)) peaks[part] = Math.max(peak, peaks[part] ?? 0);
      const whole = { seconds: upload.seconds + download.seconds, cpu: upload.cpu + download.cpu, peaks };
      return { upload, download, whole };
    },
    end: async () => {
      for (const part of parts) await part.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
