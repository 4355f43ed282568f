/** What recertification removes from cases now, with the sentence that stays on record. Carries nothing out. */
import type { Line } from '../../../../shared/model/access/recertification/lines.ts';
import { dueOf } from '../../../../shared/model/access/recertification/lines.ts';
import type { Round } from '../../../../shared/model/access/recertification/rounds.ts';
import type { CaseId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';
import { caseLists, rounds } from './rounds.ts';

export interface Removed {
  readonly seat: SeatId;
  readonly post: string;
  readonly why: string;
}

/** By case; nothing of a round that was stopped while it ran. */
export async function removedByReview(session: Session): Promise<ReadonlyMap<CaseId, readonly Removed[]>> {
  const removed = new Map<CaseId, readonly Removed[]>();
  if (rounds(session).length === 0) return removed;
  for (const { round, case: of, lines } of await caseLists(session)) {
    const known = removed.get(of) ?? [];
    const fresh = dueOf(lines).filter(({ seat }) => known.every((one) => one.seat !== seat));
    const said = fresh.map((line) => ({ seat: line.seat, post: titleOf(session, line.seat), why: whyOf(round, line) }));
    if (said.length > 0) removed.set(of, [...known, ...said]);
  }
  return removed;
}

function titleOf({ directories, identity }: Session, seat: SeatId): string {
  const post = directories.current(identity.org)?.posts.get(seat);
  return [post?.title ?? 'a post that is no more', post?.unit ?? ''].filter((part) => part !== '').join(', ');
}

function whyOf({ campaign, until }: Round, { outcome, answer }: Line): string {
  const named = `recertification “${campaign.opened.name}”`;
  if (outcome === 'not reviewed' || answer === null) return `Not reviewed in the ${named} by ${until}`;
  return `Removed in the ${named}${answer.why === '' ? '' : `: ${answer.why}`}`;
}
