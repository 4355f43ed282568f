/**
 * What one cell is played on: a real relay with two organisations, a proxy before it that carries the chunks, an officer's
 * and a prosecutor's computer, each on a folder of its own. Promises that nothing of it is left when it ends.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { intake, makeWorldIn } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { World } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { FaultProxy } from '../../support/faultProxy.ts';
import { startFaultProxy } from '../../support/faultProxy.ts';
import type { Cell, Half } from './cells.ts';
import { Side } from './side.ts';
import type { SmallDisk } from './smallDisk.ts';
import { makeSmallDisk } from './smallDisk.ts';

export interface Stage {
  readonly folder: string;
  /** Where a stick is put in, of both computers. */
  readonly stick: string;
  readonly world: World;
  readonly proxy: FaultProxy;
  readonly officer: Side;
  readonly prosecutor: Side;
  /** The prosecutor's intake: through it evidence goes. */
  readonly area: AreaId;
  /** The disk that can be filled, where the cell needs one: the relay's, or that of the computer in question. */
  readonly small: SmallDisk | null;
  end(): Promise<void>;
}

/** Mebibytes of the disk that can be filled. */
export const SMALL_DISK = 160;

export async function setStage(cell: Cell, half: Half): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-faults-'));
  const isFull = cell.fault === 'full' && (cell.part === 'relay' || cell.part === 'disk');
  const small = isFull ? makeSmallDisk(SMALL_DISK) : null;
  const place = (name: string, isSmall: boolean): string => {
    const at = isSmall && small !== null ? path.join(small.folder, name) : path.join(folder, name);
    mkdirSync(at, { recursive: true, mode: 0o700 });
    return at;
  };
  const isStick = cell.step === 'bundle' && cell.part === 'disk' && half === 'written';
  const subject = cell.step === 'download' || (cell.step === 'bundle' && half === 'read') ? 'prosecutor' : 'officer';
  const world = await alone(async () =>
    makeWorldIn(place('relay', cell.part === 'relay'), '--port', String(await freePort())),
  );
  const proxy = await startFaultProxy({ target: world.relay.url });
  const isInjected = cell.part === 'disk' && cell.fault !== 'full' && cell.fault !== 'corrupting';
  const side = (name: 'officer' | 'prosecutor'): Side =>
    new Side({
      member: world[name],
      folder: place(name, cell.part === 'disk' && !isStick && name === subject),
      relay: () => world.relay.url,
      proxy: proxy.url,
      badDisk: isInjected && name === subject,
    });
  const [officer, prosecutor] = [side('officer'), side('prosecutor')];
  await Promise.all([officer, prosecutor].map((one) => Promise.all([one.start(), one.dial()])));
  await Promise.all([officer.configure(), prosecutor.configure()]);
  return {
    folder,
    stick: place('stick', isStick),
    world,
    proxy,
    officer,
    prosecutor,
    area: await intake(world.prosecutor),
    small,
    end: async () => {
      await Promise.all([officer.end(), prosecutor.end()]);
      await proxy.close();
      await world.end();
      small?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let before: Promise<unknown> = Promise.resolve();
/** Worlds are made one after another: the commands of a relay, run in this process, catch what it prints. */
function alone<T>(make: () => Promise<T>): Promise<T> {
  const made = before.then(make);
  before = made.catch(() => undefined); // whoever waits for it hears of it
  return made;
}

/** A relay that is started again keeps its address. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
