/**
 * How many chunks move at once: a few per link and a number for the whole relay, so that memory and disk stay bounded; and
 * one upload at a time for a chunk of an organisation in an area. A second upload takes over from the first, which is most often a
 * connection that died without saying so. Where all slots are taken, those that hardly move are ended: a few who send a byte
 * now and then must not keep everybody out. What came of a chunk is kept, so that a slow link loses nothing by it.
 */
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { KiB, SECOND } from '../../../shared/primitives/units.ts';
import type { DeviceLink } from '../links/links.ts';
import type { Upload } from './files.ts';
import { uploadName } from './files.ts';

const PER_LINK = 8;
const IN_ALL = 64;
/** Bytes in each second below which a transfer hardly moves, over at least `LOOK_OVER`. */
const HARDLY: ByteCount = KiB;
const LOOK_OVER: Millis = 20 * SECOND;

interface UnderWay {
  readonly stop: () => void;
  readonly stopped: Promise<unknown>;
}

/** The connection on which a chunk moves. */
export interface Carrier {
  /** Bytes so far, both ways. */
  readonly moved: () => ByteCount;
  readonly stop: () => void;
}

interface Taken extends Carrier {
  at: Millis;
  movedThen: ByteCount;
}

export function openSlots(now: () => Millis = () => performance.now()) {
  const taken = new Set<Taken>();
  const perLink = new Map<DeviceLink, number>();
  const uploads = new Map<string, UnderWay>();
  let inAll = 0;

  /** Their slots come free when their connections have ended: whoever asks next has them. */
  function endSlow(): void {
    for (const slot of taken) {
      const time = now() - slot.at;
      if (time < LOOK_OVER) continue;
      const moved = slot.moved();
      if (moved - slot.movedThen < (HARDLY * time) / SECOND) slot.stop();
      Object.assign(slot, { at: now(), movedThen: moved });
    }
  }

  return {
    /** A slot, to be given back; null when there is none. */
    take(link: DeviceLink, carrier: Carrier): (() => void) | null {
      const own = perLink.get(link) ?? 0;
      if (inAll >= IN_ALL) endSlow();
      if (own >= PER_LINK || inAll >= IN_ALL) return null;
      const slot = { ...carrier, at: now(), movedThen: carrier.moved() };
      taken.add(slot);
      perLink.set(link, own + 1);
      inAll += 1;
      return () => {
        taken.delete(slot);
        inAll -= 1;
        const left = (perLink.get(link) ?? 1) - 1;
        if (left === 0) perLink.delete(link);
        else perLink.set(link, left);
      };
    },
    /** Runs `work` alone for this upload, after stopping who is at it. */
    async alone<T>(upload: Upload, stop: () => void, work: () => Promise<T>): Promise<T> {
      const key = uploadName(upload);
      for (let other = uploads.get(key); other; other = uploads.get(key)) {
        other.stop();
        await other.stopped;
      }
      const working = work().finally(() => uploads.delete(key));
      uploads.set(key, { stop, stopped: Promise.allSettled([working]) });
      return working;
    },
  };
}
export type Slots = ReturnType<typeof openSlots>;
