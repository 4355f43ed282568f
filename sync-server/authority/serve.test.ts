import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hash } from '../../shared/primitives/ids.ts';
import type { Card } from '../../shared/seal/directory/card.ts';
import { decodeCard } from '../../shared/seal/directory/card.ts';
import type { Running } from '../../test/support/programs.ts';
import { runCommand, runJson, startServer, until } from '../../test/support/programs.ts';
import type { StandInRelay } from './link/standInRelay.fixture.ts';
import { startStandIn } from './link/standInRelay.fixture.ts';

let dir: string;
let card: Card;
let relay: StandInRelay;
let server: Running | null;

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'joinder-authority-'));
  const made = await runJson('authority', 'init', '--data', dir, '--name', 'Fellshire Police');
  const read = decodeCard(String(made['card']));
  if (!read.ok) throw new Error(read.cause);
  card = read.value;
  relay = await startStandIn(card);
  server = null;
});
afterEach(async () => {
  await server?.kill();
  await relay.stop();
  rmSync(dir, { recursive: true });
});

const serve = async (url = relay.url): Promise<Running> =>
  (server = await startServer('authority', ['serve', '--data', dir, '--relay', url]));
const health = async (): Promise<{ statements: number; relay: Record<string, unknown> }> =>
  (await (await fetch(`${server?.url}/healthz`)).json()) as never;
const linkIs = (wanted: Record<string, unknown>) =>
  until(`the link being ${JSON.stringify(wanted)}`, async () => {
    const { relay: link } = await health();
    return Object.entries(wanted).every(([k, v]) => link[k] === v) ? link : null;
  });

describe('serving', () => {
  it('proves itself, publishes what the relay lacks, and what commands add while it runs', async () => {
    await runJson('authority', 'post', 'add', '--data', dir, '--title', 'A post', '--unit', 'A unit');
    await serve();
    await linkIs({ state: 'connected', published: 1 });
    expect(relay.statements).toHaveLength(1);
    await runJson('authority', 'person', 'add', '--data', dir, '--name', 'A person', '--post', 'A post');
    await linkIs({ published: 3 });
    expect(relay.statements).toHaveLength(3);
  });

  it('dials again after a cut, and after it was killed itself', async () => {
    await runJson('authority', 'post', 'add', '--data', dir, '--title', 'A post');
    await serve();
    await linkIs({ state: 'connected' });
    relay.cut();
    await until('a second dial', () => (relay.dials() >= 2 && relay.connected() === 1 ? true : null));
    await server?.kill();
    await serve();
    await linkIs({ state: 'connected', published: 1 });
    expect(relay.statements).toHaveLength(1);
  });

  it('waits for a relay that is not there yet', async () => {
    const port = Number(new URL(relay.url).port);
    await relay.stop();
    await serve();
    await linkIs({ state: 'waiting', cause: 'unreachable' });
    relay = await startStandIn(card, port);
    await linkIs({ state: 'connected' });
  });

  it('says that it was refused, and goes on asking', async () => {
    relay.fault.refuse = 'unknown organisation';
    await serve();
    await linkIs({ state: 'waiting', cause: 'unknown organisation' });
    delete relay.fault.refuse;
    await linkIs({ state: 'connected' });
  });

  it('publishes nothing to a relay that holds another history of this directory', async () => {
    await runJson('authority', 'post', 'add', '--data', dir, '--title', 'A post');
    relay.fault.welcome = { n: 1, head: 'ab'.repeat(32) as Hash };
    await serve();
    await linkIs({ cause: 'other history' });
    relay.fault.welcome = { n: 9, head: 'ab'.repeat(32) as Hash };
    await until('another dial', () => (relay.dials() >= 2 ? true : null));
    await linkIs({ cause: 'other history' });
    expect(relay.statements).toHaveLength(0);
  });

  it('lives through a relay that says garbage', async () => {
    relay.fault.garbage = true;
    await serve();
    await linkIs({ state: 'waiting', cause: 'unreadable' });
    relay.fault.garbage = false;
    await linkIs({ state: 'connected' });
  });

  it('lets one serve at a time, and says in status what it sees', async () => {
    await serve();
    const second = await runCommand('authority', 'serve', '--data', dir, '--relay', relay.url);
    expect(second).toMatchObject({ code: 1, out: '', err: expect.stringContaining('already serves') });
    await linkIs({ state: 'connected' });
    expect(await runJson('authority', 'status', '--data', dir)).toMatchObject({
      serving: { listening: server?.url, relay: { state: 'connected' } },
    });
    await server?.stop();
    expect(await runJson('authority', 'status', '--data', dir)).toMatchObject({ serving: null });
  });

  it('says when a port is taken, and leaves the folder free', async () => {
    const taken = new URL(relay.url).port;
    expect(await runCommand('authority', 'serve', '--data', dir, '--relay', relay.url, '--port', taken)).toMatchObject({
      code: 1,
      err: expect.stringContaining('--port'),
    });
    await serve();
  });
});
