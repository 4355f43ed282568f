/**
 * The clock of the servers: the machine's own, or, for tests, one that a file shifts (`JOINDER_TEST_CLOCK`). A server in
 * service (`NODE_ENV=production`) takes no such file. Promises that whoever starts one with a test's clock is told so.
 */
import { readFileSync } from 'node:fs';
import { TEST_CLOCK, shiftedClock } from '../../shared/primitives/testClock.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { sayToPeople } from './output.ts';

/** The time for a process with this environment. */
export function clockFor(env: Readonly<Record<string, string | undefined>>): () => Millis {
  const file = env[TEST_CLOCK];
  if (file === undefined || file === '' || env['NODE_ENV'] === 'production') return Date.now;
  sayToPeople(`The time is set by a test (${TEST_CLOCK}): dates and deadlines of this process mean nothing.`);
  return shiftedClock(Date.now, () => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return ''; // not set yet
    }
  }).now;
}
