/** The commands about leavers: of whom something is still kept, until when, what holds it, and deleting what is due. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { readName } from '../acts.ts';
import type { Authority } from '../authority.ts';
import type { OptionSpec } from '../cli/commandLine.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { USUAL_DAYS, deleteDue, endHold, holdLeaver, leavers } from './retention.ts';
import { today } from './reconcile.ts';
import { countOf } from '../../../shared/status/format.ts';

const PERSON: OptionSpec = { flags: '--person <person>', says: 'id, or exact name', required: true };

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < 1 || value > 3650)
    throw new InvalidArgumentError('Days are a number from 1 to 3650.');
  return value;
}

/** Computers that were shut out, and since when their copies are deleted, as they said. */
function computersOf({ store }: Authority, { known, devices }: DirectoryState, person: PersonId) {
  return [...known.values()]
    .filter((one) => one.person === person && !devices.has(one.device))
    .map(({ device, name }) => ({ device, name, deleted: store.devices.erasure(device)?.deleted ?? null }));
}

export function addRetentionCommands(program: Command): void {
  const group = program.command('leavers').description('what is kept of people who have left');
  onAuthority(group, 'list', 'say of whom something is kept, and when it is deleted', [], async (authority) => {
    const state = await authority.directory.state();
    const all = (await leavers(authority)).map((one) => ({
      ...one,
      computers: computersOf(authority, state, one.person),
    }));
    const lines = all.map(({ name, left, deleted, hold, computers }) => {
      const holding = computers.filter((one) => one.deleted === null).map((one) => one.name);
      const copies = holding.length === 0 ? '' : `; copies on ${holding.join(', ')}`;
      return `${name} left on ${left}: ${hold === null ? `deleted on ${deleted}` : `held, ${hold}`}${copies}`;
    });
    return said(all, lines.length === 0 ? 'Nothing is kept of anybody who has left.' : lines.join('\n'));
  });
  onAuthority(
    group,
    'hold',
    'keep what is known of a leaver until the hold is ended',
    [PERSON, { flags: '--reason <text>', says: 'why', required: true }],
    async (authority, given) => {
      const reason = readName(given.text('reason'));
      if (!reason.ok) return reason;
      const done = await holdLeaver(authority, given.text('person'), reason.value);
      return done.ok ? said({ id: done.value }, 'Held: nothing known of this person is deleted.') : done;
    },
  );
  onAuthority(
    group,
    'end-hold',
    'let what is known of a leaver be deleted on its day',
    [PERSON],
    async (authority, given) => {
      const done = await endHold(authority, given.text('person'));
      return done.ok ? said({ id: done.value }, 'The hold is ended.') : done;
    },
  );
  onAuthority(
    group,
    'policy',
    'say after how many days what is known of a leaver is deleted',
    [{ flags: '--days <number>', says: `from 1 to 3650 (${USUAL_DAYS} until it is said)`, number: days }],
    async (authority, given) => {
      const { people } = authority;
      const wanted = given.number('days', people.daysKept() ?? USUAL_DAYS);
      people.change(() => people.keepDays(wanted));
      return said({ days: wanted }, `What is known of a leaver is deleted after ${countOf(wanted, 'day', 'days')}.`);
    },
  );
  onAuthority(
    group,
    'delete',
    'delete what is due today, which a running authority does by itself',
    [{ flags: '--dry-run', says: 'say of whom, and delete nothing' }],
    async (authority, given) => {
      const due = (await leavers(authority)).filter(
        ({ deleted, hold }) => hold === null && deleted <= today(authority),
      );
      const dry = given.has('dryRun');
      const count = dry ? due.length : deleteDue(authority, 'command');
      const names = due.map(({ name }) => `  ${name}`);
      const words = dry ? `Would be deleted: ${count}` : `Deleted: ${count}`;
      return said({ deleted: dry ? [] : due, due }, [words, ...names].join('\n'));
    },
  );
}
