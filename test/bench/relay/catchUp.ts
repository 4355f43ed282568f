/**
 * A device that was away for a week and reads a thousand areas, in each of which something was written: on its one link, beside
 * y-websocket's one connection for each. Until all has come; what the device then does with it is no part of it.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { encodeMessage } from '../../../shared/wire/link.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import { makeWorld, ownArea } from '../../../sync-server/relay/testing/world.fixture.ts';
import { counter } from '../../support/counter.ts';
import { cpuOf } from './load.ts';
import { join, read } from './ours.ts';
import { fetchRoom, startPeer } from './peer.ts';

const TEXT = 'a few words more ';
/** Questions under way at once. */
const AT_ONCE = 64;

const figures = (begun: number, cpu: number) => ({
  seconds: Number(((performance.now() - begun) / 1000).toFixed(2)),
  serverCpuSeconds: Number(cpu.toFixed(2)),
});

export async function measureCatchUp(areas: number, edits: number) {
  return { areas, edits, joinder: await ours(areas, edits), 'y-websocket': await theirs(areas, edits) };
}

async function ours(areas: number, edits: number) {
  const world = await makeWorld('--log-level', 'error');
  const away = await world.police.device(world.officer.person);
  await world.publish();
  const link = await connect(world.relay.url, world.officer);
  const ids: AreaId[] = [];
  for (let i = 0; i < areas; i++) {
    const area = await ownArea(link, world.officer);
    ids.push(area);
    const written: Promise<unknown>[] = [];
    for (let n = 0; n < edits; n++) written.push(link.append(await world.officer.edit(area, TEXT)));
    await Promise.all(written);
  }
  await link.close();
  const { pid, url } = world.relay;
  const came = counter();
  const [cpu, begun] = [cpuOf(pid), performance.now()];
  const device = await join(url, away, [], () => 0, {
    answered(frame) {
      if (read(frame).items) came.add(1);
    },
  });
  for (const [i, area] of ids.entries()) {
    await came.reached(i - AT_ONCE);
    device.say(encodeMessage({ t: 'pull', q: i + 1, area, after: 2, limit: 512 }));
  }
  await came.reached(areas);
  const said = figures(begun, cpuOf(pid) - cpu);
  device.close();
  await world.end();
  return { connections: 1, ...said };
}

async function theirs(areas: number, edits: number) {
  const served = await startPeer('y-websocket', areas, 1, edits, TEXT);
  if (served === null) return null;
  for (const [client] of served.rooms) for (let i = 0; i < edits; i++) client?.send();
  while (!served.rooms.every(([client]) => (client?.heard() ?? 0) >= edits))
    await new Promise((next) => setTimeout(next, 20));
  await served.durable();
  served.leave();
  await new Promise((next) => setTimeout(next, 1000)); // rooms that nobody is in are let go, as after a week
  const [cpu, begun] = [cpuOf(served.pid), performance.now()];
  const open: Awaited<ReturnType<typeof fetchRoom>>[] = [];
  for (let at = 0; at < areas; at += AT_ONCE)
    open.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, areas - at) }, (_, i) => fetchRoom(served.url, `room-${at + i}`)),
      )),
    );
  const said = figures(begun, cpuOf(served.pid) - cpu);
  for (const client of open) client.close();
  await served.end();
  return { connections: areas, ...said };
}
