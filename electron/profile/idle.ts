/**
 * When nobody is there: no input anywhere on the computer, and none in our windows (a remote desktop or an aid for hands
 * may not count as the computer's), for as long as the limit; or it sleeps; or its screen is locked. Pure.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../shared/primitives/units.ts';

const USUAL: Millis = 10 * MINUTE;
const LOOK_EVERY: Millis = 15 * SECOND;

/** `JOINDER_IDLE_MINUTES`: an administrator's setting, 1 to 120; anything else is the usual 10. */
export function idleLimit(setting: string | undefined): Millis {
  const minutes = Number(setting);
  return setting !== undefined && minutes >= 1 && minutes <= 120 ? minutes * MINUTE : USUAL;
}

export interface Attention {
  /** Input in a window of ours. */
  touched(): void;
  /** Whether the computer and our windows have been left alone for the limit. */
  isAway(systemIdle: Millis): boolean;
}

export function attention(limit: Millis, now: () => Millis): Attention {
  let last = now();
  return {
    touched: () => {
      last = now();
    },
    isAway: (systemIdle) => systemIdle >= limit && now() - last >= limit,
  };
}

/** The part of `powerMonitor` in use. */
export interface Power {
  getSystemIdleTime(): number;
  onSleep(slept: () => void): void;
}

export function lockWhenAway(power: Power, watch: Attention, lock: (why: 'idle' | 'sleep') => void): void {
  power.onSleep(() => lock('sleep'));
  setInterval(() => {
    if (watch.isAway(power.getSystemIdleTime() * SECOND)) lock('idle');
  }, LOOK_EVERY).unref();
}
