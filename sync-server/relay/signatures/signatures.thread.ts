/** A thread that checks signatures: for each packed piece that comes, one byte for each check, 1 for good. Holds no secret. */
import { parentPort } from 'node:worker_threads';
import { quickPlatform } from '../../common/quickPlatform.ts';
import { check } from './check.ts';
import { unpack } from './packing.ts';

parentPort?.on('message', (packed: Uint8Array) => void answer(packed));

async function answer(packed: Uint8Array): Promise<void> {
  const verdicts = await Promise.all([...unpack(packed)].map((one) => check(quickPlatform, one)));
  parentPort?.postMessage(Uint8Array.from(verdicts, Number));
}
