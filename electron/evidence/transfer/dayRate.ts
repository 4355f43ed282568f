/** Owns which limit on bytes a second holds now: it may differ by the time of the day, and is set again when that changes. */
import type { TransferSetting } from '../../../shared/ipc/evidence.ts';
import { rateAt, untilNextRate } from '../../../shared/ipc/limits.ts';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import type { Bandwidth } from './bandwidth.ts';

export interface DayRate {
  keep(setting: Pick<TransferSetting, 'maxRate' | 'hours'>): void;
  stop(): void;
}

export function keepDayRate(bandwidth: Bandwidth, now: () => number): DayRate {
  let timer: NodeJS.Timeout | undefined;
  const dayRate: DayRate = {
    keep: (setting) => {
      clearTimeout(timer);
      const limits = { rate: setting.maxRate, hours: setting.hours ?? null };
      const clock = new Date(now());
      const minute = clock.getHours() * 60 + clock.getMinutes();
      bandwidth.setLimit(rateAt(limits, minute));
      const left = untilNextRate(limits, minute * MINUTE + clock.getSeconds() * SECOND);
      // Looked at each minute, since a computer may sleep, or its clock be set, meanwhile.
      if (left !== null) timer = setTimeout(() => dayRate.keep(setting), Math.min(left, MINUTE)).unref();
    },
    stop: () => clearTimeout(timer),
  };
  return dayRate;
}
