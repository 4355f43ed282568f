/**
 * What an administrator does by hand to people whom facts are known of: a post for a time, what comes by itself, and what a
 * change of post would bring. Each act writes facts and lets the directory follow.
 */
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { findPerson, findPost } from '../acts.ts';
import type { ActCause } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { accessOf } from './access.ts';
import type { Baseline, GivenPost, PersonFacts } from './facts.ts';
import { noFacts } from './facts.ts';
import type { Difference } from './preview.ts';
import { difference } from './preview.ts';
import { personalOf } from './personal.ts';
import { reconcile, today } from './reconcile.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

export interface Span {
  readonly from: string | null;
  readonly until: string | null;
}

const ALWAYS: Span = { from: null, until: null };

/** A post given by hand that is a posting and no personal grant: nobody is asked about it. */
const posting = (seat: SeatId, span: Span): GivenPost => ({ seat, ...span, owner: null, renewed: null });

/**
 * Gives a person a post, for a time where one is said, and until it is taken otherwise. With an owner it is a personal grant,
 * which needs a last day, and somebody else to answer for it.
 */
export async function givePost(
  authority: Authority,
  person: string,
  post: string,
  span: Span = ALWAYS,
  owner: string | null = null,
): Promise<Result<PersonId, ActCause>> {
  const state = await authority.directory.state();
  const answers = owner === null ? ok(null) : findPerson(state, owner);
  if (!answers.ok) return answers;
  const holder = findPerson(state, person);
  if (answers.value !== null && (span.until === null || (holder.ok && holder.value === answers.value)))
    return fail('personal grant');
  const renewed = answers.value === null ? null : today(authority);
  const found = await changeGiven(authority, person, post, (others, seat) => [
    ...others,
    { seat, ...span, owner: answers.value, renewed },
  ]);
  return found.ok ? ok(found.value.id) : found;
}

/** Takes a post that was given by hand. One that comes from elsewhere must be ended there. */
export async function takePost(
  authority: Authority,
  person: string,
  post: string,
): Promise<Result<PersonId, ActCause>> {
  const found = await changeGiven(authority, person, post, (others) => others);
  if (!found.ok) return found;
  const { id, seat } = found.value;
  const still = (await authority.directory.state()).holds.get(id)?.has(seat) === true;
  return still ? fail('post from elsewhere') : ok(id);
}

type Given = PersonFacts['given'];

/** Puts what `change` makes of a person's other posts in place of what was given by hand; what is the same changes nothing. */
async function changeGiven(
  authority: Authority,
  person: string,
  post: string,
  change: (others: Given, seat: SeatId) => Given,
): Promise<Result<Found, ActCause>> {
  const found = await find(authority, person, post);
  if (!found.ok) return found;
  const { id, seat, held } = found.value;
  const { people, platform } = authority;
  const isEnded = people.change(() => {
    const facts = people.person(id)?.facts ?? held;
    if (facts.ended !== null) return true;
    const others = facts.given.filter((one) => one.seat !== seat);
    const given = change(others, seat);
    if (given !== others || others.length < facts.given.length)
      people.putPerson(id, { ...facts, given }, platform.now());
    return false;
  });
  if (isEnded) return fail('ended by hand');
  await reconcile(authority, 'command');
  return found;
}

interface Found {
  readonly id: PersonId;
  readonly seat: SeatId;
  /** Facts of somebody of whom none were known: name and posts as they are. */
  readonly held: PersonFacts;
}

async function find(authority: Authority, person: string, post: string): Promise<Result<Found, ActCause>> {
  const state = await authority.directory.state();
  const id = findPerson(state, person);
  if (!id.ok) return id;
  const seat = findPost(state, post);
  if (!seat.ok) return seat;
  const given = [...(state.holds.get(id.value) ?? [])].map((one) => posting(one, ALWAYS));
  const name = state.people.get(id.value)?.name ?? null;
  return ok({ id: id.value, seat: seat.value, held: { ...noFacts, name, given } });
}

/** What a person would lose and gain by holding this post, in this unit, in place of what personnel or provider say now. */
export async function previewMove(
  authority: Authority,
  person: string,
  post: { readonly title: string; readonly unit: string },
): Promise<Result<Difference & { readonly renew: readonly string[] }, ActCause>> {
  const { directory, people } = authority;
  const state = await directory.state();
  const id = findPerson(state, person);
  if (!id.ok) return id;
  const [day, groups, baselines] = [today(authority), people.groups(), people.baselines()];
  const given = [...(state.holds.get(id.value) ?? [])].map((seat) => posting(seat, ALWAYS));
  const known = people.person(id.value)?.facts;
  // Of somebody without facts every post was given by hand, and would be changed by hand.
  const facts = known ?? { ...noFacts, given };
  const moved = { name: '', signIn: null, from: null, until: null, postings: [{ ...post, from: null, until: null }] };
  const after = accessOf(id.value, { ...facts, given: known?.given ?? [], hr: moved }, day, groups, baselines);
  // What is theirs beside their place in the organisation is kept for now, and put before who answers for it.
  const renew = personalOf(id.value, facts, day).map(({ seat }) => nameOf(state, seat));
  return ok({ ...difference(state, accessOf(id.value, facts, day, groups, baselines), after), renew });
}

function nameOf(state: DirectoryState, seat: SeatId): string {
  return postText(state.posts.get(seat) ?? { title: 'a post', unit: '' });
}

/** Lets a post come by itself: to everybody, or to who holds a post of a title or is in a unit. */
export async function addBaseline(
  authority: Authority,
  post: string,
  { title, unit }: { readonly title: string | null; readonly unit: string | null },
): Promise<Result<Baseline, ActCause>> {
  const seat = findPost(await authority.directory.state(), post);
  if (!seat.ok) return seat;
  const baseline: Baseline = { id: newId<string>(authority.platform), seat: seat.value, title, unit };
  authority.people.change(() => authority.people.putBaseline(baseline));
  await reconcile(authority, 'command');
  return ok(baseline);
}

export async function removeBaseline(authority: Authority, id: string): Promise<Result<null, ActCause>> {
  if (!authority.people.change(() => authority.people.dropBaseline(id.trim()))) return fail('unknown baseline');
  await reconcile(authority, 'command');
  return ok(null);
}
