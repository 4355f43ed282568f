/**
 * What an administrator of the organisation does from the application: whoever holds a post with the role administrator, by
 * the directory as it stands now. The same acts as the commands, with the same checks, each on record with who did it. Promises
 * that nobody changes their own access here, and that an act which is repeated on its way is not done twice.
 */
import type { DeviceId, PersonId, SeatId } from '../../shared/primitives/ids.ts';
import { assertNever } from '../../shared/primitives/result.ts';
import type { Result } from '../../shared/primitives/result.ts';
import type { DirectoryState } from '../../shared/seal/directory/directory.ts';
import { rolesOf, seatsOf } from '../../shared/seal/directory/directory.ts';
import type { AdminAct, AdminAnswer, AdminCause } from '../../shared/wire/administer.ts';
import { addPerson, addPost, giveAttributes, giveRoles } from './acts.ts';
import type { ActCause } from './acts.ts';
import type { Authority } from './authority.ts';
import { DEFAULT_DAYS, issueCode } from './enrol/codes.ts';
import { accessOf } from './people/access.ts';
import { endAccess, letInAgain } from './people/ending.ts';
import { givePost, previewMove, takePost } from './people/byHand.ts';
import { endOfGiven } from './people/givenEnd.ts';
import { endPost, renamePost } from './people/posts.ts';
import { today } from './people/reconcile.ts';
import { endHold, holdLeaver, leavers } from './people/retention.ts';
import { formatDay } from '../../shared/status/format.ts';
import { postText } from '../../shared/seal/directory/postText.ts';

interface Asker {
  readonly person: PersonId;
  readonly device: DeviceId;
}

const declined = (cause: AdminCause): AdminAnswer => ({ is: 'declined', cause });
/** What brought it about, on the record of people. */
const BY_HAND = 'an administrator';
const DONE: AdminAnswer = { is: 'done' };
const READS: ReadonlySet<AdminAct['is']> = new Set<AdminAct['is']>(['about', 'preview', 'record', 'leavers']);

export async function administer(authority: Authority, asker: Asker, id: string, act: AdminAct): Promise<AdminAnswer> {
  const { directory, store, platform } = authority;
  const state = await directory.state();
  if (!rolesOf(state, asker.device).includes('administrator')) return declined('not yours');
  if (READS.has(act.is)) return doAct(authority, state, act);
  if ('person' in act && act.person === asker.person) return declined('own access');
  if ('seat' in act && !('person' in act) && seatsOf(state, asker.device).has(act.seat)) return declined('own access');
  const before = store.admin.act(id);
  if (before !== null && before.device !== asker.device) return declined('malformed');
  if (before?.answer) return JSON.parse(before.answer) as AdminAnswer; // written here
  store.admin.begin({ id, time: platform.now(), ...asker, act: JSON.stringify(act) });
  const answer = await doAct(authority, state, act);
  // A code is a secret: on record is that there was one.
  store.admin.end(id, JSON.stringify(answer.is === 'code' ? declined('not known') : answer));
  return answer;
}

function doAct(authority: Authority, state: DirectoryState, act: AdminAct): Promise<AdminAnswer> {
  switch (act.is) {
    case 'about':
      return Promise.resolve(about(authority, state, act.person));
    case 'preview':
      return preview(authority, act);
    case 'record':
      return Promise.resolve(record(authority));
    case 'leavers':
      return kept(authority);
    case 'hold':
      return done(holdLeaver(authority, act.person, act.reason, BY_HAND));
    case 'end hold':
      return done(endHold(authority, act.person, BY_HAND));
    case 'add person':
      return done(addPerson(authority, act.name, act.seats));
    case 'give post':
      return done(givePost(authority, act.person, act.seat, { from: act.from, until: act.until }, act.owner ?? null));
    case 'take post':
      return done(takePost(authority, act.person, act.seat));
    case 'attributes':
      return done(giveAttributes(authority, act.person, act.has));
    case 'add post':
      return done(addPost(authority, act.title, act.unit, act.roles));
    case 'roles':
      return done(giveRoles(authority, act.seat, act.roles));
    case 'rename post':
      return done(renamePost(authority, act.seat, act.title, act.unit));
    case 'end post':
      return done(endPost(authority, act.seat));
    case 'code':
      return code(authority, act.person);
    case 'end':
      return done(endAccess(authority, act.person, BY_HAND));
    case 'let in':
      return done(letInAgain(authority, act.person, BY_HAND));
    default:
      return assertNever(act);
  }
}

async function done(doing: Promise<Result<unknown, ActCause>>): Promise<AdminAnswer> {
  const outcome = await doing;
  if (outcome.ok) return DONE;
  if (outcome.cause === 'ended by hand') return declined('not in');
  if (outcome.cause === 'post from elsewhere') return declined('from elsewhere');
  const isMalformed = ['bad name', 'unknown role', 'personal grant'].includes(outcome.cause);
  return declined(isMalformed ? 'malformed' : 'not known');
}

const UNNAMED = 'Known by an administrator’s hand alone.';
/** What the sources say, in sentences, and which post comes from where. Addresses and attributes of the provider stay here. */
function about(authority: Authority, state: DirectoryState, person: PersonId): AdminAnswer {
  if (!state.people.has(person)) return declined('not known');
  const facts = authority.people.person(person)?.facts;
  if (facts === undefined) {
    const seats = [...(state.holds.get(person) ?? [])];
    const posts = seats.map((seat) => ({ seat, from: null, until: null, by: 'given by hand' }));
    return { is: 'about', sources: [UNNAMED], posts, ended: null };
  }
  const { hr, account, staffNumber } = facts;
  const day = today(authority);
  const access = accessOf(person, facts, day, authority.people.groups(), authority.people.baselines());
  const sources = [
    ...(hr === null
      ? []
      : [
          `Personnel: ${staffNumber === null ? 'no staff number' : `staff number ${staffNumber}`}${hr.from === null ? '' : `, from ${formatDay(hr.from)}`}${hr.until === null ? '' : `, last day ${formatDay(hr.until)}`}.`,
          ...hr.postings
            .filter(({ from }) => from !== null && from > day)
            .map((posting) => `Coming: ${postText(posting)}, from ${formatDay(posting.from ?? day)}.`),
        ]),
    ...(account === null ? [] : [`Identity provider: account ${account.state}.`]),
    ...(facts.ended === null ? [] : [`Access was ended by an administrator on ${formatDay(facts.ended)}.`]),
    ...(access.isIn || facts.ended !== null ? [] : ['Not in the organisation today.']),
  ];
  const given = facts.given.map((one) => ({
    seat: one.seat as SeatId,
    from: one.from,
    until: endOfGiven(one, facts, day),
    by: one.owner === null ? 'given by hand' : 'personal grant',
  }));
  return {
    is: 'about',
    sources: sources.length > 0 ? sources : [UNNAMED],
    posts: given,
    ended: facts.ended,
  };
}

async function preview(
  authority: Authority,
  { person, title, unit }: Extract<AdminAct, { is: 'preview' }>,
): Promise<AdminAnswer> {
  const found = await previewMove(authority, person, { title, unit });
  return found.ok
    ? { is: 'preview', loses: [...found.value.loses], gains: [...found.value.gains], renew: [...found.value.renew] }
    : declined('not known');
}

/** The newest that one answer holds. */
const MOST = 300;
const record = ({ people }: Authority): AdminAnswer => ({
  is: 'record',
  rows: people.record().slice(-MOST).toReversed(),
});

/** Those that are deleted first, first. */
const kept = async (authority: Authority): Promise<AdminAnswer> => ({
  is: 'leavers',
  rows: (await leavers(authority)).slice(0, MOST),
});

async function code(authority: Authority, person: PersonId): Promise<AdminAnswer> {
  const issued = await issueCode(authority, person, DEFAULT_DAYS);
  if (issued.ok) return { is: 'code', code: issued.value.code, expires: issued.value.expires };
  return declined(issued.cause === 'not in' ? 'not in' : 'not known');
}
