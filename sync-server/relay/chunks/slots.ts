/**
 * How many chunks move at once: a few per link and a number for the whole relay, so that memory and disk stay bounded; and
 * one upload at a time for a chunk of an organisation. A second upload takes over from the first, which is most often a
 * connection that died without saying so.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { DeviceLink } from '../links.ts';

const PER_LINK = 8;
const IN_ALL = 64;

interface Upload {
  readonly stop: () => void;
  readonly stopped: Promise<unknown>;
}

export function openSlots() {
  const perLink = new Map<DeviceLink, number>();
  const uploads = new Map<string, Upload>();
  let inAll = 0;

  return {
    /** A slot, to be given back; null when there is none. */
    take(link: DeviceLink): (() => void) | null {
      const own = perLink.get(link) ?? 0;
      if (own >= PER_LINK || inAll >= IN_ALL) return null;
      perLink.set(link, own + 1);
      inAll += 1;
      return () => {
        inAll -= 1;
        const left = (perLink.get(link) ?? 1) - 1;
        if (left === 0) perLink.delete(link);
        else perLink.set(link, left);
      };
    },
    /** Runs `work` alone for this chunk and organisation, after stopping who is at it. */
    async alone<T>(chunk: Hash, org: OrgId, stop: () => void, work: () => Promise<T>): Promise<T> {
      const key = `${chunk}.${org}`;
      for (let other = uploads.get(key); other; other = uploads.get(key)) {
        other.stop();
        await other.stopped;
      }
      const working = work().finally(() => uploads.delete(key));
      uploads.set(key, { stop, stopped: Promise.allSettled([working]) });
      return working;
    },
    isUploading: (chunk: Hash, org: OrgId): boolean => uploads.has(`${chunk}.${org}`),
  };
}
export type Slots = ReturnType<typeof openSlots>;
