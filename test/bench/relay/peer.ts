/**
 * The stock y-websocket server as a peer of the relay: installed on demand into .cache/, from a lock file of its own, so that
 * the application's packages stay what they are. It holds documents in memory and acknowledges nothing. Null where it cannot be had.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../setup/exec.mjs';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Feed } from './feed.ts';
import { reader } from './feed.ts';

const SYNC_UPDATE = Uint8Array.of(0, 2);
const folder = path.join(root, '.cache', 'bench', 'peer');

function install(): boolean {
  cpSync(path.join(root, 'test/bench/relay/peer'), folder, { recursive: true });
  if (existsSync(path.join(folder, 'node_modules', '@y', 'websocket-server'))) return true;
  const shell = process.platform === 'win32';
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'ignore',
    shell,
  });
  return status === 0;
}

/** What the server prints when it listens; null where it ended instead. */
async function portOf(server: ChildProcess): Promise<string | null> {
  for await (const line of server.stdout ?? []) return String(line).trim();
  return null;
}

/** A length as y-protocols writes it, for messages of under 16 KiB. */
const lengthOf = (bytes: Uint8Array): Uint8Array =>
  bytes.length < 128 ? Uint8Array.of(bytes.length) : Uint8Array.of((bytes.length % 128) + 128, bytes.length >> 7);

/** Updates of one client that types a few words at the end, again and again. */
function typed(count: number, text: string): Uint8Array[] {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => frames.push(Buffer.concat([SYNC_UPDATE, lengthOf(update), update])));
  const shared = doc.getText('text');
  for (let i = 0; i < count; i++) shared.insert(shared.length, text);
  return frames;
}

/** Counts updates: messages that begin with sync, update. */
const updatesIn = (frame: Buffer): number => (frame[0] === 0 && frame[1] === 2 ? 1 : 0);

export async function startPeer(readers: number, count: number, text: string): Promise<Feed | null> {
  if (!install()) return null;
  const server: ChildProcess = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(server);
  if (port === null) return null;
  const url = `ws://127.0.0.1:${port}/bench`;
  const heard = await Promise.all(Array.from({ length: readers }, () => reader(url, updatesIn)));
  const writer = new WebSocket(url, { perMessageDeflate: false });
  await once(writer, 'open');
  const frames = typed(count, text);
  let at = 0;
  return {
    readers: heard,
    send: (more) => {
      for (const end = Math.min(frames.length, at + more); at < end; at++) writer.send(frames[at] as Uint8Array);
    },
    acknowledged: null,
    end: async () => {
      writer.terminate();
      for (const one of heard) one.close();
      server.kill();
      await once(server, 'exit');
    },
  };
}
