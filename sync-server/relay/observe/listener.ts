/**
 * `/metrics` on a listener of its own, in Prometheus' text format: never on the port that laptops reach. With a token set,
 * nothing is said without it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { CONTENT_TYPE } from './exposition.ts';
import type { Meters } from './meters.ts';

export interface MetricsSettings {
  readonly host: string;
  readonly port: number;
  /** Empty: none is asked for. */
  readonly token: string;
}

export interface MetricsListener {
  readonly url: string;
  close(): Promise<void>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function listenForMetrics(
  { registry }: Meters,
  { host, port, token }: MetricsSettings,
): Promise<Result<MetricsListener, 'metrics port in use'>> {
  const wanted = digest(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const isLetIn = token === '' || timingSafeEqual(digest(request.headers.authorization ?? ''), wanted);
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    if (!isLetIn) return void response.writeHead(401).end();
    void registry.expose().then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve) => {
    server.once('error', () => resolve(fail('metrics port in use')));
    server.listen(port, host, () => {
      const { port: bound } = server.address() as AddressInfo;
      resolve(
        ok({
          url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        }),
      );
    });
  });
}
