/**
 * Makes a checkpoint once a minute, where something has moved, and at the end: what each area's order has come to since the
 * last, under one hash, signed, bound to the one before. Beside the way of an entry, which waits for none of it.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { hashCheckpoint, hashLeaf, hashLeaves, signCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import type { Appended } from '../context.ts';
import type { RelayKeys } from '../keys.ts';
import type { CheckpointStore, Covered } from '../store/checkpoints.ts';

const EVERY: Millis = 60 * SECOND;

interface CheckpointParts {
  readonly platform: Platform;
  readonly keys: RelayKeys;
  readonly generation: number;
  readonly store: CheckpointStore;
  /** Writes in a transaction. */
  readonly durably: (write: () => void) => Promise<{ readonly ok: boolean }>;
  readonly failed: (error: unknown) => void;
}

export function openCheckpoints({ platform, keys, generation, store, durably, failed }: CheckpointParts) {
  /** What has moved since the last; what a relay that was killed had not covered is found once, at the start. */
  let moved = new Map<AreaId, Covered>(store.uncovered().map((one) => [one.area, one]));
  let making: Promise<void> = Promise.resolve();

  async function makeOne(): Promise<void> {
    const before = store.newest();
    const act = store.newestAct();
    if (moved.size === 0) return;
    const places = [...moved.values()];
    moved = new Map();
    const leaves = await Promise.all(places.map(({ area, n, h }) => hashLeaf(platform, area, n, h)));
    const n = (before?.n ?? 0) + 1;
    const signed = await signCheckpoint(platform, keys.signing, {
      n,
      generation,
      time: platform.now(),
      before: before?.hash ?? null,
      leaves: await hashLeaves(platform, leaves),
      acts: act?.n ?? 0,
      act: act?.hash ?? null,
    });
    const hash = await hashCheckpoint(platform, signed.body);
    const kept = await durably(() => store.add({ n, hash, ...signed }, places));
    if (!kept.ok) for (const one of places) if (!moved.has(one.area)) moved.set(one.area, one); // again with the next
  }

  const make = (): Promise<void> => (making = making.then(makeOne).catch(failed));
  const timer = setInterval(() => void make(), EVERY);
  timer.unref();

  return {
    make,
    note(batch: readonly Appended[]): void {
      for (const { area, rows } of batch) {
        const last = rows.at(-1);
        if (last) moved.set(area.id, { area: area.id, n: last.n, h: last.h });
      }
    },
    stop: (): void => clearInterval(timer),
  };
}
