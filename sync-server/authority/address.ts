/**
 * Where an authority listens on its own machine: a port that is chosen once, free at that time, and kept, so that an identity
 * provider which was told the address finds it again after a restart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { writePrivateFile } from '../common/files.ts';

const fileIn = (dir: string): string => path.join(dir, 'port');

/** The port of this folder; null before it was first served or asked for. */
export function keptPort(dir: string): number | null {
  if (!existsSync(fileIn(dir))) return null;
  const port = Number(readFileSync(fileIn(dir), 'utf8'));
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
}

export function keepPort(dir: string, port: number): void {
  if (keptPort(dir) !== port) writePrivateFile(fileIn(dir), String(port));
}

/** The kept port, or one that is free now and kept from now on. */
export async function choosePort(dir: string): Promise<number> {
  const kept = keptPort(dir);
  if (kept !== null) return kept;
  const probe = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port));
  });
  await new Promise((resolve) => probe.close(resolve));
  keepPort(dir, port);
  return port;
}

/** Where a running server says that it listens, for `status`. */
export const listeningFile = (dir: string): string => path.join(dir, 'listening');

export const addressOf = (port: number): string => `http://127.0.0.1:${port}`;
