/** What a person gains and loses between two accesses: each post, and each role that its holders have. Changes nothing. */
import type { SeatId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Access, WantedPost } from './access.ts';
import { sameText } from './facts.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

/** In words: `Officer in the case, Kendal CID`, `role: officer`. */
export interface Difference {
  readonly loses: readonly string[];
  readonly gains: readonly string[];
}

export function difference(state: DirectoryState, before: Access, after: Access): Difference {
  const [was, becomes] = [itemsOf(state, before), itemsOf(state, after)];
  return {
    loses: [...was].filter((item) => !becomes.has(item)),
    gains: [...becomes].filter((item) => !was.has(item)),
  };
}

function itemsOf(state: DirectoryState, { posts }: Access): ReadonlySet<string> {
  const items = new Set<string>();
  for (const wanted of posts) {
    const { seat, ...post } = postOf(state, wanted);
    items.add(postText(post));
    for (const role of (seat !== null && state.roles.get(seat)) || []) items.add(`role: ${role}`);
  }
  return items;
}

/** The directory's post that this is; null: it has none yet. */
export const seatOf = (state: DirectoryState, wanted: WantedPost): SeatId | null => postOf(state, wanted).seat;

function postOf(
  state: DirectoryState,
  wanted: WantedPost,
): { readonly seat: SeatId | null; readonly title: string; readonly unit: string } {
  const { is } = wanted;
  if (is === 'seat' || (is === 'group' && wanted.group.seat !== null)) {
    const seat = is === 'seat' ? wanted.seat : wanted.group.seat;
    const post = seat === null ? undefined : state.posts.get(seat);
    if (post !== undefined) return post;
  }
  if (is === 'seat') return { seat: wanted.seat, title: 'a post', unit: '' };
  const { title, unit } = is === 'group' ? { title: wanted.group.displayName, unit: '' } : wanted.post;
  const known = [...state.posts.values()].find((post) => sameText(post.title, title) && sameText(post.unit, unit));
  return known ?? { seat: null, title, unit };
}
