/** The operating system's word on sleep and idleness, as `idle.ts` needs it. */
import { powerMonitor } from 'electron';
import type { Power } from './idle.ts';

export const power: Power = {
  getSystemIdleTime: () => powerMonitor.getSystemIdleTime(),
  onSleep: (slept) => {
    powerMonitor.on('suspend', slept);
    powerMonitor.on('lock-screen', slept);
  },
};
