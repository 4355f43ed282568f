/**
 * The same load for every server: rooms of clients that all write and all hear. First a part that is not measured, then as
 * fast as the server takes it, with so many updates under way; then at a steady pace, for the delay. Counts, and knows nothing of what is in a frame.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

export interface Client {
  /** Hands its next update, made before, to the connection. */
  send(): void;
  /** Updates of its room that it has heard, its own included. */
  readonly heard: () => number;
  /** Called after each frame. */
  listen(heard: () => void): void;
}

/** A server with its rooms open. */
export interface Served {
  readonly rooms: readonly (readonly Client[])[];
  readonly pid: number;
  /** Resolves when everything heard so far is in the server's store; a server that keeps before it tells has nothing to wait for. */
  durable(): Promise<void>;
  end(): Promise<void>;
}

export interface Load {
  /** Updates of all rooms before anything is measured, so that a server at work is measured and not one that has just begun. */
  readonly warm: number;
  /** Updates of all rooms, at full speed. */
  readonly updates: number;
  /** Updates of one room under way at once. */
  readonly window: number;
  readonly paced: number;
  /** Paced updates a second, of all rooms. */
  readonly pace: number;
}

export interface Measured {
  readonly updatesPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly p99Ms: number;
  readonly cpuSecondsPer100k: number;
  /** The same while paced. */
  readonly pacedCpuSecondsPer100k: number;
  /** Of a core, what the clients took while saturated: near 1, they are the bound. */
  readonly clientCores: number;
}

/** Updates that each client must have ready: all may fall to it in turn. */
export const perClient = ({ warm, updates, paced }: Load, rooms: number, clients: number): number =>
  Math.ceil((warm + updates) / rooms / clients) + 1 + Math.ceil(paced / rooms / Math.max(1, clients - 1)) + 2;

const GIVE_UP = 120_000;
const TICK = 100;

/** Seconds of the processor that a process has used. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICK;
}

export async function measure(served: Served, load: Load): Promise<Measured> {
  const { rooms, pid } = served;
  const each = Math.floor(load.updates / rooms.length);
  const clients = rooms[0]?.length ?? 0;
  const warm = Math.floor(load.warm / rooms.length);
  await within(Promise.all(rooms.map((room) => saturate(room, 0, warm, load.window))));
  await within(served.durable());
  const [cpu, own, begun] = [cpuOf(pid), process.cpuUsage(), performance.now()];
  await within(Promise.all(rooms.map((room) => saturate(room, warm, warm + each, load.window))));
  await within(served.durable());
  const seconds = (performance.now() - begun) / 1000;
  const used = cpuOf(pid) - cpu;
  const { user, system } = process.cpuUsage(own);
  const sent = each * rooms.length;
  const before = cpuOf(pid);
  const delays = await within(pace(rooms, warm + each, load));
  const paced = cpuOf(pid) - before;
  return {
    updatesPerSecond: sent / seconds,
    deliveriesPerSecond: (sent * clients) / seconds,
    p99Ms: delays.toSorted((a, b) => a - b)[Math.floor(delays.length * 0.99)] ?? Number.NaN,
    cpuSecondsPer100k: (used / (sent * clients)) * 100_000,
    pacedCpuSecondsPer100k: (paced / (load.paced * clients)) * 100_000,
    clientCores: (user + system) / 1e6 / seconds,
  };
}

function within<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const giveUp = after(GIVE_UP, null, { signal: late.signal, ref: false }).then(() => {
    throw new Error(`not everybody had heard everything after ${GIVE_UP / 1000} s`);
  });
  giveUp.catch(() => {}); // cut short, or heard by the race
  return Promise.race([work, giveUp]).finally(() => late.abort());
}

/** Everybody writes in turn, `window` under way as the first client hears it; done when everybody has heard everything, what came before included. */
function saturate(room: readonly Client[], before: number, total: number, window: number): Promise<void> {
  return new Promise((resolve) => {
    let sent = before;
    const go = (): void => {
      const heard = room[0]?.heard() ?? 0;
      while (sent < total && sent - heard < window) room[sent++ % room.length]?.send();
      if (sent === total && room.every((client) => client.heard() >= total)) resolve();
    };
    for (const client of room) client.listen(go);
    go();
  });
}

/** One at a time in each room, at a steady pace over all; the delay until the room's last client, who only listens, has it. */
async function pace(rooms: Served['rooms'], before: number, { paced, pace: rate }: Load): Promise<number[]> {
  const delays: number[] = [];
  const due = rooms.map(() => [] as number[]);
  rooms.forEach((room, r) => {
    for (const client of room) client.listen(() => {});
    const listener = room.at(-1);
    let heard = before;
    listener?.listen(() => {
      for (const now = listener.heard(); heard < now; heard++) {
        const at = due[r]?.shift();
        if (at !== undefined) delays.push(performance.now() - at);
      }
    });
  });
  const begun = performance.now();
  for (let i = 0; i < paced; i++) {
    await after(Math.max(0, begun + (i * 1000) / rate - performance.now()));
    const room = rooms[i % rooms.length] ?? [];
    due[i % rooms.length]?.push(performance.now());
    room[Math.floor(i / rooms.length) % Math.max(1, room.length - 1)]?.send();
  }
  while (delays.length < paced) await after(5);
  return delays;
}
