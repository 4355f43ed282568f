/**
 * Makes the directory say what the facts say: who is in, under which name, in which posts, and whose devices are shut out.
 * Works off the difference, so that it may be asked at any time, by any process, after any crash, and adds nothing where
 * nothing differs. Touches only people that facts are known of; those added by hand stay an administrator's.
 */
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { wallTimeOf } from '../../../shared/primitives/britishTime.ts';
import { ok } from '../../../shared/primitives/result.ts';
import type { DirectoryState, Statement } from '../../../shared/seal/directory/directory.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';
import type { Authority } from '../authority.ts';
import type { Access } from './access.ts';
import { ENTERPRISE, accessOf, isIn } from './access.ts';
import type { GroupRow, PersonFacts } from './facts.ts';
import { sameText } from './facts.ts';
import type { Happened } from './record.ts';

/** The day it is in England and Wales. */
export function today({ platform }: Pick<Authority, 'platform'>): string {
  return wallTimeOf(platform.now())?.day ?? '1970-01-01';
}

interface Plan {
  readonly statements: readonly Statement[];
  readonly happened: readonly { readonly person: PersonId; readonly what: Happened; readonly about: string | null }[];
  /** Posts that groups stand for, found or made. */
  readonly seats: ReadonlyMap<string, SeatId>;
}

/** Signs what the directory lacks. `source` goes into the record. True where something changed. */
export async function reconcile(authority: Authority, source: string): Promise<boolean> {
  const { directory, people, store, platform } = authority;
  const done = await directory.change<Plan, never>((state) => {
    const plan = planFor(authority, state);
    return ok({ statements: plan.statements, value: plan });
  });
  if (!done.ok) return false;
  const { happened, seats, statements } = done.value;
  const time = platform.now();
  people.change(() => {
    for (const group of people.groups()) {
      const seat = seats.get(group.id);
      if (seat !== undefined && group.seat === null) people.putGroup({ ...group, seat }, group.modified);
    }
    for (const one of happened) people.note({ time, source, ...one });
  });
  for (const { person, what } of happened) if (what === 'left') store.endCodes(person);
  return statements.length > 0;
}

function planFor(authority: Authority, state: DirectoryState): Plan {
  const { people } = authority;
  const [day, groups, baselines] = [today(authority), people.groups(), people.baselines()];
  const posts = postFinder(authority, state);
  const seats = new Map(groups.map((group) => [group.id, posts.ofGroup(group)]));
  const all = people.people();
  const known = new Set([...state.people.keys(), ...all.filter(({ facts }) => isIn(facts, day)).map(({ id }) => id)]);
  const plans = all.map(({ id, facts }) => {
    const access = accessOf(id, facts, day, groups, baselines);
    const wanted = access.posts.map((post) => {
      if (post.is === 'named') return posts.named(post.post.title, post.post.unit);
      return post.is === 'group' ? posts.ofGroup(post.group) : post.seat;
    });
    if (!access.isIn) return absence(state, id, posts.text);
    const hasLeft = (): boolean => people.record(id).some(({ what }) => what === 'left');
    const plan = presence(state, id, access, new Set(wanted.filter((seat) => posts.has(seat))), hasLeft, posts.text);
    return withManager(plan, managing(state, id, managerIn(authority, facts), known));
  });
  return {
    statements: [...posts.made(), ...plans.flatMap((plan) => plan.statements)],
    happened: plans.flatMap((plan) => plan.happened),
    seats,
  };
}

type OnePlan = Pick<Plan, 'statements' | 'happened'>;

/** `hasLeft`: ever; who was only without a post has moved. */
function presence(
  state: DirectoryState,
  person: PersonId,
  { name }: Access,
  wanted: ReadonlySet<SeatId>,
  hasLeft: () => boolean,
  text: PostsText,
): OnePlan {
  const known = state.people.get(person);
  const held = state.holds.get(person) ?? new Set<SeatId>();
  const naming: Statement[] = known?.name === name ? [] : [{ is: 'person', person, name }];
  const gained = [...wanted].filter((seat) => !held.has(seat));
  const lost = [...held].filter((seat) => !wanted.has(seat));
  const happened: OnePlan['happened'][number][] = [];
  const came = gained.length === 0 ? null : `as ${text(gained)}`;
  if (known === undefined) happened.push({ person, what: 'joined', about: came });
  else {
    if (naming.length > 0) happened.push({ person, what: 'renamed', about: `from ${known.name} to ${name}` });
    if (gained.length + lost.length > 0) {
      const isBack = held.size === 0 && hasLeft();
      happened.push({ person, what: isBack ? 'returned' : 'moved', about: isBack ? came : change(lost, gained, text) });
    }
  }
  return {
    // What ends stands before what begins, so that no state of the directory has both.
    statements: [
      ...naming,
      ...lost.map((seat): Statement => ({ is: 'leaves', person, seat })),
      ...gained.map((seat): Statement => ({ is: 'holds', person, seat })),
    ],
    happened,
  };
}

type PostsText = (seats: readonly SeatId[]) => string;

/** What a move was, where what stays is not named: it may be one post of several. */
function change(lost: readonly SeatId[], gained: readonly SeatId[], text: PostsText): string {
  if (lost.length === 0) return `gained ${text(gained)}`;
  return gained.length === 0 ? `lost ${text(lost)}` : `from ${text(lost)} to ${text(gained)}`;
}

const withManager = (plan: OnePlan, statements: readonly Statement[]): OnePlan => ({
  ...plan,
  statements: [...plan.statements, ...statements],
});

/** Whom personnel names as the line manager, by staff number; else whom the provider names, by their id here. */
function managerIn({ people }: Authority, { hr, account }: PersonFacts): PersonId | null {
  const number = hr?.manager ?? null;
  if (number !== null) return people.byStaffNumber(number)?.id ?? null;
  const named = (account?.resource[ENTERPRISE] as { manager?: { value?: unknown } } | undefined)?.manager?.value;
  return typeof named === 'string' ? (people.person(named)?.id ?? null) : null;
}

function managing(
  state: DirectoryState,
  person: PersonId,
  wanted: PersonId | null,
  known: ReadonlySet<PersonId>,
): readonly Statement[] {
  const manager = wanted !== null && wanted !== person && known.has(wanted) ? wanted : null;
  return (state.managers.get(person) ?? null) === manager ? [] : [{ is: 'manager', person, manager }];
}

/** Every post and every device of a person who is not in. */
function absence(state: DirectoryState, person: PersonId, text: PostsText): OnePlan {
  const held = [...(state.holds.get(person) ?? [])];
  const devices = [...state.devices.values()].filter((device) => device.person === person);
  const statements: Statement[] = [
    ...devices.map(({ device }): Statement => ({ is: 'revoked', device })),
    ...held.map((seat): Statement => ({ is: 'leaves', person, seat })),
  ];
  const about = held.length === 0 ? null : `as ${text(held)}`;
  return { statements, happened: statements.length === 0 ? [] : [{ person, what: 'left', about }] };
}

const UNNAMED = { title: 'a post', unit: '' };

/** Posts of the directory by what other systems call them; made where there is none. */
function postFinder({ platform }: Authority, state: DirectoryState) {
  const known = [...state.posts.values()];
  const made: Statement[] = [];
  const ids = new Set(state.posts.keys());
  const make = (title: string, unit: string): SeatId => {
    const post = { seat: newId<SeatId>(platform), title, unit };
    known.push(post);
    ids.add(post.seat);
    made.push({ is: 'post', ...post });
    return post.seat;
  };
  const named = (title: string, unit: string): SeatId =>
    known.find((post) => sameText(post.title, title) && sameText(post.unit, unit))?.seat ?? make(title, unit);
  const groups = new Map<string, SeatId>();
  const ofGroup = (group: GroupRow): SeatId => {
    const before = groups.get(group.id);
    if (before !== undefined) return before;
    const seat = findGroup(group);
    groups.set(group.id, seat);
    return seat;
  };
  const findGroup = ({ seat, displayName }: GroupRow): SeatId => {
    const post = seat === null ? undefined : state.posts.get(seat);
    if (post === undefined) {
      const same = known.filter(({ title }) => sameText(title, displayName));
      return same.length === 1 && same[0] !== undefined ? same[0].seat : named(displayName, '');
    }
    // A group that was renamed is the same post under another title: its cases stay with it.
    if (post.title !== displayName) made.push({ is: 'post', ...post, title: displayName });
    return post.seat;
  };
  const text = (seats: readonly SeatId[]): string =>
    seats.map((seat) => postText(known.find((post) => post.seat === seat) ?? UNNAMED)).join('; ');
  return { named, ofGroup, has: (seat: SeatId) => ids.has(seat), made: (): readonly Statement[] => made, text };
}
