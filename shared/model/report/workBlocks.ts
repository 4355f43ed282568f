/**
 * The work on a case for reading: decisions, certificates and signatures as they stand, reviews, the action plan, and what
 * was said. Taken from a snapshot, whose work is as its fold has it or as an older version wrote it: what does not read as
 * such is left to the JSON and said to be there. Pure.
 */
import type { z } from 'zod';
import type { WorkFacts } from '../snapshot/facts.ts';
import { action } from '../work/state/plan.ts';
import { review } from '../work/state/people.ts';
import { certificate, decision, signature } from '../work/state/standing.ts';
import { message } from '../work/state/talk.ts';
import type { Block } from './report.ts';

const heading = (text: string): Block => ({ is: 'heading', level: 2, text });

interface SaidBy {
  readonly at: number;
  readonly by: { readonly personName: string };
}

const standing = ({ supersededBy }: { readonly supersededBy: unknown }): string =>
  supersededBy === null ? 'stands' : 'superseded';

interface Part<T> {
  readonly title: string;
  readonly schema: z.ZodType<T>;
  readonly facts: readonly unknown[];
  readonly columns: readonly (readonly [title: string, share: number])[];
  readonly row: (one: T) => readonly string[];
}

function part<T>({ title, schema, facts, columns, row }: Part<T>): Block[] {
  if (facts.length === 0) return [];
  const read = facts.flatMap((fact) => {
    const parsed = schema.safeParse(fact);
    return parsed.success ? [parsed.data] : [];
  });
  const lost = facts.length - read.length;
  return [
    heading(title),
    { is: 'table', columns: columns.map(([name, share]) => ({ title: name, share })), rows: read.map(row) },
    ...(lost === 0 ? [] : [{ is: 'text' as const, text: `${lost} more are in the case as JSON, in a form that this version of Joinder does not read.` }]), // prettier-ignore
  ];
}

/** `names`: what rows and files are called, by id; `timeText`: a time as people read it. */
export function workBlocks(
  work: WorkFacts,
  names: ReadonlyMap<string, string>,
  timeText: (at: number) => string,
): Block[] {
  const said = ({ at, by }: SaidBy): string => `${by.personName}, ${timeText(at)}`;
  const namedPath = (path: string): string => {
    const [list = '', id = '', ...rest] = path.split('/');
    return [names.get(id) ?? [list, id].filter(Boolean).join('/'), ...rest].join(', ');
  };
  return [
    ...part({
      title: 'Decisions',
      schema: decision,
      facts: work.decisions,
      columns: [['Decision', 1.5], ['By and when', 2], ['Offences', 2.5], ['Reasons', 4], ['State', 1]], // prettier-ignore
      row: (one) => [one.outcome, said(one), one.offences.map(({ wording }) => wording).join('; '), one.reasons, standing(one)], // prettier-ignore
    }),
    ...part({
      title: 'Certificates',
      schema: certificate,
      facts: work.certificates,
      columns: [['Schedule', 1], ['By and when', 2], ['Words', 4], ['Covers', 2.5], ['State', 1]], // prettier-ignore
      row: (one) => [one.schedule, said(one), one.words, `${one.covers.lines} lines, SHA-256 ${one.covers.sha256}`, standing(one)], // prettier-ignore
    }),
    ...part({
      title: 'Signed statements',
      schema: signature,
      facts: work.signatures,
      columns: [['Of', 2], ['Signed by', 2], ['Recorded', 2], ['SHA-256', 3], ['State', 1.2]], // prettier-ignore
      row: (one) => [namedPath(one.path), one.signatory, said(one), one.sha256, one.altered === null ? standing(one) : 'altered since'], // prettier-ignore
    }),
    ...part({
      title: 'Reviews',
      schema: review,
      facts: work.reviews,
      columns: [['Asked', 2], ['Note', 2], ['Outcome', 1.5], ['Given', 2], ['Comments', 3.5]], // prettier-ignore
      row: ({ asked, note, given, withdrawn }) => [
        said(asked),
        note,
        given?.outcome ?? (withdrawn === null ? 'waiting' : 'withdrawn'),
        given === null ? '' : said(given),
        given === null ? '' : [given.note, ...given.comments.map(({ path, text }) => `${namedPath(path)}: ${text}`)].filter(Boolean).join('; '), // prettier-ignore
      ],
    }),
    ...part({
      title: 'Action plan',
      schema: action,
      facts: work.actions,
      columns: [['Action', 4], ['Raised', 2], ['Due', 1.1], ['State', 1.2], ['Answers', 3]], // prettier-ignore
      row: ({ text, raised, due, state, answers, closed }) => [
        text,
        said(raised),
        due ?? '',
        state,
        [...answers.map((one) => `${one.outcome}, ${said(one)}${one.reason === '' ? '' : `: ${one.reason}`}`), ...(closed === null ? [] : [`closed, ${closed.outcome}, ${said(closed)}`])].join('; '), // prettier-ignore
      ],
    }),
    ...part({
      title: 'Conversation',
      schema: message,
      facts: work.messages,
      columns: [['Who and when', 2], ['What', 5], ['Disclosable', 1]], // prettier-ignore
      row: (one) => [said(one), one.text, one.disclosable ? 'yes' : 'no'],
    }),
  ];
}
