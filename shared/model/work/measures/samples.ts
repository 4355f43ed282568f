/** What of a case is counted, from its packages and actions: lines that say nothing of it (`facts/counted.ts`). */
import type { Millis } from '../../../primitives/units.ts';
import type { Sample } from '../../facts/counted.ts';
import type { PackageState } from '../../foldPackage.ts';
import { deliveredAt, openedAt } from '../../snapshot/ofFacts.ts';
import type { ActionState, WorkState } from '../state.ts';

/** The unit of a post, as a directory writes it after the post's title. */
export const unitOf = (post: string): string => post.slice(post.lastIndexOf(',') + 1).trim();

const REASON_NOT_RECORDED = 'other';

export interface Measured {
  readonly packages: readonly PackageState[];
  readonly work: Pick<WorkState, 'actions'>;
}

/** Never below nothing: a file may be opened before the last of its package has come. */
const between = (from: Millis | null, to: Millis | null): Millis | null =>
  from === null || to === null ? null : Math.max(0, to - from);

/** Everything of a case that is counted. `dayAt`: the day of a moment where it is counted. A package that was withdrawn before anybody had it is not. */
export function samplesOf({ packages, work }: Measured, dayAt: (at: Millis) => string): readonly Sample[] {
  const monthOf = (at: Millis): string => dayAt(at).slice(0, 7);
  const [first] = [...packages].sort((a, b) => a.content.at - b.content.at);
  const unit = first ? unitOf(first.content.from.post) : '';
  return [
    ...packages.flatMap((one) => (one.withdrawn?.beforeDelivery ? [] : [ofPackage(one, monthOf(one.content.at))])),
    ...work.actions.map((action) => ofAction(action, monthOf(action.raised.at), unit)),
  ];
}

function ofPackage(one: PackageState, month: string): Sample {
  const { content, decided } = one;
  const codes = decided?.is === 'returned' ? decided.reasons : null;
  return {
    of: 'package',
    month,
    unit: unitOf(content.from.post),
    first: content.answers === null,
    decided: decided?.is ?? null,
    reasons: codes === null ? [] : codes.length > 0 ? [...new Set(codes)] : [REASON_NOT_RECORDED],
    toDelivered: between(content.at, deliveredAt(one)),
    toOpened: between(deliveredAt(one), openedAt(one)),
  };
}

const ofAction = ({ raised, answers, closed }: ActionState, month: string, unit: string): Sample => ({
  of: 'action',
  month,
  unit,
  closed: closed !== null,
  toAnswer: between(raised.at, answers[0]?.at ?? null),
});
