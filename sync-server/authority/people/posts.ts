/**
 * Posts under another name, and posts that end. What personnel or the identity provider name stays as they call it: renamed
 * here, it would be made anew with the next word from there, and its holders moved.
 */
import type { SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../acts.ts';
import { findPost, giveRoles, newPost } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { accessOf } from './access.ts';
import { takePost } from './byHand.ts';
import { sameText } from './facts.ts';
import { today } from './reconcile.ts';

/** The same post under another title, or in another unit: its cases stay with it. */
export async function renamePost(
  authority: Authority,
  post: string,
  title: string,
  unit: string,
): Promise<Result<SeatId, ActCause>> {
  const state = await authority.directory.state();
  const found = findPost(state, post);
  if (!found.ok) return found;
  const before = state.posts.get(found.value);
  if (before === undefined || isNamedElsewhere(authority, found.value, before)) return fail('post from elsewhere');
  return authority.directory.change<SeatId, ActCause>(() => {
    const named = newPost(authority, title, unit);
    if (!named.ok) return named;
    const same = before.title === named.value.title && before.unit === named.value.unit;
    return ok({ statements: same ? [] : [{ ...named.value, seat: found.value }], value: found.value });
  });
}

/** Nobody holds it any more, and it has no role; what was written by it stays. */
export async function endPost(authority: Authority, post: string): Promise<Result<SeatId, ActCause>> {
  const state = await authority.directory.state();
  const found = findPost(state, post);
  if (!found.ok) return found;
  for (const [person, held] of state.holds) {
    const taken = held.has(found.value) ? await takePost(authority, person, found.value) : null;
    if (taken?.ok === false) return taken;
  }
  return giveRoles(authority, found.value, []);
}

function isNamedElsewhere(
  authority: Authority,
  seat: SeatId,
  post: { readonly title: string; readonly unit: string },
): boolean {
  const { people } = authority;
  const [day, groups, baselines] = [today(authority), people.groups(), people.baselines()];
  if (groups.some((group) => group.seat === seat)) return true;
  return people
    .people()
    .some(({ id, facts }) =>
      accessOf(id, facts, day, groups, baselines).posts.some(
        (wanted) =>
          wanted.is === 'named' && sameText(wanted.post.title, post.title) && sameText(wanted.post.unit, post.unit),
      ),
    );
}
