/**
 * Begins the console's thread beside the relay, and begins it again, after a growing pause, should it end by a fault: a
 * relay never ends because its console did.
 */
import { Worker } from 'node:worker_threads';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import type { Log } from '../../common/log.ts';
import { LOG_LEVELS } from '../../common/log.ts';
import type { ConsoleListener } from './listen.ts';
import type { ConsoleBegun, ConsoleCause, ConsoleSaid, ConsoleSettings } from './settings.ts';

const LONGEST_PAUSE: Millis = MINUTE;

export async function beginConsole(
  dir: string,
  settings: ConsoleSettings,
  log: Log,
): Promise<Result<ConsoleListener, ConsoleCause>> {
  let ending = false;
  let worker: Worker | null = null;
  let faults = 0;
  let again: NodeJS.Timeout | null = null;
  let { port } = settings;

  function begin(): Promise<ConsoleSaid | null> {
    const level = LOG_LEVELS.find((one) => one === log.level) ?? 'silent';
    const mine = new Worker(new URL('./console.thread.ts', import.meta.url), {
      workerData: { ...settings, port, dir, level } satisfies ConsoleBegun,
    });
    worker = mine;
    return new Promise((resolve) => {
      mine.once('message', (said: ConsoleSaid) => {
        if ('url' in said) port = Number(new URL(said.url).port); // begun again, it is where it was
        resolve(said);
      });
      mine.once('error', (error: Error) => log.error({ error: error.message }, 'the console ended by a fault'));
      mine.once('exit', () => {
        worker = null;
        resolve(null);
        if (!ending) beginLater();
      });
    });
  }

  function beginLater(): void {
    faults += 1;
    again = setTimeout(() => void begin(), Math.min(LONGEST_PAUSE, SECOND * 2 ** Math.min(10, faults - 1)));
    again.unref();
  }

  const said = await begin();
  if (said !== null && 'cause' in said) {
    ending = true;
    await (worker as Worker | null)?.terminate();
    return fail(said.cause);
  }
  return ok({
    url: said?.url ?? '',
    async close() {
      ending = true;
      if (again !== null) clearTimeout(again);
      const mine = worker;
      if (mine === null) return;
      const ended = new Promise((resolve) => mine.once('exit', resolve));
      mine.postMessage('end');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2 * SECOND).unref())]);
      await mine.terminate();
    },
  });
}
