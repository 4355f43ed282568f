/** What transfers may take, in a few words. Pure. */
import type { Limits } from '../../shared/ipc/limits.ts';
import { rateText } from '../ui/format.ts';

export const rateWords = (rate: number): string => (rate === 0 ? 'No limit' : rateText(rate));

/** A minute of the day as `08:00`. */
export const timeText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Which rate is in force, and which at other hours; nothing where there is no limit. */
export function limitText({ rate, hours }: Pick<Limits, 'rate' | 'hours'>): string {
  const usual = rate > 0 ? [`At most ${rateText(rate)}`] : [];
  const other = hours
    ? [`${timeText(hours.from)} to ${timeText(hours.to)}: ${hours.rate > 0 ? rateText(hours.rate) : 'no limit'}`]
    : [];
  return [...usual, ...other].join('. ');
}
