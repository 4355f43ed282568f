/** Links that say nothing: memory for each, and what the relay's pings take. Four links for each device, as many as one may have. */
import { setTimeout as after } from 'node:timers/promises';
import type { TestDevice } from '../../../sync-server/relay/testing/device.fixture.ts';
import { makeWorld } from '../../../sync-server/relay/testing/world.fixture.ts';
import { join } from './ours.ts';
import type { OpenClient } from './client.ts';
import { cpuOf } from './load.ts';
import { memoryOf } from './memory.ts';

const FOR_EACH = 4;
/** At a time, below what one address may have unproved. */
const TOGETHER = 64;
/** Before counting: what the first links make the process learn is no link's price. */
const FIRST = 400;

export async function measureIdle(links: number, seconds: number) {
  process.env['JOINDER_RELAY_LIMITS_LINKS'] = String(2 * (links + FIRST));
  const world = await makeWorld('--log-level', 'error');
  const devices: TestDevice[] = [];
  for (let i = 0; i < Math.ceil((links + FIRST) / FOR_EACH); i++) {
    devices.push(await world.police.device(world.officer.person));
    if (i % 500 === 499) await world.publish(); // a message takes no more than some
  }
  await world.publish();
  const { pid, url } = world.relay;
  const open: OpenClient[] = [];
  async function openUpTo(count: number): Promise<void> {
    while (open.length < count) {
      const next = Array.from({ length: Math.min(TOGETHER, count - open.length) }, (_, i) => open.length + i);
      open.push(
        ...(await Promise.all(
          next.map((i) => join(url, devices[Math.floor(i / FOR_EACH)] as TestDevice, [], () => 0)),
        )),
      );
    }
  }
  await openUpTo(FIRST);
  await after(2000);
  const before = memoryOf(pid);
  const begun = performance.now();
  await openUpTo(FIRST + links);
  const opening = (performance.now() - begun) / 1000;
  await after(2000);
  const grown = memoryOf(pid) - before;
  const cpu = cpuOf(pid);
  await after(seconds * 1000);
  const idleCpu = cpuOf(pid) - cpu;
  for (const client of open) client.close();
  await world.end();
  return {
    links,
    openedPerSecond: Math.round(links / opening),
    kibForEach: Number(((grown * 1024) / links).toFixed(1)),
    linksPerGib: Math.round((1024 * links) / grown),
    cpuPercentWhileIdle: Number(((idleCpu / seconds) * 100).toFixed(2)),
  };
}
