import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Running } from '../../../test/support/programs.ts';
import { runJson, startServer } from '../../../test/support/programs.ts';
import * as entra from './fixtures/entra.ts';

let dir: string;
let server: Running | null = null;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'joinder-scim-'));
  await runJson('authority', 'init', '--data', dir, '--name', 'Fellshire Police');
});
afterEach(async () => {
  await server?.kill();
  rmSync(dir, { recursive: true });
});

const serve = async (): Promise<Running> =>
  (server = await startServer(
    'authority',
    ['serve', '--data', dir, '--relay', 'http://127.0.0.1:9'],
    path.join(dir, 'log'),
  ));
const ask = (url: string, token: string, body?: object): Promise<Response> =>
  fetch(`${url}/Users`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });

it('the command gives token and address, which serve with no relay, after a restart too, until they are replaced', async () => {
  const { token, url } = (await runJson('authority', 'scim-token', '--data', dir)) as { token: string; url: string };
  await serve();
  expect((await ask(url, token, entra.newUser('p@x.example'))).status).toBe(201);
  await server?.stop();
  await serve();
  expect(await (await ask(url, token)).json()).toMatchObject({ totalResults: 1 });

  const next = (await runJson('authority', 'scim-token', '--replace', '--data', dir)) as { token: string; url: string };
  expect(next.url).toBe(url);
  expect((await ask(url, token)).status).toBe(401);
  expect((await ask(url, next.token)).status).toBe(200);
  for (const file of readdirSync(dir)) expect(readFileSync(path.join(dir, file)).includes(next.token)).toBe(false);
  expect(readFileSync(path.join(dir, 'log'), 'utf8')).not.toMatch(/Nair|x\.example/);
}, 30_000);
