/**
 * The words of the work on a case: where an action, a review and a decision stand, and how long is left for what is due.
 */
import type {
  ActionState,
  CertificateState,
  DecisionState,
  ReviewState,
  SignatureState,
  WorkState,
} from '../model/work/state.ts';
import { dayNumber } from '../primitives/calendar.ts';
import type { Word } from './words.ts';
import { countOf } from './format.ts';

const ACTION: Readonly<Record<ActionState['state'], Pick<Word, 'text' | 'tone'>>> = {
  open: { text: 'Open', tone: 'attention' },
  accepted: { text: 'Accepted', tone: 'going' },
  disputed: { text: 'Disputed', tone: 'attention' },
  answered: { text: 'Answered', tone: 'going' },
  'already sent': { text: 'Already sent', tone: 'going' },
  closed: { text: 'Closed', tone: 'quiet' },
};
const CLOSED = { met: 'Met', withdrawn: 'Withdrawn', 'not pursued': 'Not pursued' } as const;

/** Where an action stands, by whom and since when. */
export function actionWord({ state, closed, answers, raised }: ActionState): Word {
  const last = closed ?? answers.at(-1) ?? raised;
  const word = closed ? { text: CLOSED[closed.outcome], tone: 'good' as const } : ACTION[state];
  return { ...word, at: last.at, by: last.by.personName };
}

/** `Due in 3 days`, `Due today`, `2 days overdue`. Days are YYYY-MM-DD. */
export function dueWord(due: string, today: string): Word {
  const left = (dayNumber(due) ?? 0) - (dayNumber(today) ?? 0);
  if (left < 0) return { text: `${countOf(-left, 'day', 'days')} overdue`, tone: 'attention' };
  if (left === 0) return { text: 'Due today', tone: 'attention' };
  return { text: `Due in ${countOf(left, 'day', 'days')}`, tone: left <= 3 ? 'going' : 'quiet' };
}

/** Where a review stands. */
export function reviewWord({ given, withdrawn, asked, to }: ReviewState): Word {
  if (withdrawn) return { text: 'Request withdrawn', tone: 'quiet', at: withdrawn.at, by: withdrawn.by.personName };
  if (given?.outcome === 'signed off')
    return { text: `Signed off by ${given.by.personName}`, tone: 'good', at: given.at, by: given.by.personName };
  if (given)
    return { text: `Sent back by ${given.by.personName}`, tone: 'attention', at: given.at, by: given.by.personName };
  const whom = to ? ` by ${to.personName}` : '';
  return { text: `Waiting for review${whom}`, tone: 'going', at: asked.at, by: asked.by.personName };
}

const DECISION = {
  charge: 'Charge',
  'no further action': 'No further action',
  'further evidence': 'Further evidence needed',
} as const;

export const decisionWord = ({ outcome, at, by, supersededBy }: DecisionState): Word => ({
  text: supersededBy === null ? DECISION[outcome] : `${DECISION[outcome]} (replaced by a later decision)`,
  tone: supersededBy === null ? (outcome === 'charge' ? 'good' : 'attention') : 'quiet',
  at,
  by: by.personName,
});

/** `changed`: whether the list of material is another now than what was certified. */
export function certificateWord({ by, at, supersededBy }: CertificateState, changed: boolean): Word {
  const said = { at, by: by.personName };
  if (supersededBy !== null)
    return { text: `Certified by ${by.personName} (replaced by a later certificate)`, tone: 'quiet', ...said };
  return changed
    ? { text: `Certified by ${by.personName}; changed since`, tone: 'attention', ...said }
    : { text: `Certified by ${by.personName}`, tone: 'good', ...said };
}

/** `altered`: whether the statement is another now than what was signed. */
export function signatureWord({ signatory, by, at, supersededBy }: SignatureState, altered: boolean): Word {
  const said = { at, by: by.personName };
  if (supersededBy !== null)
    return { text: `Signed by ${signatory} (replaced by a later signature)`, tone: 'quiet', ...said };
  return altered
    ? { text: 'Altered after it was signed', tone: 'attention', ...said }
    : { text: `Signed by ${signatory}`, tone: 'good', ...said };
}

/** What is known of a version beside itself: the number of the one in force, and by whom it waits to be accepted. */
interface AgreementFacts {
  readonly inForce: number | null;
  readonly other: string;
}
type AgreementVersion = WorkState['agreements'][number];

/** Where a version of the sharing agreement stands. */
export function agreementWord(version: AgreementVersion, { inForce, other }: AgreementFacts): Word {
  const { accepted, declined, withdrawn, offered, agreement } = version;
  if (version.inForce) {
    const said = { at: version.inForce.at, by: version.inForce.by.personName };
    return version.supersededBy === null
      ? { text: 'In force', tone: 'good', ...said }
      : { text: 'Replaced by a later version', tone: 'quiet', ...said };
  }
  if (withdrawn)
    return {
      text: `Withdrawn by ${withdrawn.by.personName}`,
      tone: 'quiet',
      at: withdrawn.at,
      by: withdrawn.by.personName,
    };
  const last = declined.at(-1);
  if (last)
    return { text: `Declined by ${last.by.personName}`, tone: 'attention', at: last.at, by: last.by.personName };
  const said = { at: (accepted.at(-1) ?? offered).at, by: offered.by.personName };
  return inForce !== null && inForce >= agreement.number
    ? { text: `Overtaken by version ${inForce}`, tone: 'quiet', ...said }
    : { text: `Offered: waits for ${other}`, tone: 'going', ...said };
}
