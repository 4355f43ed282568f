/**
 * Measures the relay beside two stock servers, in one run on one machine under the same load: `npm run bench -- relay
 * [--json FILE] [--only SERVER]`. The relay verifies a signature, orders and flushes each update before anybody hears of it; the others
 * read what they forward, and keep it later. BENCH_UPDATES says how many updates a scenario takes.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Load, Measured, Served } from './relay/load.ts';
import { measure, perClient } from './relay/load.ts';
import { startOurs } from './relay/ours.ts';
import { startPeer } from './relay/peer.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const updates = Number(process.env['BENCH_UPDATES'] ?? 5000);
const TEXT = 'a few words more ';

const SCENARIOS = {
  'one-room-50': { rooms: 1, clients: 50, load: { warm: updates * 0.4, updates, window: 256, paced: 300, pace: 60 } },
  'rooms-200': {
    rooms: 200,
    clients: 2,
    load: { warm: updates * 0.8, updates: updates * 2, window: 8, paced: 600, pace: 120 },
  },
} as const satisfies Record<string, { rooms: number; clients: number; load: Load }>;
const SERVERS = ['joinder', 'hocuspocus', 'y-websocket'] as const;

type Server = (typeof SERVERS)[number];
const start = (server: Server, rooms: number, clients: number, count: number): Promise<Served | null> =>
  server === 'joinder' ? startOurs(rooms, clients, count, TEXT) : startPeer(server, rooms, clients, count, TEXT);

const figures: Record<string, Record<string, Measured>> = {};
for (const [scenario, { rooms, clients, load }] of Object.entries(SCENARIOS)) {
  const all: Record<string, Measured> = (figures[scenario] = {});
  for (const server of SERVERS.filter((one) => values.only === undefined || values.only === one)) {
    const served = await start(server, rooms, clients, perClient(load, rooms, clients));
    if (served === null) {
      console.log(`${scenario}, ${server}: could not be installed here, so there is no comparison`);
      continue;
    }
    try {
      const said = (all[server] = await measure(served, load));
      console.log(
        `${scenario}, ${server}: ${said.updatesPerSecond.toFixed(0)} updates/s, ${said.deliveriesPerSecond.toFixed(0)} deliveries/s, ` +
          `paced p99 ${said.p99Ms.toFixed(1)} ms, ${said.cpuSecondsPer100k.toFixed(2)} s of server CPU for 100,000 deliveries (paced ${said.pacedCpuSecondsPer100k.toFixed(1)}), clients ${said.clientCores.toFixed(2)} of a core`,
      );
    } catch (error) {
      console.log(`${scenario}, ${server}: ${error instanceof Error ? error.message : 'failed'}`);
    } finally {
      await served.end();
    }
  }
  for (const peer of ['hocuspocus', 'y-websocket'] as const) {
    const [ours, theirs] = [all['joinder'], all[peer]];
    if (ours && theirs)
      console.log(
        `${scenario}: joinder / ${peer}: ${(ours.updatesPerSecond / theirs.updatesPerSecond).toFixed(1)} times its updates/s, ` +
          `${(ours.cpuSecondsPer100k / theirs.cpuSecondsPer100k).toFixed(2)} of its CPU for a delivery, paced ${(ours.pacedCpuSecondsPer100k / theirs.pacedCpuSecondsPer100k).toFixed(2)}`,
      );
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
