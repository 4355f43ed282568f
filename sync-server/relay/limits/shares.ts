/**
 * What one device and one organisation may take of the relay, so that nobody is served less because somebody else wants too
 * much: links, the rate of entries, uploads begun and not ended, and bytes that wait for a verdict.
 */
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { DeviceLink, Links } from '../links.ts';
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

/** Links of one device: one is its own, others are old ones whose end nobody has noticed. */
const PER_DEVICE = 4;
/** How many seconds' worth may come at once after a rest. */
const BURST = 4;
/** Entries that wait for a verdict, in all: past that, links are read one entry at a time. */
const UNJUDGED_IN_ALL: ByteCount = 128 * MiB;
const PACES = 10_000;

export function openShares(links: Links, shares: Shares) {
  const paces = new Map<DeviceId | OrgId, Pace>();
  let unjudged: ByteCount = 0;

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
      add: (bytes: ByteCount): void => void (unjudged += bytes),
      /** So many wait that a link's next message is read only after its own verdict. */
      isMuch: (): boolean => unjudged > UNJUDGED_IN_ALL,
    },
  };
}
export type OpenShares = ReturnType<typeof openShares>;
