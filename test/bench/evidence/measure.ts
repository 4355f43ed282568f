/**
 * The evidence benchmark proper, in whichever Node it is started: importing against copying and hashing, sending against a
 * plain PUT, fetching and verifying against a plain GET to a file. Both of a pair run in turn, several times, and the
 * middle one of each is compared. Prints one JSON line.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { startEvidence } from '../../../electron/evidence/evidence.ts';
import type { Content, ImportNews, TransferNews } from '../../../shared/ipc/evidence.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';

const [folder = '', url = '', mebibytes = '256', rounds = '3'] = process.argv.slice(2);
const size = Number(mebibytes) * MiB;
const source = path.join(folder, 'source.bin');
const at = (name: string): string => path.join(folder, name);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Copies as `cp` and `fsync` would, then hashes the copy as `sha256sum` would. */
async function copyAndHash(): Promise<void> {
  const [from, to] = [await open(source, 'r'), await open(at('copy.bin'), 'w')];
  const buffer = Buffer.allocUnsafeSlow(MiB);
  for (let done = 0; done < size;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.length, done);
    await to.write(buffer, 0, bytesRead, done);
    done += bytesRead;
  }
  await to.datasync();
  await to.close();
  await from.close();
  const hash = createHash('sha256');
  const copy = await open(at('copy.bin'), 'r');
  for (let done = 0; done < size;) {
    const { bytesRead } = await copy.read(buffer, 0, buffer.length, done);
    hash.update(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
  await copy.close();
  hash.digest();
}

const plainPut = async (): Promise<void> => {
  const handle = await open(source, 'r');
  await new Promise<void>((resolve, reject) => {
    const request = http.request(
      `${url}/plain/file`,
      { method: 'PUT', headers: { 'content-length': size } },
      (answer) => answer.resume().once('end', resolve),
    );
    handle.createReadStream({ highWaterMark: 256 * 1024 }).pipe(request.on('error', reject));
  });
  await handle.close().catch(() => undefined); // the stream closes it too
};

async function plainGet(): Promise<void> {
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) =>
    http.get(`${url}/plain/file`, resolve).on('error', reject),
  );
  const handle = await open(at('got.bin'), 'w');
  for await (const piece of answer as AsyncIterable<Buffer>) await handle.write(piece);
  await handle.datasync();
  await handle.close();
}

type Heard = ImportNews | TransferNews;
const NOTHING = (): void => {};
async function withEvidence(name: string) {
  const evidence = await startEvidence(at(name));
  let heard: (news: Heard) => void = NOTHING;
  const { calls } = evidence.attach((_, data) =>
    (Array.isArray(data) ? data : [data.news]).forEach((news) => heard(news)),
  );
  return {
    evidence,
    calls,
    until: <T extends Heard>(wanted: (news: Heard) => news is T): Promise<T> =>
      new Promise((resolve) => (heard = (news) => wanted(news) && resolve(news))),
  };
}
const isSealed = (news: Heard): news is Extract<ImportNews, { is: 'sealed' }> => 'is' in news && news.is === 'sealed';
const isWhole = (news: Heard): news is TransferNews => 'state' in news && news.state === 'whole';
const setting = { relay: url, token: 't', maxRate: 0, freeFloor: 0 };
const area = '00'.repeat(16) as AreaId;

async function round(i: number): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  times['copy'] = await timed(copyAndHash);
  const sender = await withEvidence(`sender ${i}`);
  await sender.evidence.host.offer('t', source, 'read');
  let content: Content | undefined;
  times['import'] = await timed(async () => {
    const sealed = sender.until(isSealed);
    await sender.calls.importFiles('i', ['t']);
    ({ content } = await sealed);
  });
  if (content === undefined) throw new Error('not imported');
  times['put'] = await timed(plainPut);
  const one = { content, area, rank: 0, paused: false };
  times['send'] = await timed(async () => {
    const whole = sender.until(isWhole);
    await sender.calls.configure(setting);
    await sender.calls.want({ up: [one], down: [] });
    await whole;
  });
  await sender.evidence.host.stop();
  times['get'] = await timed(plainGet);
  const receiver = await withEvidence(`receiver ${i}`);
  times['fetch'] = await timed(async () => {
    const whole = receiver.until(isWhole);
    await receiver.calls.configure(setting);
    await receiver.calls.want({ up: [], down: [one] });
    await whole;
  });
  await receiver.evidence.host.offer('w', at('out.bin'), 'write');
  times['export'] = await timed(async () => {
    const exported = await receiver.calls.exportFile(content as Content, 'w');
    if (!exported.ok) throw new Error(exported.cause);
  });
  await receiver.evidence.host.stop();
  for (const name of [`sender ${i}`, `receiver ${i}`, 'copy.bin', 'got.bin', 'out.bin'])
    await rm(at(name), { recursive: true, force: true });
  return times;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  await round(-1); // warms up code and disk
  const all: Record<string, number>[] = [];
  let memory = 0;
  for (let i = 0; i < Number(rounds); i++) {
    all.push(await round(i));
    memory = Math.max(memory, process.memoryUsage().rss);
  }
  const rate = (name: string): number => Math.round(size / MiB / (middle(all.map((times) => times[name] ?? 0)) / 1000));
  console.log(
    JSON.stringify({
      node: process.version,
      rates: Object.fromEntries(Object.keys(all[0] ?? {}).map((name) => [name, rate(name)])),
      memory: Math.round(memory / MiB),
    }),
  );
}
void main();
