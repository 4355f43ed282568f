/**
 * Guests, as their sponsors ask for them: letting one in, another last day, ending, another sponsor, another code. Decided by
 * the directory as it stands; on record with who asked and why. Promises that no guest lets anybody in, that nobody stays longer
 * at a time than the policy says, and that an act which is repeated on its way is not done twice. What a guest sees of which
 * case is no matter of the authority's: whoever leads the case says that, in the access chain.
 */
import type { DeviceId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { addSpan, dayNumber } from '../../../shared/primitives/calendar.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import type { DirectoryState, Guest } from '../../../shared/seal/directory/directory.ts';
import type { GuestAct, GuestAnswer, GuestCause } from '../../../shared/wire/guests.ts';
import { readName } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { DEFAULT_DAYS, issueCode } from '../enrol/codes.ts';
import { today } from '../people/reconcile.ts';
import { endOf, isLetIn, isOverOn } from './ending.ts';

/** The longest that a guest is let in for at a time, where nobody has said. */
export const GUEST_DAYS = 90;
const POLICY = 'guest days';

export const guestDays = ({ people }: Authority): number => people.policy(POLICY) ?? GUEST_DAYS;
export const setGuestDays = ({ people }: Authority, days: number): void =>
  people.change(() => people.setPolicy(POLICY, days));

interface Asker {
  readonly person: PersonId;
  readonly device: DeviceId;
}
type Done<T = null> = Promise<Result<T, GuestCause>>;

const declined = (cause: GuestCause): GuestAnswer => ({ is: 'declined', cause });

export async function askAboutGuest(
  authority: Authority,
  asker: Asker,
  id: string,
  act: GuestAct,
): Promise<GuestAnswer> {
  const { store, platform, directory } = authority;
  if ((await directory.state()).guests.has(asker.person)) return declined('not yours');
  if (act.is === 'terms') return { is: 'terms', days: guestDays(authority) };
  const before = store.admin.act(id);
  if (before !== null && before.device !== asker.device) return declined('malformed');
  if (before?.answer) return again(authority, JSON.parse(before.answer) as GuestAnswer); // written here
  // Who they will be stands on record first: an act that was cut off in its midst makes no second guest when it comes again.
  const ids = before === null ? fresh(authority) : (JSON.parse(before.act) as GuestIds); // written here
  const kept = act.is === 'invite' ? { ...act, ...ids } : act;
  store.admin.begin({ id, time: platform.now(), ...asker, act: JSON.stringify({ ...kept, about: 'guest' }) });
  const answer = await doAct(authority, asker.person, act, ids);
  store.admin.end(id, JSON.stringify('code' in answer ? { ...answer, code: '' } : answer)); // a code is a secret
  return answer;
}

interface GuestIds {
  readonly person: PersonId;
  /** The post that is theirs; `seat` is the asker's. */
  readonly own: SeatId;
}
const fresh = ({ platform }: Authority): GuestIds => ({
  person: newId<PersonId>(platform),
  own: newId<SeatId>(platform),
});

/** What was answered, with another code where one was lost on its way. */
async function again(authority: Authority, answer: GuestAnswer): Promise<GuestAnswer> {
  return answer.is === 'invited' ? withCode(authority, answer.person, answer.seat) : answer;
}

async function doAct(
  authority: Authority,
  asker: PersonId,
  act: Exclude<GuestAct, { is: 'terms' }>,
  ids: GuestIds,
): Promise<GuestAnswer> {
  switch (act.is) {
    case 'invite': {
      const made = await invite(authority, asker, act, ids);
      return made.ok ? withCode(authority, made.value.person, made.value.seat) : declined(made.cause);
    }
    case 'extend':
      return said(extend(authority, asker, act.guest, act.until));
    case 'end':
      return said(endGuest(authority, asker, act.guest));
    case 'sponsor':
      return said(changeSponsor(authority, asker, act));
    case 'code':
      return code(authority, asker, act.guest);
    default:
      return assertNever(act);
  }
}

async function said(doing: Done): Promise<GuestAnswer> {
  const done = await doing;
  return done.ok ? { is: 'done' } : declined(done.cause);
}

/** A day from today on that the policy allows. */
function isWithin(authority: Authority, until: string): boolean {
  const day = today(authority);
  return dayNumber(until) !== null && until >= day && until <= (addSpan(day, { days: guestDays(authority) }) ?? day);
}

async function invite(
  authority: Authority,
  asker: PersonId,
  act: Extract<GuestAct, { is: 'invite' }>,
  { person, own: seat }: GuestIds,
): Done<{ readonly person: PersonId; readonly seat: SeatId }> {
  const { platform, people } = authority;
  const made = await authority.directory.change<{ person: PersonId; seat: SeatId }, GuestCause>((state) => {
    if (state.guests.has(person)) return ok({ statements: [], value: { person, seat } });
    const [name, from] = [readName(act.name), readName(act.from)];
    if (!name.ok || !from.ok) return fail('malformed');
    if (state.holds.get(asker)?.has(act.seat) !== true) return fail('not yours');
    if (!isWithin(authority, act.until)) return fail('too long');
    const { until } = act;
    return ok({
      statements: [
        { is: 'post', seat, title: 'Guest', unit: from.value },
        { is: 'roles', seat, roles: [] },
        { is: 'person', person, name: name.value },
        { is: 'guest', person, seat, from: from.value, sponsor: asker, sponsorSeat: act.seat, until },
        { is: 'holds', person, seat },
      ],
      value: { person, seat },
    });
  });
  if (made.ok && people.record(person).every(({ what }) => what !== 'joined')) {
    people.change(() => people.note({ time: platform.now(), person, what: 'joined', source: 'invited as a guest' }));
  }
  return made;
}

async function withCode(authority: Authority, person: PersonId, seat: SeatId): Promise<GuestAnswer> {
  const issued = await issueCode(authority, person, DEFAULT_DAYS);
  if (!issued.ok) return declined('not known');
  return { is: 'invited', person, seat, code: issued.value.code, expires: issued.value.expires };
}

/** Of a guest who is let in: their sponsor, whoever holds the same post, a supervisor, an administrator. */
function mayDecide(state: DirectoryState, asker: PersonId, guest: Guest): boolean {
  const held = [...(state.holds.get(asker) ?? [])];
  if (asker === guest.sponsor || held.includes(guest.sponsorSeat)) return held.length > 0;
  const roles = held.flatMap((seat) => state.roles.get(seat) ?? []);
  return roles.includes('supervisor') || roles.includes('prosecution manager') || roles.includes('administrator');
}

function found(state: DirectoryState, asker: PersonId | null, person: PersonId): Result<Guest, GuestCause> {
  const guest = state.guests.get(person);
  if (guest === undefined) return fail('not known');
  if (asker !== null && !mayDecide(state, asker, guest)) return fail('not yours');
  return isLetIn(state, guest) ? ok(guest) : fail('over');
}

/** `asker` null: an administrator at the authority's own machine. */
export function extend(authority: Authority, asker: PersonId | null, person: PersonId, until: string): Done {
  return authority.directory.change<null, GuestCause>((state) => {
    const guest = found(state, asker, person);
    if (!guest.ok) return guest;
    if (isOverOn(state, person, today(authority))) return fail('over'); // their computers have been told
    if (!isWithin(authority, until)) return fail('too long');
    const same = guest.value.until === until;
    return ok({ statements: same ? [] : [{ is: 'guest', ...guest.value, until }], value: null });
  });
}

export async function endGuest(authority: Authority, asker: PersonId | null, person: PersonId): Done {
  const { platform, people, store } = authority;
  const done = await authority.directory.change<null, GuestCause>((state) => {
    const guest = found(state, asker, person);
    return guest.ok ? ok({ statements: endOf(state, guest.value), value: null }) : guest;
  });
  if (!done.ok) return done.cause === 'over' ? ok(null) : done;
  store.endCodes(person);
  people.change(() => people.note({ time: platform.now(), person, what: 'left', source: 'ended as a guest' }));
  return done;
}

export function changeSponsor(
  authority: Authority,
  asker: PersonId | null,
  to: { readonly guest: PersonId; readonly sponsor: PersonId; readonly seat: SeatId },
): Done {
  return authority.directory.change<null, GuestCause>((state) => {
    const guest = found(state, asker, to.guest);
    if (!guest.ok) return guest;
    const holds = state.holds.get(to.sponsor)?.has(to.seat) === true;
    if (!holds || state.guests.has(to.sponsor)) return fail('not known');
    const next = { ...guest.value, sponsor: to.sponsor, sponsorSeat: to.seat };
    const same = guest.value.sponsor === to.sponsor && guest.value.sponsorSeat === to.seat;
    return ok({ statements: same ? [] : [{ is: 'guest', ...next }], value: null });
  });
}

async function code(authority: Authority, asker: PersonId, person: PersonId): Promise<GuestAnswer> {
  const guest = found(await authority.directory.state(), asker, person);
  if (!guest.ok) return declined(guest.cause);
  const issued = await issueCode(authority, person, DEFAULT_DAYS);
  return issued.ok ? { is: 'code', code: issued.value.code, expires: issued.value.expires } : declined('not known');
}
