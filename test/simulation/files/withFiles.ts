/** A computer with a real evidence process, for simulations that are about files. */
import path from 'node:path';
import { Computer } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import type { Role, World } from '../world.ts';

export async function computerWithFiles(
  world: World,
  name: string,
  role: Role,
  relay = world.relayUrl,
): Promise<Computer> {
  const computer = world.add(new Computer(path.join(world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(relay, await world.code(role));
  return computer;
}
