/**
 * What a person has on a day: whether they are in the organisation, under which name, and which posts they hold. A pure
 * function of facts, so that a joiner, a mover and a leaver are only what it answers before and after. Nothing adds up over
 * a career: a post is held for as long as a fact says so, and no longer.
 */
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Baseline, GroupRow, NamedPost, PersonFacts } from './facts.ts';
import { sameText } from './facts.ts';
import { endOfGiven } from './givenEnd.ts';

/** A post to be held: one of the directory, or one that another system names. */
export type WantedPost =
  | { readonly is: 'seat'; readonly seat: SeatId; readonly why: Why }
  | { readonly is: 'named'; readonly post: NamedPost; readonly why: Why }
  | { readonly is: 'group'; readonly group: GroupRow; readonly why: Why };
/** From where a post comes. */
export type Why = 'personnel' | 'provider' | 'group' | 'given' | 'baseline';

export interface Access {
  readonly isIn: boolean;
  readonly name: string;
  /** Empty for whoever is not in. */
  readonly posts: readonly WantedPost[];
}

const covers = (span: { readonly from: string | null; readonly until: string | null }, day: string): boolean =>
  (span.from === null || span.from <= day) && (span.until === null || day <= span.until);

/** Whether a person is in the organisation on this day: nobody has shut them out, and personnel and provider say so or nothing. */
export function isIn(facts: PersonFacts, day: string): boolean {
  return (facts.ended === null || day < facts.ended) && isNamedIn(facts, day);
}

/** Whether they would be in by what personnel and provider say alone. */
export function isNamedIn(facts: PersonFacts, day: string): boolean {
  const { hr, account } = facts;
  if (account !== null && account.state !== 'active') return false;
  return hr === null || covers(hr, day); // whom no system speaks of is an administrator's
}

/** A person's access on a day, `YYYY-MM-DD`. */
export function accessOf(
  person: PersonId,
  facts: PersonFacts,
  day: string,
  groups: readonly GroupRow[],
  baselines: readonly Baseline[],
): Access {
  const name = nameOf(facts);
  if (!isIn(facts, day)) return { isIn: false, name, posts: [] };
  const named = namedPosts(facts, day);
  const why: Why = facts.hr === null ? 'provider' : 'personnel';
  const posts: WantedPost[] = [
    ...named.map((post): WantedPost => ({ is: 'named', post, why })),
    ...groups
      .filter((group) => group.members.includes(person))
      .map((group): WantedPost => ({ is: 'group', group, why: 'group' })),
    ...facts.given
      .filter((given) => covers({ from: given.from, until: endOfGiven(given, facts, day) }, day))
      .map((given): WantedPost => ({ is: 'seat', seat: given.seat as SeatId, why: 'given' })),
    ...baselines
      .filter((baseline) => brings(baseline, named))
      .map(({ seat }): WantedPost => ({ is: 'seat', seat, why: 'baseline' })),
  ];
  return { isIn: true, name, posts };
}

function brings({ title, unit }: Baseline, held: readonly NamedPost[]): boolean {
  if (title === null && unit === null) return true;
  return held.some(
    (post) => (title === null || sameText(post.title, title)) && (unit === null || sameText(post.unit, unit)),
  );
}

/** Personnel's word counts; the provider's title and department only where personnel says nothing of the person. */
export function namedPosts({ hr, account }: PersonFacts, day: string): readonly NamedPost[] {
  if (hr !== null) return hr.postings.filter((posting) => covers(posting, day));
  const title = textOf(account?.resource['title']);
  const enterprise = account?.resource[ENTERPRISE];
  const unit = textOf((enterprise as Record<string, unknown> | undefined)?.['department']);
  return title === '' ? [] : [{ title, unit }];
}

/** The attributes of a user that SCIM keeps apart (RFC 7643, 4.3). */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** As it will stand on screens: what personnel writes, else the provider's display name, else its parts. */
function nameOf({ name: written, hr, account }: PersonFacts): string {
  const resource = account?.resource ?? {};
  const parts = (resource['name'] ?? {}) as Record<string, unknown>;
  const joined = [textOf(parts['givenName']), textOf(parts['familyName'])].filter((part) => part !== '').join(' ');
  const said = [hr?.name ?? '', textOf(resource['displayName']), textOf(parts['formatted']), joined, written ?? ''];
  const name = said.find((one) => one !== '') ?? account?.userName ?? '';
  return oneLine(name);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? oneLine(value) : '');
/** What the directory takes as a name: one line, not too long. */
const oneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
