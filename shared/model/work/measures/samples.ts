/**
 * What is counted: one package or one action each, as times, outcomes and reasons' codes, with the month and the unit that
 * sent. Nothing of it says which case, which file or who: it may outlive the case that it comes from.
 */
import { z } from 'zod';
import type { Millis } from '../../../primitives/units.ts';
import { count, text } from '../../facts/parts.ts';
import type { PackageState } from '../../foldPackage.ts';
import { deliveredAt, openedAt } from '../../snapshot/ofFacts.ts';
import type { ActionState, WorkState } from '../state.ts';

const span = count.nullable();
const ofMonth = { month: z.string().regex(/^\d{4}-\d{2}$/), unit: text(200) };

export const sample = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('package'),
    ...ofMonth,
    /** It answers no other. */
    first: z.boolean(),
    decided: z.enum(['accepted', 'returned']).nullable(),
    /** Codes of the recorded reasons of a return, each once. */
    reasons: z.array(text(100)).max(50),
    toDelivered: span,
    toOpened: span,
  }),
  z.object({
    of: z.literal('action'),
    ...ofMonth,
    closed: z.boolean(),
    /** From raised to the first answer. */
    toAnswer: span,
  }),
]);
export type Sample = z.infer<typeof sample>;

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
