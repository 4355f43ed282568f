/** Fifty in one room at a thousand updates a second: the most memory that the relay takes, with all reading, twice, and with one that reads nothing. The process grows and shrinks by itself: the difference of the first two says how much. */
import { setTimeout as after } from 'node:timers/promises';
import { startOurs } from './ours.ts';
import { peakOf } from './memory.ts';

const RATE = 1000;
const CLIENTS = 50;

export async function measureStalled(seconds: number) {
  const writers = CLIENTS - 1;
  const each = Math.ceil((RATE * seconds * 4) / writers) + 2;
  const served = await startOurs(1, CLIENTS, each, 'a few words more ');
  const room = served.rooms[0] ?? [];
  async function load(): Promise<void> {
    const begun = performance.now();
    for (let sent = 0; sent < RATE * seconds;) {
      const due = Math.min(RATE * seconds, ((performance.now() - begun) / 1000) * RATE);
      for (; sent < due; sent++) room[sent % writers]?.send();
      await after(10);
    }
  }
  await load(); // once before counting, so that the process has grown to its size
  const first = await peakOf(served.pid, load);
  const reading = await peakOf(served.pid, load);
  room.at(-1)?.stall();
  const stalled = await peakOf(served.pid, load);
  await served.end();
  return {
    seconds,
    updatesPerSecond: RATE,
    mibAllReadingBefore: Number(first.toFixed(1)),
    mibAllReading: Number(reading.toFixed(1)),
    mibOneStalled: Number(stalled.toFixed(1)),
    mibAdded: Number((stalled - reading).toFixed(1)),
  };
}
