/**
 * Stock servers as peers of the relay: installed on demand into .cache/, from a lock file of their own, so that the
 * application's packages stay what they are. Each keeps what it is given in its own store, and says nothing of when. Null
 * where they cannot be had.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as Y from 'yjs';
import { root } from '../../setup/exec.mjs';
import type { OpenClient } from './client.ts';
import { openClient, remembering } from './client.ts';
import type { Served } from './load.ts';

export type Peer = 'hocuspocus' | 'y-websocket';

const folder = path.join(root, '.cache', 'bench', 'peer');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function install(): boolean {
  cpSync(path.join(root, 'test/bench/relay/peer'), folder, { recursive: true });
  if (existsSync(path.join(folder, 'node_modules', '@hocuspocus', 'server'))) return true;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Waits until the server prints this; null where it ended instead. */
function printed(server: ChildProcess, what: RegExp): Promise<RegExpExecArray | null> {
  let said = '';
  return new Promise((resolve) => {
    const hear = (piece: Buffer): void => {
      said += String(piece);
      const found = what.exec(said);
      if (!found) return;
      server.stdout?.off('data', hear);
      resolve(found);
    };
    server.stdout?.on('data', hear);
    server.once('exit', () => resolve(null));
  });
}

/** A number as lib0 writes it. */
function varUint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left >= 128 ? (left % 128) + 128 : left);
    if (left < 128) return Uint8Array.from(bytes);
  }
}
const withLength = (bytes: Uint8Array): Uint8Array => Buffer.concat([varUint(bytes.length), bytes]);
const withRoom = (which: Peer, room: string): Uint8Array =>
  which === 'hocuspocus' ? withLength(utf8(room)) : new Uint8Array(0);

/** Updates of one client that types a few words at the end, again and again. */
function typed(prefix: Uint8Array, count: number, text: string): Uint8Array[] {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) =>
    frames.push(Buffer.concat([prefix, Uint8Array.of(0, 2), withLength(update)])),
  );
  const shared = doc.getText('text');
  for (let i = 0; i < count; i++) shared.insert(shared.length, text);
  return frames;
}

/** Updates in a frame, from `at` on, by how much text it brings: a server may merge several into one. */
const countTyped =
  (text: string, at: number) =>
  (frame: Buffer): number => {
    let from = at;
    while ((frame[from] ?? 0) >= 128) from++; // past the length
    const { structs } = Y.decodeUpdate(new Uint8Array(frame.subarray(from + 1)));
    return Math.round(structs.reduce((sum, struct) => sum + struct.length, 0) / text.length);
  };

async function join(
  which: Peer,
  url: string,
  room: string,
  { count, text, known }: { count: number; text: string; known: (frame: Buffer) => number },
): Promise<OpenClient> {
  const prefix = withRoom(which, room);
  const at = prefix.length;
  const address = which === 'hocuspocus' ? url : `${url}/${room}`;
  let answered = (): void => {};
  const answer = new Promise<void>((resolve) => (answered = resolve));
  const client = await openClient(address, typed(prefix, count, text), (frame) => {
    answered();
    return frame[at] === 0 && frame[at + 1] === 2 ? known(frame) : 0;
  });
  if (which === 'hocuspocus') {
    // An empty token, as its own provider sends where none is asked for; then what the client holds: nothing.
    client.say(Buffer.concat([prefix, Uint8Array.of(2, 0), withLength(utf8('')), withLength(utf8('4.7.0'))]));
    await answer;
    client.say(Buffer.concat([prefix, Uint8Array.of(0, 0), withLength(Uint8Array.of(0))]));
  }
  return client;
}

export async function startPeer(
  which: Peer,
  rooms: number,
  clients: number,
  count: number,
  text: string,
): Promise<(Served & { readonly url: string; leave(): void }) | null> {
  if (!install()) return null;
  const data = mkdtempSync(path.join(tmpdir(), 'joinder-peer-'));
  const server: ChildProcess = spawn(process.execPath, ['--no-warnings', 'server.js', which, data], {
    cwd: folder,
    env: { ...process.env, YPERSISTENCE: path.join(data, 'leveldb') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = (await printed(server, /^port (\d+)$/m))?.[1];
  if (port === undefined) return null;
  const open: OpenClient[][] = [];
  for (let r = 0; r < rooms; r++) {
    const room = `room-${r}`;
    const known = remembering(countTyped(text, withRoom(which, room).length + 2));
    const url = `ws://127.0.0.1:${port}`;
    open.push(await Promise.all(Array.from({ length: clients }, () => join(which, url, room, { count, text, known }))));
  }
  return {
    rooms: open,
    url: `ws://127.0.0.1:${port}`,
    leave: () => open.flat().forEach((client) => client.close()),
    pid: server.pid ?? 0,
    async durable() {
      const said = printed(server, /^durable$/m);
      server.stdin?.write('?\n');
      await said;
    },
    async end() {
      for (const client of open.flat()) client.close();
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A y-websocket client that holds nothing of a room opens its connection and has all of it. */
export async function fetchRoom(url: string, room: string): Promise<OpenClient> {
  let came = (): void => {};
  const all = new Promise<void>((resolve) => (came = resolve));
  const client = await openClient(`${url}/${room}`, [], (frame) => {
    if (frame[0] === 0 && frame[1] === 1) came();
    return 0;
  });
  client.say(Uint8Array.of(0, 0, 1, 0));
  await all;
  return client;
}
