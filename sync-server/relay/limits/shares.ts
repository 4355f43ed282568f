/**
 * What one device and one organisation may take of the relay, so that nobody is served less because somebody else wants too
 * much: links, the rate of entries, uploads begun and not ended, and bytes that wait for a verdict.
 */
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { DeviceLink, Links } from '../links/links.ts';
import type { Pace } from './pace.ts';
import { openPace } from './pace.ts';

export interface Shares {
  /** Links of one organisation. */
  readonly links: number;
  /** Entries a second, of one device and of all devices of one organisation. */
  readonly deviceRate: number;
  readonly orgRate: number;
  /** Uploads of one organisation that were begun and not ended. */
  readonly halfUploads: number;
}

export const USUAL_SHARES: Shares = { links: 10_000, deviceRate: 2000, orgRate: 20_000, halfUploads: 10_000 };

/** What a link sent on which there is no verdict yet. */
export interface Unjudged {
  unjudged: ByteCount;
  unjudgedEntries: number;
}

/** Links of one device: one is its own, others are old ones whose end nobody has noticed. */
const PER_DEVICE = 4;
/** How many seconds' worth may come at once after a rest. */
const BURST = 4;
/** Past so many bytes a link's next message waits for verdicts. */
const UNJUDGED: ByteCount = 8 * MiB;
/** The same, of all links: past that, links are read one entry at a time. */
const UNJUDGED_IN_ALL: ByteCount = 128 * MiB;
/** Entries that wait for a verdict, past which the links that have them share so many: some 20 ms of judging on an idle machine. */
const WAITING_IN_ALL = 128;
/** However many links there are, so many of each may wait. */
const WAITING_OF_EACH = 4;
/** Bytes that were read ahead, of all links, past which each is read one frame at a time. */
const AHEAD_IN_ALL = 64 * MiB;
/** Links are not ended faster than this: what is left may be little enough. */
const SHED_EVERY = 100;
const PACES = 10_000;

export function openShares(links: Links, shares: Shares) {
  const paces = new Map<DeviceId | OrgId, Pace>();
  let unjudged: ByteCount = 0;
  let waiting = 0;
  let linksThatWait = 0;
  let ahead: ByteCount = 0;
  let shedAt: Millis | null = null;
  const isOverloaded = (): boolean => waiting >= WAITING_IN_ALL / 2 || ahead > AHEAD_IN_ALL;

  function paceOf(id: DeviceId | OrgId, rate: number, now: Millis): Pace {
    const there = paces.get(id);
    if (there) return there;
    if (paces.size >= PACES) for (const [other, pace] of paces) if (pace.isIdle(now)) paces.delete(other);
    const made = openPace(rate, rate * BURST);
    paces.set(id, made);
    return made;
  }

  return {
    /** Whether one more link of this organisation may open; links of the device beyond its share end, the oldest first. */
    admit(org: OrgId, device: DeviceId): boolean {
      const all = links.of(org);
      const own = all.filter((link) => link.device === device);
      for (const link of own.slice(0, Math.max(0, own.length - PER_DEVICE + 1))) link.refuse('busy');
      return all.length - own.length < shares.links;
    },
    /** How long the next message of a link waits, this entry having come. */
    pace({ org, device }: Pick<DeviceLink, 'org' | 'device'>, now: Millis): Millis {
      return Math.max(paceOf(device, shares.deviceRate, now).take(now), paceOf(org, shares.orgRate, now).take(now));
    },
    mayBegin: (halfUploads: number): boolean => halfUploads < shares.halfUploads,
    unjudged: {
      begin(link: Unjudged, bytes: ByteCount): void {
        if (link.unjudgedEntries === 0) linksThatWait += 1;
        link.unjudgedEntries += 1;
        link.unjudged += bytes;
        waiting += 1;
        unjudged += bytes;
      },
      end(link: Unjudged, bytes: ByteCount): void {
        link.unjudgedEntries -= 1;
        link.unjudged -= bytes;
        if (link.unjudgedEntries === 0) linksThatWait -= 1;
        waiting -= 1;
        unjudged -= bytes;
      },
      /** The link has its part of what may wait: its next message is read after a verdict, so that others' are not late for it. */
      isMuch: (link: Unjudged): boolean =>
        link.unjudged > UNJUDGED ||
        unjudged > UNJUDGED_IN_ALL ||
        link.unjudgedEntries >= Math.max(WAITING_OF_EACH, Math.floor(WAITING_IN_ALL / linksThatWait)),
    },
    /** More comes than is judged. */
    isOverloaded,
    /** Whether a link that sends on, with as much read ahead of it as may be, is to be ended: one after the other, until it is not too much. */
    mayShed(now: Millis): boolean {
      if (!isOverloaded() || (shedAt !== null && Math.abs(now - shedAt) < SHED_EVERY)) return false;
      shedAt = now;
      return true;
    },
    ahead: {
      add: (bytes: ByteCount): void => void (ahead += bytes),
      isMuch: (): boolean => ahead > AHEAD_IN_ALL,
    },
  };
}
export type OpenShares = ReturnType<typeof openShares>;
