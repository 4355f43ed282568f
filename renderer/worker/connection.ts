/**
 * The window's lines to the sync worker and to the evidence process. Owns asking for them and replacing them when main
 * brings new ones (after an unlock, or when the worker was started again). Promises that whoever listens hears of every
 * new line, and that nothing of the old one is used again. Never keeps content.
 */
import type { ReadCalls } from '../../shared/ipc/evidence.ts';
import type { Peer } from '../../shared/ipc/rpc.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { WorkerCalls } from '../../shared/ipc/worker.ts';
import { desktop } from './desktop.ts';
import { portOf } from './port.ts';

export interface Connection {
  readonly worker: Peer<WorkerCalls>;
  readonly evidence: Peer<ReadCalls>;
}

type Heard = (name: string, data: unknown) => void;

let current: Connection | null = null;
const changed = new Set<() => void>();
const heard = new Set<Heard>();

export const connection = (): Connection | null => current;

/** Called after every change of the line, also when it goes. */
export function onConnection(listener: () => void): () => void {
  changed.add(listener);
  return () => changed.delete(listener);
}

/** Hears what the worker tells, over whichever line is current. */
export function onTold(listener: Heard): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}

export function disconnect(): void {
  setConnection(null);
}

export async function connect(): Promise<void> {
  listenForPorts();
  await desktop().connect();
}

/**
 * Asks for an act whose outcome the views will show. Where the line has gone there is nobody to ask: the worker is being
 * started again, and shows how things stand when it is back.
 */
export function ask(act: (worker: WorkerCalls) => Promise<unknown>): void {
  if (current !== null) void act(current.worker.call).catch(() => undefined);
}

/** An act of the worker. A line that is gone is no bug of the screen's: it waits for the next one by failing plainly. */
export function worker(): WorkerCalls {
  if (current === null) throw new Error('the line to the worker is not open');
  return current.worker.call;
}

/** Puts another line in the place of the one before, which is closed. */
export function setConnection(next: Connection | null): void {
  const before = current;
  current = next;
  before?.worker.close();
  before?.evidence.close();
  for (const listener of Array.from(changed)) listener();
}

let listening = false;

function listenForPorts(): void {
  if (listening) return;
  listening = true;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [toWorker, toEvidence] = event.ports;
    if (event.source !== window || !isPorts(event.data) || !toWorker || !toEvidence) return;
    const evidence = connectPeer<ReadCalls>(portOf(toEvidence), {});
    const peer = connectPeer<WorkerCalls>(portOf(toWorker), {}, (name, data) => {
      if (current?.worker === peer) for (const listener of heard) listener(name, data);
    });
    setConnection({ worker: peer, evidence });
  });
}

const isPorts = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as Record<string, unknown>)['joinder'] === 'ports';
