/**
 * How a version of a sharing agreement begins: from the template of the rule data, filled in for the parties; or from the
 * one before it. What is made here binds nobody until the other side has accepted it.
 */
import { addSpan } from '../../../primitives/calendar.ts';
import template from '../../rules/data/agreement.json' with { type: 'json' };
import type { Agreement } from './schema.ts';
import { agreement } from './schema.ts';

let known: Agreement | null = null;

/** The template of a rule set; the one that comes with this version where a set has none. */
export function templateIn(files: ReadonlyMap<string, unknown>): Agreement {
  for (const content of files.values()) {
    const parsed = isAgreement(content) ? agreement.safeParse(content) : null;
    if (parsed?.success) return parsed.data;
  }
  known ??= agreement.parse(template);
  return known;
}

const isAgreement = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'format' in content && content.format === 'joinder agreement';

type Party = Pick<Agreement['parties'][number], 'org' | 'name' | 'side'>;

/** In effect from that day (YYYY-MM-DD), and to be reviewed in a year. */
const dated = (on: string): Pick<Agreement, 'effective' | 'review'> => ({
  effective: on,
  review: addSpan(on, { years: 1 }),
});

/** The first version between these parties: each is what the template says of its side. */
export const draftBetween = (from: Agreement, parties: readonly Party[], on: string): Agreement => ({
  ...from,
  ...dated(on),
  number: 1,
  parties: parties.map((party) => ({
    ...party,
    controller: from.parties.find(({ side }) => side === party.side)?.controller ?? '',
  })),
});

/** The version after this one. */
export const nextVersion = (from: Agreement, number: number, on: string): Agreement => ({
  ...from,
  ...dated(on),
  number,
});
