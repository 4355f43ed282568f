/** A real nginx before a relay, with the configuration that is shipped: on a free port, with a certificate of the test. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { connect } from 'node:tls';
import type { TestCertificate } from './certificate.fixture.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../packaging/nginx.conf');

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const isUp = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export interface TestNginx {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startNginx(
  program: string,
  folder: string,
  relay: string,
  { certificate, key }: TestCertificate,
): Promise<TestNginx> {
  const port = await freePort();
  const server = readFileSync(SHIPPED, 'utf8')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('/etc/nginx/relay.example.crt', certificate)
    .replace('/etc/nginx/relay.example.key', key)
    .replace('http://127.0.0.1:8787', relay);
  mkdirSync(path.join(folder, 'temp'), { recursive: true });
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${path.join(folder, 'temp', name)};`)
    .join('\n');
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr warn;\nevents { worker_connections 256; }\nhttp {\naccess_log off;\n${temp}\n${server}\n}\n`,
  );
  const child: ChildProcess = spawn(program, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit');
  while (!(await isUp(port))) if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  return {
    url: `https://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
