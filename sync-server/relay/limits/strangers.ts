/**
 * Connections whose device has not proved itself: so many in all and from one address, past which more are turned away. And
 * failures to prove it: after a few from one address the answer comes later each time. Who proves it waits for nobody.
 * Bounded, however many addresses come. Pure but for what it keeps.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';

/** Connections that have not proved themselves, past which more are turned away. */
const STRANGERS = 1024;
/** The same, from one address: an office has one, and all of it comes back after a cut. */
const PER_ADDRESS = 512;
/** Failures of one address that cost nothing, within the time after which they are forgotten. */
const FREE = 5;
const FORGOTTEN: Millis = 5 * MINUTE;
/** Less than a handshake may take, so that the answer still comes. */
const LONGEST: Millis = 8 * SECOND;
const KEPT = 10_000;

export function openStrangers() {
  const here = new Map<string, number>();
  const failures = new Map<string, { readonly count: number; readonly last: Millis }>();
  let inAll = 0;

  return {
    /** To be called once it has proved itself or is gone; null: too many are there. */
    arrive(address: string): (() => void) | null {
      const count = here.get(address) ?? 0;
      if (inAll >= STRANGERS || count >= PER_ADDRESS) return null;
      here.set(address, count + 1);
      inAll += 1;
      let isGone = false;
      return () => {
        if (isGone) return;
        isGone = true;
        inAll -= 1;
        const left = (here.get(address) ?? 1) - 1;
        if (left === 0) here.delete(address);
        else here.set(address, left);
      };
    },
    /** Notes a failure; answers how long its word is kept back. */
    fail(address: string, now: Millis): Millis {
      const before = failures.get(address);
      const isRecent = before !== undefined && now - before.last < FORGOTTEN && now >= before.last;
      const count = (isRecent ? before.count : 0) + 1;
      failures.delete(address);
      failures.set(address, { count, last: now });
      const [oldest] = failures.keys();
      if (failures.size > KEPT && oldest !== undefined) failures.delete(oldest);
      return count <= FREE ? 0 : Math.min(LONGEST, 250 * 2 ** Math.min(10, count - FREE - 1));
    },
    count: (): number => inAll,
  };
}
