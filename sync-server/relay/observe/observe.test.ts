/** What a relay says of itself while it runs: readiness, figures in Prometheus' format, lines of a log; no ids in either. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { dropFolder, makeFolder, startRelay } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';
import { faultsOfMetrics } from './exposition.fixture.ts';

let world: World;
let settings: string;
let hex: string[];
beforeAll(async () => {
  settings = makeFolder();
  writeFileSync(
    path.join(settings, 'relay.toml'),
    '[metrics]\nport = 0\ntoken = "hush"\n[limits]\nfree-space = "1KiB"\n',
  );
  world = await makeWorld('--config', path.join(settings, 'relay.toml'), '--log-level', 'debug');
  const link = await connect(world.relay.url, world.officer);
  const area = await ownArea(link, world.officer);
  const bytes = new TextEncoder().encode('a chunk');
  await link.ask('refer', { area, tag: chunkName(bytes), chunks: [chunkName(bytes)], from: null });
  expect((await link.put(area, bytes)).status).toBe(200);
  await (await link.get(area, chunkName(bytes))).arrayBuffer();
  const wrong = await world.officer.edit(area, 'one');
  await link.append(wrong);
  await link.append({ ...wrong, entry: new Uint8Array(10) });
  hex = [area, world.officer.org, world.officer.device, world.officer.seat, chunkName(bytes), link.welcome.token];
}, 60_000);
afterAll(async () => {
  await world.end();
  dropFolder(settings);
});

const scrape = async (token = 'hush'): Promise<Response> =>
  fetch(world.relay.metrics ?? '', { headers: { authorization: `Bearer ${token}` } });

test('/readyz looks at store, space, shape and signer', async () => {
  const answer = await fetch(`${world.relay.url}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { status: 'ready', checks: { store: 'ok', space: 'ok', migrations: 'ok', signer: 'ok' } },
  ]);
});

test('/readyz is 503 and says why where there is too little room, and /healthz stays well', async () => {
  const data = makeFolder();
  writeFileSync(path.join(data, 'relay.toml'), '[limits]\nfree-space = "900TiB"\n');
  const relay = await startRelay(data);
  const answer = await fetch(`${relay.url}/readyz`);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { status: 'not ready', checks: { store: 'ok', space: 'too little free space' } },
  ]);
  expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
  expect((await runHere('doctor', '--data', data)).out).toContain('Make room, or enlarge the disk');
  await relay.kill();
  dropFolder(data);
});

test('/metrics is on a listener of its own, wants the token, and nothing else is there', async () => {
  expect((await fetch(`${world.relay.url}/metrics`)).status).toBe(404);
  expect((await scrape('hash')).status).toBe(401);
  expect((await fetch((world.relay.metrics ?? '').replace('/metrics', '/v1/relay'))).status).toBe(404);
  const answer = await scrape();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
});

test('figures are valid to Prometheus, count what happened, and hold no ids', async () => {
  const text = await (await scrape()).text();
  expect(faultsOfMetrics(text)).toEqual([]);
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  expect(value('joinder_links')).toBe(1);
  expect(value('joinder_entries_total')).toBeGreaterThanOrEqual(2);
  expect(value('joinder_entries_declined_total\\{cause="malformed"\\}')).toBe(1);
  expect(value('joinder_chunk_requests_total\\{direction="up",status="200"\\}')).toBe(1);
  expect(value('joinder_chunk_bytes_total\\{direction="down"\\}')).toBe(7);
  expect(value('joinder_ready')).toBe(1);
  expect(value('joinder_backup_age_seconds')).toBe(-1);
  for (const id of hex) expect(text).not.toContain(id.slice(0, 8));
  expect(text).not.toMatch(/"[0-9a-f]{8,}"/);
});

test('the log is lines of JSON with an id for each request and link, and no address, name or whole id', async () => {
  const answer = await fetch(`${world.relay.url}/v1/authorities/00000000000000000000`);
  const id = answer.headers.get('x-request-id') ?? '';
  const lines = (): Record<string, unknown>[] =>
    world.relay
      .log()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  await expect
    .poll(() => lines().find(({ request }) => request === id))
    .toMatchObject({
      method: 'GET',
      route: '/v1/authorities/:digits',
      status: 404,
    });
  expect(lines().some(({ msg, link }) => msg === 'link open' && /^[0-9a-f]{8}$/.test(String(link)))).toBe(true);
  const all = world.relay.log();
  for (const whole of hex) expect(all).not.toContain(whole);
  expect(all).not.toMatch(/Police|Person|hush/);
});

const shipped = (name: string): string => readFileSync(path.resolve(import.meta.dirname, 'shipped', name), 'utf8');

test('alert rules and dashboard ask for figures that there are', async () => {
  const text = await (await scrape()).text();
  const there = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name, kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  for (const file of ['alerts.yml', 'dashboard.json']) {
    const asked = new Set(shipped(file).match(/\b(?:joinder|process|nodejs)_[a-z_]+\b/g));
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((name) => !there.has(name))).toEqual([]);
  }
});

test('the dashboard is one Grafana takes', () => {
  const dashboard = JSON.parse(shipped('dashboard.json')) as {
    panels: { id: number; targets: object[] }[];
    uid: string;
  };
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  expect(dashboard.panels.every(({ targets }) => targets.length > 0)).toBe(true);
});
