/**
 * Chunks that a disk has spoiled: who fetches one whole a second time most likely found that it is not what its name says.
 * Then, and only then, it is hashed again. One that is spoiled counts as not here; who kept it here is told at once, or
 * when it links next, and sends it again in the place of what is left of it. References to it stay. Keeps in memory who fetched what, up to a limit: forgetting costs one fetch more.
 */
import type { DeviceId, Hash } from '../../../shared/primitives/ids.ts';
import { short } from '../../common/log.ts';
import { tellOfLack } from './lacks.ts';
import type { Relay } from '../context.ts';

const MOST_KEPT = 20_000;

export interface Doubts {
  /** It was fetched to its end. */
  fetched(device: DeviceId, chunk: Hash): void;
  /** Whether it may be given; false: it was spoiled, and is not here any more. */
  stands(device: DeviceId, chunk: Hash): Promise<boolean>;
}

const nameOf = (device: DeviceId, chunk: Hash): string => `${device} ${chunk}`;

export function openDoubts(relay: Relay): Doubts {
  const known = new Set<string>();
  return {
    fetched: (device, chunk) => {
      known.add(nameOf(device, chunk));
      for (const oldest of known) {
        if (known.size <= MOST_KEPT) break;
        known.delete(oldest);
      }
    },
    stands: async (device, chunk) => {
      if (!known.delete(nameOf(device, chunk))) return true;
      // A file that cannot be read just now is not known to be spoiled.
      const hash = await relay.files.hash(chunk).catch(() => null);
      if (hash === null || hash === chunk) return true;
      relay.log.error(
        { chunk: short(chunk) },
        'a chunk was spoiled on this disk, and counts as not here until it is sent again',
      );
      await relay.commits.durably(() => relay.chunks.forget(chunk));
      for (const { area, org } of relay.chunks.keepers(chunk))
        for (const link of relay.links.of(org)) tellOfLack(relay, link, [{ area, chunk }]);
      return false;
    },
  };
}
