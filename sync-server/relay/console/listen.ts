/** Where the console listens: with the relay's certificate where there is one, in the clear only on this machine or behind a proxy that is trusted. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { readCertificate, watchCertificate } from '../../common/certificate.ts';
import type { Log } from '../../common/log.ts';
import { knowProxies } from '../../common/proxies.ts';
import { isLoopback, tlsFiles } from '../http/listen.ts';
import { urlOf } from '../links/sockets.ts';
import type { ConsoleParts } from './server.ts';
import { makeConsole } from './server.ts';
import type { ConsoleBegun, ConsoleCause } from './settings.ts';

export interface ConsoleListener {
  readonly url: string;
  close(): Promise<void>;
}

/** A browser that says nothing for so long, while it should, is let go. */
const SLOW_REQUEST = 20 * SECOND;

export async function listenForConsole(
  { host, port, config }: ConsoleBegun,
  parts: Omit<ConsoleParts, 'isSecure'>,
  log: Log,
): Promise<Result<ConsoleListener, ConsoleCause>> {
  const files = tlsFiles(config);
  const proxies = knowProxies(config['proxy.trusted']);
  if (files === null && !isLoopback(host) && config['proxy.trusted'].length === 0) return fail('console in the clear');
  const certificate = files === null ? null : readCertificate(files);
  if (certificate && !certificate.ok) return fail('certificate unusable');

  const console = makeConsole({ ...parts, isSecure: (request) => files !== null || proxies.isSecure(request) });
  const options = { requestTimeout: SLOW_REQUEST, headersTimeout: SLOW_REQUEST, maxHeaderSize: 16_384 };
  const handle: Parameters<typeof createServer>[1] = (request, response) => void console.handle(request, response);
  const tls = certificate ? createTlsServer({ ...options, ...certificate.value }, handle) : null;
  const server = tls ?? (createServer(options, handle) as Server);
  const watching = files && tls ? watchCertificate(files, (next) => tls.setSecureContext(next), log) : null;
  return new Promise((resolve) => {
    server.once('error', () => resolve(fail('console port in use')));
    server.listen(port, host, () => {
      const url = urlOf(server.address() as AddressInfo);
      resolve(
        ok({
          url: tls ? url.replace(/^http/, 'https') : url,
          async close() {
            watching?.stop();
            await console.close();
            await new Promise<void>((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            });
          },
        }),
      );
    });
  });
}
