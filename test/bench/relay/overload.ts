/**
 * Twice the load that the relay can carry: devices that send at a steady pace whether or not they are answered, and beside them
 * devices that write one entry now and then, each in an area of its own, and wait for its acknowledgement. Those who are told
 * that the relay is busy come again after a pause, as the application does, though sooner.
 */
import { setTimeout as after } from 'node:timers/promises';
import { encodeMessage } from '../../../shared/wire/link.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import type { Member, World } from '../../../sync-server/relay/testing/world.fixture.ts';
import { makeWorld, ownArea } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { OpenClient } from './client.ts';
import { memoryOf, peakOf } from './memory.ts';
import { join } from './ours.ts';

const FLOODERS = 40;
const WITHIN = 20;
/** Entries a second of each of those who keep within limits. */
const RATE = 4;
const TEXT = 'a few words more ';
/** Under way of each, while finding out what the relay carries. */
const WINDOW = 32;
const BACK_AFTER = 1000;

interface Sender {
  readonly member: Member;
  readonly frames: readonly Uint8Array[];
  client: OpenClient;
  /** The next to be sent, and how many were acknowledged. */
  at: number;
  acknowledged: number;
  /** Told that the relay is busy. */
  isAway: boolean;
  told: number;
  heard(): void;
}

async function makeSender(world: World, member: Member, count: number): Promise<Sender> {
  const link = await connect(world.relay.url, member);
  const area = await ownArea(link, member);
  await link.close();
  const frames: Uint8Array[] = [];
  for (let q = 1; q <= count; q++) {
    const { entry } = await member.edit(area, TEXT);
    frames.push(encodeMessage({ t: 'append', q, area, entry, boxes: [] }));
  }
  const sender: Sender = {
    member,
    frames,
    client: undefined as unknown as OpenClient, // until it dials
    at: 0,
    acknowledged: 0,
    isAway: false,
    told: 0,
    heard() {},
  };
  await dial(world, sender);
  return sender;
}

/** Opens the sender's link; what was not acknowledged on the one before goes again. */
async function dial(world: World, sender: Sender): Promise<void> {
  sender.client = await join(world.relay.url, sender.member, [], () => 0, {
    acknowledged() {
      sender.acknowledged += 1;
      sender.heard();
    },
    refused() {
      sender.isAway = true;
      sender.told += 1;
    },
  });
  sender.at = sender.acknowledged;
  sender.isAway = false;
}

function send(sender: Sender): void {
  const frame = sender.frames[sender.at];
  if (frame === undefined || sender.isAway) return;
  sender.at += 1;
  sender.client.say(frame);
}

/** As much as the relay takes, from all at once: entries a second. */
async function carry(flooders: readonly Sender[], entries: number): Promise<number> {
  const each = Math.floor(entries / flooders.length);
  const begun = performance.now();
  await Promise.all(
    flooders.map(
      (sender) =>
        new Promise<void>((done) => {
          const until = sender.acknowledged + each;
          const go = (): void => {
            if (sender.acknowledged >= until) return done();
            while (sender.at < until && sender.at - sender.acknowledged < WINDOW) send(sender);
          };
          sender.heard = go;
          go();
        }),
    ),
  );
  for (const sender of flooders) sender.heard = () => {};
  return (each * flooders.length) / ((performance.now() - begun) / 1000);
}

/** Those within limits write for so long; the delays until each was acknowledged, in milliseconds. */
async function writeWithin(senders: readonly Sender[], seconds: number): Promise<number[]> {
  const delays: number[] = [];
  await Promise.all(
    senders.map(async (sender, i) => {
      await after((i * 1000) / RATE / senders.length);
      for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
        const sent = performance.now();
        const answered = new Promise<void>((done) => (sender.heard = done));
        send(sender);
        await Promise.race([answered, after(30_000)]);
        delays.push(performance.now() - sent);
        await after(Math.max(0, sent + 1000 / RATE - performance.now()));
      }
    }),
  );
  return delays.toSorted((a, b) => a - b);
}

/** So many a second in all, whatever is answered, until it is ended. */
function flood(world: World, senders: readonly Sender[], rate: number) {
  const begun = performance.now();
  const over = new AbortController();
  let offered = 0;
  async function go(): Promise<void> {
    while (!over.signal.aborted) {
      const due = ((performance.now() - begun) / 1000) * rate;
      for (; offered < due; offered++) {
        const sender = senders[offered % senders.length];
        if (sender) send(sender);
      }
      await after(5);
    }
  }
  async function bringBack(sender: Sender): Promise<void> {
    while (!over.signal.aborted) {
      await after(50);
      if (!sender.isAway) continue;
      await after(BACK_AFTER * (0.5 + Math.random()));
      sender.client.close();
      if (!over.signal.aborted) await dial(world, sender);
    }
  }
  const all = [go(), ...senders.map((sender) => bringBack(sender))];
  return {
    async end(): Promise<{ offered: number; seconds: number }> {
      over.abort();
      await Promise.all(all);
      return { offered, seconds: (performance.now() - begun) / 1000 };
    },
  };
}

const at = (delays: readonly number[], part: number): number =>
  Number((delays[Math.floor(delays.length * part)] ?? Number.NaN).toFixed(1));

export async function measureOverload(seconds: number, times: number) {
  const trial = 12_000;
  const world = await makeWorld('--log-level', 'error');
  const members: Member[] = [];
  while (members.length < FLOODERS + WITHIN) members.push(await world.police.officer());
  await world.publish();
  const within = await Promise.all(
    members.slice(FLOODERS).map((one) => makeSender(world, one, RATE * (2 * seconds + 4))),
  );
  // What it carries is found out with the first part of their entries; the rest is made for what was found.
  const scouts = await Promise.all(
    members.slice(0, FLOODERS / 2).map((one) => makeSender(world, one, (2 * trial) / FLOODERS)),
  );
  const carried = await carry(scouts, trial);
  for (const { client } of scouts) client.close();
  const rate = carried * times;
  const senders: Sender[] = [];
  for (const one of members.slice(FLOODERS / 2, FLOODERS))
    senders.push(await makeSender(world, one, Math.ceil((rate * (seconds + 1) * 2) / FLOODERS)));

  const { pid } = world.relay;
  let alone: number[] = [];
  let beside: number[] = [];
  const before = memoryOf(pid);
  const calm = await peakOf(pid, async () => void (alone = await writeWithin(within, seconds)));
  const taken = senders.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const flooding = flood(world, senders, rate);
  let said = { offered: 0, seconds: 1 };
  const peak = await peakOf(pid, async () => {
    beside = await writeWithin(within, seconds);
    said = await flooding.end();
  });
  const acknowledged = senders.reduce((sum, sender) => sum + sender.acknowledged, 0) - taken;
  const isWell = (await fetch(`${world.relay.url}/readyz`)).status === 200;
  const figures = {
    carriedPerSecond: Math.round(carried),
    offeredPerSecond: Math.round(said.offered / said.seconds),
    takenPerSecond: Math.round(acknowledged / said.seconds),
    toldBusy: senders.reduce((sum, { told }) => sum + told, 0),
    toldBusyOfThoseWithin: within.reduce((sum, { told }) => sum + told, 0),
    withinAlone: { entries: alone.length, p50Ms: at(alone, 0.5), p99Ms: at(alone, 0.99) },
    withinBeside: { entries: beside.length, p50Ms: at(beside, 0.5), p99Ms: at(beside, 0.99) },
    mib: { before: Math.round(before), peakAlone: Math.round(calm), peakOverloaded: Math.round(peak) },
    isReadyAfter: isWell,
  };
  for (const { client } of [...within, ...senders]) client.close();
  await world.end();
  return figures;
}
