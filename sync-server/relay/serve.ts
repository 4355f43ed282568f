/**
 * A relay from start to end: holds the data folder, opens the stores, listens, and on request drains: takes nothing new,
 * finishes what it took, says goodbye. What was acknowledged is on disk whether it ends so or is killed.
 */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { LIMITS } from '../../shared/wire/link.ts';
import type { Log } from '../common/log.ts';
import { openAreas } from './areas.ts';
import { openAuthorities } from './authorities.ts';
import { openChunkFiles } from './chunks/files.ts';
import { openCommits } from './commit.ts';
import type { Appended, Relay } from './context.ts';
import { serveDevice } from './deviceLink.ts';
import { openDirectories } from './directories.ts';
import { forgetRunning, holdFolder, writeRunning } from './folder.ts';
import { makeHttp } from './http.ts';
import { readGeneration } from './generation.ts';
import { openKeys } from './keys.ts';
import { openLinks } from './links.ts';
import { boxStore } from './store/boxes.ts';
import { chunkStore } from './store/chunks.ts';
import { logStore } from './store/log.ts';
import { CLOSED } from './peer.ts';
import { orgStore } from './store/orgs.ts';
import { openDatabase } from './store/schema.ts';
import { tellCommitted } from './tell.ts';

export interface ServeSettings {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly quota: ByteCount;
}

export interface RunningRelay {
  readonly url: string;
  /** Ends in order; resolves when everything is on disk and closed. */
  drain(): Promise<void>;
}

export type ServeCause = 'held by another' | 'key lost' | 'port in use' | 'no such address';

/** Time that what is under way gets when the relay ends. */
const GRACE = 10 * SECOND;
/** Connections that have not proved themselves, past which more are turned away. */
const STRANGERS = 1024;

export async function serveRelay(
  platform: Platform,
  log: Log,
  settings: ServeSettings,
): Promise<Result<RunningRelay, ServeCause>> {
  const hold = holdFolder(settings.data);
  if (!hold.ok) return hold;
  const db = openDatabase(settings.data);
  const opened = await openKeys(platform, settings.data, db);
  if (!opened.ok) {
    db.close();
    hold.value.release();
    return opened;
  }
  const keys = opened.value;
  const { generation, word } = readGeneration(db);
  const logs = logStore(db);
  const commits = openCommits<Appended>(db, log);
  const directories = await openDirectories(platform, orgStore(db), commits.durably);
  const areas = openAreas(platform, keys, generation, logs, directories);
  const relay: Relay = {
    platform,
    log,
    keys,
    generation,
    word,
    quota: settings.quota,
    directories,
    areas,
    commits,
    links: openLinks(),
    logs,
    boxes: boxStore(db),
    chunks: chunkStore(db),
    files: openChunkFiles(settings.data),
  };
  commits.onDurable((batch) => tellCommitted(relay, batch));

  const authorities = openAuthorities(relay);
  const secret = randomBytes(32).toString('base64url');
  let draining = false;
  const status = () => ({
    links: relay.links.count(),
    authorities: authorities.count(),
    openAreas: areas.count(),
    commits: commits.count(),
  });
  const http = makeHttp({ relay, authorities, status, secret, isDraining: () => draining });
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LIMITS.frame,
    clientTracking: true,
  });
  const strangers = (): number => sockets.clients.size - relay.links.count() - authorities.count();
  http.server.on('upgrade', (request, socket, head) => {
    const serve = upgradeTo(
      request,
      (link) => serveDevice(relay, link),
      (link) => authorities.serve(link),
    );
    if (serve === null) return turnAway(socket, '404 Not Found');
    if (draining || strangers() >= STRANGERS) return turnAway(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, serve);
  });

  const close = (): void => {
    forgetRunning(settings.data);
    db.close();
    hold.value.release();
  };
  try {
    await http.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') return fail('port in use');
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') return fail('no such address');
    throw error;
  }
  const url = urlOf(http.server.address() as AddressInfo);
  writeRunning(settings.data, { url, secret });
  log.info({ url, generation }, 'listening');

  async function drain(): Promise<void> {
    if (draining) return;
    draining = true;
    log.info('draining');
    await areas.settled();
    await commits.drained();
    for (const link of relay.links.all()) link.leave();
    authorities.leave();
    // Those who had not said yet who they are, too: nobody would tell them otherwise.
    for (const socket of sockets.clients) socket.close(CLOSED.leaving, 'the relay is shutting down');
    const cut = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), GRACE);
    await Promise.all([...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    clearTimeout(cut);
    await http.close();
    await commits.drained();
    close();
    log.info('stopped');
  }
  return ok({ url, drain });
}

function upgradeTo(
  request: IncomingMessage,
  device: (socket: WebSocket) => void,
  authority: (socket: WebSocket) => void,
) {
  switch (request.url?.split('?')[0] ?? '') {
    case '/v1/link':
      return device;
    case '/v1/authority':
      return authority;
    default:
      return null;
  }
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const urlOf = ({ address, family, port }: AddressInfo): string => {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${family === 'IPv6' && host.includes(':') ? `[${host}]` : host}:${port}`;
};
