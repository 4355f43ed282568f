/**
 * What may be done in the console. Each act names who may do it, says on a page of its own what will happen, and is done
 * only from there; whoever does it is put down with it, signed. What an act needs of the relay it writes into the data
 * folder, as the commands do, and the relay heeds it within a second.
 */
import { fail, ok } from '../../../shared/primitives/result.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import { LOG_LEVELS } from '../../common/log.ts';
import { NO_SIZE, readSize } from '../../common/options.ts';
import { resume, suspend } from '../decisions/computers.ts';
import { setLogLevel } from '../decisions/logLevel.ts';
import { MEASURE_NAMES, readMeasure, setQuota } from '../decisions/quotas.ts';
import { MEASURES } from '../limits/measures.ts';
import { hold } from '../decisions/retention.ts';
import { bytes, time } from '../observe/words.ts';
import { LONGEST_SUSPENSION } from '../store/rules.ts';
import type { ConsoleRole } from './accounts.ts';
import type { ConsoleAct } from './act.ts';
import type { JobName } from './jobs.ts';
import { TWO_PEOPLE } from './twoPeople.ts';

const OPERATOR: readonly ConsoleRole[] = ['operator'];
const EVERYBODY: readonly ConsoleRole[] = ['operator', 'auditor'];
const UNKNOWN_ORG = 'No such organisation is admitted here.';

const job = (name: JobName, says: string): ConsoleAct['run'] => {
  return ({ begin, hasCopies }) => {
    if (name !== 'verify records' && !hasCopies)
      return fail('backup.folder is not set: say in the settings where copies go, and start the relay anew.');
    return begin(name)
      ? ok({ act: null, detail: {}, says })
      : fail('Something is under way already. Wait until it has ended.');
  };
};

export const ACTS: Readonly<Record<string, ConsoleAct>> = {
  suspend: {
    title: 'Keep a computer out',
    roles: OPERATOR,
    page: '/computers',
    says: () => [
      'Its link ends within a second, and it is let in no more until the time is over. What is on it stays on it.',
      'For good, only its authority can keep it out: it revokes it.',
    ],
    button: 'Keep it out',
    fields: [{ name: 'hours', label: `Hours, 1 to ${LONGEST_SUSPENSION / HOUR}`, usual: '24' }],
    run({ db, directories, now }, device, { hours = '' }) {
      const done = suspend(db, directories, device, /^\d{1,3}$/.test(hours) ? Number(hours) : 0, now);
      if (done.ok)
        return ok({
          act: 'device suspend',
          detail: { device, until: done.value.until },
          says: `Kept out until ${time(done.value.until)}.`,
        });
      return fail(
        done.cause === 'too long'
          ? `Hours are a whole number from 1 to ${LONGEST_SUSPENSION / HOUR}.`
          : 'No such computer is known here.',
      );
    },
  },
  resume: {
    title: 'Let a computer in again',
    roles: OPERATOR,
    page: '/computers',
    says: () => ['It may link again at once.'],
    button: 'Let it in',
    run: ({ db }, device) =>
      resume(db, device)
        ? ok({ act: 'device resume', detail: { device }, says: 'It is let in again.' })
        : fail('It was not kept out.'),
  },
  quota: {
    title: 'Change a quota',
    roles: OPERATOR,
    page: '/organisations',
    says: () => [
      'It is what this organisation may keep in one intake of another, in one area of a case, or in all (total). In force within a second; what is there stays.',
    ],
    button: 'Change it',
    fields: [
      { name: 'measure', label: 'Of', choices: MEASURES, usual: 'intake' },
      { name: 'size', label: 'Size, as 400GiB; or default', usual: 'default' },
    ],
    run({ db }, org, { measure: named = '', size = '' }) {
      const of = readMeasure(named === '' ? 'intake' : named);
      if (of === null) return fail('It is intake, area or total.');
      const wanted = size.trim() === 'default' ? null : readSize(size);
      if (wanted === null && size.trim() !== 'default') return fail(NO_SIZE);
      if (!setQuota(db, org, of, wanted)) return fail(UNKNOWN_ORG);
      return ok({
        act: 'quota set',
        detail: { org, of, bytes: wanted },
        says:
          wanted === null
            ? `Its quota in ${MEASURE_NAMES[of]} is the setting again.`
            : `Its quota in ${MEASURE_NAMES[of]} is ${bytes(wanted)}.`,
      });
    },
  },
  hold: {
    title: 'Hold what an organisation has here',
    roles: OPERATOR,
    page: '/retention',
    says: () => ['Nothing of it is dropped by an administrator until two people release it.'],
    button: 'Hold it',
    run: ({ db, by, now }, org) =>
      hold(db, org, by, now)
        ? ok({ act: 'retention hold', detail: { org }, says: 'It is held.' })
        : fail('It is held already, or no such organisation is admitted here.'),
  },
  ...TWO_PEOPLE,
  copy: {
    title: 'Make a copy',
    roles: OPERATOR,
    page: '/backups',
    says: () => [
      'A copy of everything that this relay keeps is made in backup.folder, while it runs. Only what no earlier copy there has is copied.',
      'Copies beyond backup.keep are removed.',
    ],
    button: 'Make it',
    run: job('make copy', 'The copy is under way.'),
  },
  'verify-copy': {
    title: 'Look the newest copy over',
    roles: EVERYBODY,
    page: '/backups',
    says: () => ['Its database and every chunk are read and hashed. That takes as long as reading all of it does.'],
    button: 'Look it over',
    run: job('verify copy', 'Looking it over is under way.'),
  },
  'verify-records': {
    title: 'Verify the records',
    roles: EVERYBODY,
    page: '/audit',
    says: () => ['Every order is computed anew, and every act of an administrator checked. Nothing is changed.'],
    button: 'Verify',
    run: job('verify records', 'Verifying is under way.'),
  },
  log: {
    title: 'Change how much is logged',
    roles: OPERATOR,
    page: '/log',
    says: () => [
      'In force within a second, until the relay ends; then the setting counts again. No case data at any level.',
    ],
    button: 'Change it',
    fields: [{ name: 'level', label: 'Level', choices: LOG_LEVELS, usual: 'info' }],
    run({ db }, _subject, { level = '' }) {
      const found = LOG_LEVELS.find((one) => one === level);
      if (found === undefined) return fail(`It is one of ${LOG_LEVELS.join(', ')}.`);
      setLogLevel(db, found);
      return ok({ act: 'log level', detail: { level: found }, says: `The log is at ${found}.` });
    },
  },
};
