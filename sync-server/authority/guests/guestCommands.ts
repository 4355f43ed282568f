/** The commands about guests: who there is and until when, for how long one may stay, another last day or sponsor, the end. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import type { GuestCause } from '../../../shared/wire/guests.ts';
import { findPerson, findPost } from '../acts.ts';
import type { Authority } from '../authority.ts';
import type { Given, OptionSpec } from '../cli/commandLine.ts';
import type { Answer } from '../cli/onAuthority.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import type { CommandCause } from '../cli/sentences.ts';
import { isLetIn, isSponsored } from './ending.ts';
import { GUEST_DAYS, changeSponsor, endGuest, extend, guestDays, setGuestDays } from './guests.ts';
import { countOf } from '../../../shared/status/format.ts';

const GUEST: OptionSpec = { flags: '--guest <person>', says: 'id, or exact name', required: true };

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 1 || value > 366)
    throw new InvalidArgumentError('Days are a number from 1 to 366.');
  return value;
}
function day(text: string): string {
  if (dayNumber(text) === null) throw new InvalidArgumentError('A day is written YYYY-MM-DD.');
  return text;
}

export function addGuestCommands(program: Command): void {
  const group = program.command('guest').description('people of organisations outside, let in for a time');
  onAuthority(group, 'list', 'show every guest: from where, until when, and who answers for them', [], list);
  onAuthority(
    group,
    'policy',
    'say for how many days a guest may be let in at a time',
    [{ flags: '--days <number>', says: `from 1 to 366 (${GUEST_DAYS} until it is said)`, number: days }],
    async (authority, given) => {
      const wanted = given.number('days', guestDays(authority));
      setGuestDays(authority, wanted);
      return said({ days: wanted }, `A guest may be let in for ${countOf(wanted, 'day', 'days')} at a time.`);
    },
  );
  onAuthority(
    group,
    'extend',
    'give a guest another last day',
    [GUEST, { flags: '--until <day>', says: 'the last day', required: true }],
    async (authority, given) => {
      const until = day(given.text('until'));
      return done(authority, given, (guest) => extend(authority, null, guest, until), `Their last day is ${until}.`);
    },
  );
  onAuthority(group, 'end', 'end a guest’s access now, for good', [GUEST], (authority, given) =>
    done(authority, given, (guest) => endGuest(authority, null, guest), 'Their access has ended.'),
  );
  onAuthority(
    group,
    'sponsor',
    'name who answers for a guest from now on',
    [
      GUEST,
      { flags: '--person <person>', says: 'one of your own people: id, or exact name', required: true },
      { flags: '--post <post>', says: 'a post that they hold: id, or exact title', required: true },
    ],
    sponsor,
  );
}

async function list(authority: Authority): Promise<Answer> {
  const state = await authority.directory.state();
  const rows = [...state.guests.values()]
    .map((guest) => ({
      id: guest.person,
      name: state.people.get(guest.person)?.name ?? '',
      from: guest.from,
      until: guest.until,
      sponsor: state.people.get(guest.sponsor)?.name ?? '',
      isIn: isLetIn(state, guest),
      isSponsored: isSponsored(state, guest),
    }))
    .toSorted((a, b) => Number(b.isIn) - Number(a.isIn) || (a.until < b.until ? -1 : 1));
  const lines = rows.map(({ name, from, until, sponsor: who, isIn, isSponsored: has }) => {
    const end = isIn ? `last day ${until}` : 'ended';
    return `${name}, ${from}: ${end}; sponsor ${who}${has || !isIn ? '' : ', who has left the post'}`;
  });
  return said(rows, lines.length === 0 ? 'There are no guests.' : lines.join('\n'));
}

const inCommands = (cause: GuestCause): CommandCause => (cause === 'too long' ? 'too late' : 'no guest');

async function guestOf(authority: Authority, given: Given): Promise<Result<PersonId, CommandCause>> {
  const state = await authority.directory.state();
  const found = findPerson(state, given.text('guest'));
  if (!found.ok) return found;
  return state.guests.has(found.value) ? found : fail('no guest');
}

async function done(
  authority: Authority,
  given: Given,
  act: (guest: PersonId) => Promise<Result<null, GuestCause>>,
  words: string,
): Promise<Answer> {
  const guest = await guestOf(authority, given);
  if (!guest.ok) return guest;
  const outcome = await act(guest.value);
  return outcome.ok ? said({ id: guest.value }, words) : fail(inCommands(outcome.cause));
}

async function sponsor(authority: Authority, given: Given): Promise<Answer> {
  const state = await authority.directory.state();
  const person = findPerson(state, given.text('person'));
  const seat = findPost(state, given.text('post'));
  if (!person.ok) return person;
  if (!seat.ok) return seat;
  const to = { sponsor: person.value, seat: seat.value };
  const guest = await guestOf(authority, given);
  if (!guest.ok) return guest;
  const outcome = await changeSponsor(authority, null, { guest: guest.value, ...to });
  if (outcome.ok) return said({ id: guest.value }, 'They answer for the guest from now on.');
  return fail(state.holds.get(to.sponsor)?.has(to.seat) === true ? inCommands(outcome.cause) : 'no sponsor');
}
