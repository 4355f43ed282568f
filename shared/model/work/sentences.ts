/**
 * What somebody did to a case, in a sentence for its activity. Names of things are handed in; a text that people wrote is
 * quoted and shortened.
 */
import { TAKEN_OUT } from '../facts/exchanging.ts';
import { assertNever } from '../../primitives/result.ts';
import type { ItemId, WorkId } from '../../primitives/ids.ts';
import type { WorkFact } from '../facts/event.ts';
import { placeName } from '../formats/placeName.ts';
import { STAGE_WORDS } from '../formats/stages.ts';

/** What things are called, where this computer knows them. */
export interface Names {
  readonly item: (item: ItemId) => string;
  readonly action: (action: WorkId) => string;
}

const MOST = 120;
export const quoted = (text: string): string =>
  `\u201c${text.length > MOST ? `${text.slice(0, MOST - 1).trimEnd()}\u2026` : text}\u201d`;
const because = (text: string): string => (text.trim() === '' ? '' : `: ${quoted(text)}`);
const dated = (due: string | null): string => (due === null ? '' : `, due ${due}`);

type Of<Is extends WorkFact['is']> = Extract<WorkFact, { is: Is }>;

const DECIDED = { charge: 'charge', 'no further action': 'no further action', 'further evidence': 'further evidence' };
const ANSWERED: Readonly<Record<Of<'action answered'>['outcome'], string>> = {
  accepted: 'accepted the action',
  disputed: 'disputed the action',
  answered: 'answered the action',
  'already sent': 'showed that it was sent already, for the action',
};

function decided({ by, outcome, test, supersedes, route }: Of<'decided'>): string {
  const how = test === null ? '' : `, ${test} test`;
  const again = supersedes === null ? '' : ', in place of the decision before';
  return `${by.personName} decided${route === 'police' ? ' as police' : ''}: ${DECIDED[outcome]}${how}${again}`;
}

function answered({ by, action, outcome, reason, items, sent }: Of<'action answered'>, names: Names): string {
  const things = [...items, ...sent].map(({ name }) => name);
  const withThings =
    things.length > 0 ? ` with ${things.slice(0, 3).join(', ')}${things.length > 3 ? ' and more' : ''}` : '';
  return `${by.personName} ${ANSWERED[outcome]} ${quoted(names.action(action))}${withThings}${because(reason)}`;
}

/** What was kept, what was not, and whose it was. */
function settled({ by, path, chosen, values, dropped }: Of<'conflict settled'>): string {
  const others =
    dropped?.map((one) => `${shown(one.value)} of ${one.by}`) ?? values.filter((v) => v !== chosen).map(shown);
  const not = others.length === 0 ? '' : `, not ${others.join(', ')}`;
  return `${by.personName} settled a conflict, ${placeName(path)}: kept ${shown(chosen)}${not}`;
}
const shown = (value: string): string => (value === '' ? 'nothing' : quoted(value));

function about({ about: on }: Of<'message'>, names: Names): string {
  switch (on.is) {
    case 'case':
      return 'about the case';
    case 'item':
      return `about ${names.item(on.item)}`;
    case 'action':
      return `about the action ${quoted(names.action(on.action))}`;
    case 'package':
      return 'about a package';
    case 'path':
      return 'about the case record';
  }
}

/** A line of the activity; null for what is no news (reading). */
export function sentenceOf(fact: WorkFact, names: Names): string | null {
  const who = fact.by.personName;
  switch (fact.is) {
    case 'review asked':
      return `${who} submitted the case for review${fact.to ? ` to ${fact.to.personName}` : ''}${because(fact.note)}`;
    case 'review withdrawn':
      return `${who} withdrew the case from review${because(fact.reason)}`;
    case 'review given':
      return fact.outcome === 'signed off'
        ? `${who} signed the case off${because(fact.note)}`
        : `${who} sent the case back, with ${fact.comments.length === 1 ? 'a comment' : `${fact.comments.length} comments`}${because(fact.note)}`;
    case 'handed over':
      return `${who} handed the case over to ${fact.to.personName}${fact.absent ? ', in absence' : ''}${because(fact.reason)}`;
    case 'allocated':
      return `${who} allocated ${fact.package ? 'a package' : 'the case'} to ${fact.to.personName} as ${fact.role}`;
    case 'action raised':
      return `${who} raised an action: ${quoted(fact.text)}${dated(fact.due)}`;
    case 'action due':
      return `${who} changed when the action ${quoted(names.action(fact.action))} is due${fact.due ? `: ${fact.due}` : ': no date'}${because(fact.reason)}`;
    case 'action answered':
      return answered(fact, names);
    case 'action closed':
      return `${who} closed the action ${quoted(names.action(fact.action))}: ${fact.outcome}`;
    case 'decided':
      return decided(fact);
    case 'certified':
      return `${who} certified schedule ${fact.schedule}${fact.supersedes ? ', in place of the certificate before' : ''}`;
    case 'signed':
      return `${who} recorded that ${fact.signatory} signed ${names.item(fact.item)}`;
    case 'staged':
      return `${who} moved the file to ${STAGE_WORDS[fact.stage].name}${because(fact.reason)}`;
    case 'answered':
      return `${who} answered a question of the check: ${fact.answer}`;
    case 'deadline set':
      return `${who} set a deadline: ${fact.due}${because(fact.reason)}`;
    case 'released anyway':
      return `${who} released with ${fact.findings.length} open ${fact.findings.length === 1 ? 'finding' : 'findings'}${because(fact.reason)}`;
    case 'conflict settled':
      return settled(fact);
    case 'message':
      return `${who} wrote ${about(fact, names)}: ${quoted(fact.text)}`;
    case 'read':
      return null;
    case 'agreement offered':
      return `${who} offered the agreement ${quoted(fact.agreement.name)}, version ${fact.agreement.number}`;
    case 'agreement accepted':
      return `${who} accepted the sharing agreement`;
    case 'agreement declined':
      return `${who} declined the sharing agreement${because(fact.reason)}`;
    case 'agreement withdrawn':
      return `${who} withdrew the offered sharing agreement${because(fact.reason)}`;
    case 'closed':
      return `${who} closed the case: ${fact.outcome}${because(fact.reason)}`;
    case 'reopened':
      return `${who} reopened the case${because(fact.reason)}`;
    case 'held':
      return `${who} placed a hold${fact.until ? ` until ${fact.until}` : ''}${because(fact.reason)}`;
    case 'hold lifted':
      return `${who} lifted a hold${because(fact.reason)}`;
    case 'retention reviewed':
      return `${who} reviewed how long the case is kept: ${fact.decision}${because(fact.rationale)}`;
    case 'disposal asked':
      return `${who} asked for the case to be disposed of${because(fact.reason)}`;
    case 'disposal agreed':
      return `${who} agreed to the disposal`;
    case 'disposal refused':
      return `${who} refused the disposal${because(fact.reason)}`;
    case 'destroyed':
      return `${fact.deviceName || 'A computer'} of ${who} destroyed what it held of the case`;
    case 'case exported':
      return fact.what !== 'case'
        ? `${who} exported ${TAKEN_OUT[fact.what]}${withFiles(fact.files)}`
        : `${who} exported the case${fact.sensitive === true ? ', sensitive material included' : ''}${withFiles(fact.files)}`;
    case 'case imported':
      return `${who} made this case from an exported one`;
    default:
      return assertNever(fact);
  }
}

const withFiles = (files: number): string => (files > 0 ? `, with ${files} ${files === 1 ? 'file' : 'files'}` : '');
