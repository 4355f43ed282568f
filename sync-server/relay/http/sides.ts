/**
 * What a relay listens on besides the port for laptops and authorities: `/metrics`, the console, and, where it speaks TLS,
 * a plain address of this machine on which its own commands ask it how it is.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../../shared/primitives/result.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { beginConsole } from '../console/begin.ts';
import type { ConsoleCause } from '../console/settings.ts';
import type { Relay } from '../context.ts';
import { listenForMetrics } from '../observe/listener.ts';
import type { RelayStatus } from '../observe/status.ts';
import type { ServeSettings } from '../serveSettings.ts';
import { urlOf } from '../links/sockets.ts';

interface Side {
  readonly url: string;
  close(): Promise<void>;
}

export interface Sides {
  readonly metrics: Side | null;
  readonly console: Side | null;
  /** Null: commands ask on the port for laptops. */
  readonly local: Side | null;
  close(): Promise<void>;
}

export async function openSides(
  relay: Pick<Relay, 'meters' | 'log'>,
  settings: ServeSettings,
  secret: string,
  status: () => RelayStatus,
): Promise<Result<Sides, 'metrics port in use' | ConsoleCause>> {
  const metrics = settings.metrics ? await listenForMetrics(relay.meters, settings.metrics) : ok(null);
  if (!metrics.ok) return metrics;
  const console = settings.console ? await beginConsole(settings.data, settings.console, relay.log) : ok(null);
  if (!console.ok) {
    await metrics.value?.close();
    return console;
  }
  const local = settings.tls ? await listenForCommands(secret, status) : null;
  const all = [metrics.value, console.value, local];
  return ok({
    metrics: metrics.value,
    console: console.value,
    local,
    close: async () => {
      await Promise.all(all.map(async (side) => side?.close()));
    },
  });
}

/** What `/v1/status` says, to who knows the word that lies in the data folder. */
function listenForCommands(secret: string, status: () => RelayStatus): Promise<Side> {
  const server = createServer((request, response) => {
    const isLetIn = request.url === '/v1/status' && request.headers.authorization === `Bearer ${secret}`;
    if (!isLetIn) return void response.writeHead(401).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(status()));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: urlOf(server.address() as AddressInfo),
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      }),
    );
  });
}
