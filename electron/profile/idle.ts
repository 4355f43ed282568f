/**
 * Locks an open profile when nobody is there: after idle time, when the computer sleeps, when its screen is locked.
 */
import { powerMonitor } from 'electron';
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../shared/primitives/units.ts';
import type { LockWhy } from './profile.ts';

const USUAL: Millis = 10 * MINUTE;

/** `JOINDER_IDLE_MINUTES`: an administrator's setting, 1 to 120; anything else is the usual 10. */
export function idleLimit(setting: string | undefined): Millis {
  const minutes = Number(setting);
  return setting !== undefined && minutes >= 1 && minutes <= 120 ? minutes * MINUTE : USUAL;
}

export function lockWhenAway(limit: Millis, lock: (why: LockWhy) => void): void {
  powerMonitor.on('suspend', () => lock('sleep'));
  powerMonitor.on('lock-screen', () => lock('sleep'));
  setInterval(() => {
    if (powerMonitor.getSystemIdleTime() * SECOND >= limit) lock('idle');
  }, 15 * SECOND).unref();
}
