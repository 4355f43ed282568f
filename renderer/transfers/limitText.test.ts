import { expect, it } from 'vitest';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import { limitText } from './limitText.ts';

const office = { from: 8 * 60, to: 18 * 60 + 30 };

it.each([
  [{ rate: 0, hours: null }, ''],
  [{ rate: 512 * KiB, hours: null }, 'At most 512 KB/s'],
  [{ rate: 512 * KiB, hours: { ...office, rate: MiB } }, 'At most 512 KB/s. 08:00 to 18:30: 1.0 MB/s'],
  [{ rate: 0, hours: { ...office, rate: 5 * MiB } }, '08:00 to 18:30: 5.0 MB/s'],
  [{ rate: MiB, hours: { ...office, rate: 0 } }, 'At most 1.0 MB/s. 08:00 to 18:30: no limit'],
])('%o: %s', (limits, words) => expect(limitText(limits)).toBe(words));
