/** The work on a case as lines of its activity. */
import { shownName } from '../../../shared/primitives/fileName.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { isOfWork } from '../../../shared/model/facts/event.ts';
import type { Adopted, AnyFact, FactOf } from '../../../shared/model/logged.ts';
import type { Names } from '../../../shared/model/work/sentences.ts';
import { sentenceOf } from '../../../shared/model/work/sentences.ts';
import { areasOf, caseState } from '../cases/caseIndex.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';

/** What things of a case are called on this computer. */
export function namesIn(session: Session, of: CaseId): Names {
  const files = new Map(
    (caseState(session, of)?.items ?? []).map(({ item, versions }) => [
      item,
      shownName(versions.at(-1)?.file.name ?? ''),
    ]),
  );
  const actions = new Map(workOf(session, of).actions.map(({ id, text }) => [id, text]));
  return {
    item: (item) => files.get(item) ?? 'a file that is not here',
    action: (action) => actions.get(action) ?? 'one that is not here',
  };
}

interface Line {
  readonly at: Millis;
  readonly sentence: string;
}

/** What was done, a sentence each; without what was refused. The same word in two areas is one line. */
export function workLines(session: Session, of: CaseId): readonly Line[] {
  const refused = new Set(workOf(session, of).refused.map(({ hash }) => hash));
  const names = namesIn(session, of);
  const lines = new Map<string, Line>();
  for (const { area } of areasOf(session, of)) {
    const inArea = session.facts.inArea(area);
    // What a Case file began with was done before, and is told from where it was.
    const begun = new Set(inArea.flatMap(({ fact }) => (fact.is === 'case file' ? [fact.at] : [])));
    for (const { hash, fact, adopted } of inArea) {
      const again = (fact.is === 'staged' || fact.is === 'handed over') && begun.has(fact.at);
      const sentence = again || refused.has(hash) ? null : lineOf(fact, names, adopted);
      if (sentence) lines.set(`${sentence.at} ${sentence.sentence}`, sentence);
    }
    for (const one of session.facts.newerIn(area)) lines.set(one.hash, newerLine(session, one));
  }
  return [...lines.values()];
}

function lineOf(fact: AnyFact, names: Names, adopted: Adopted | undefined): Line | null {
  if (fact.is === 'late decided') return { at: fact.at, sentence: lateLine(fact) };
  const sentence = isOfWork(fact) ? sentenceOf(fact, names) : null;
  return sentence !== null && 'at' in fact ? { at: fact.at, sentence: `${sentence}${lateMark(adopted)}` } : null;
}

/** Of what was late work: how it came in. */
export const lateMark = (adopted: Adopted | undefined): string =>
  adopted === undefined ? '' : ` (adopted from late work by ${adopted.by})`;

const lateLine = ({ by, outcome, what, author, why }: FactOf<'late decided'>): string =>
  outcome === 'adopted'
    ? `${by.personName} adopted from late work of ${author.personName}: ${what}`
    : `${by.personName} declined late work of ${author.personName}: ${what} (${why})`;

function newerLine(
  { directories, orgName }: Session,
  { org, person, time }: ReturnType<Session['facts']['newerIn']>[number],
): Line {
  const name = directories.current(org)?.people.get(person)?.name ?? directories.nameOf(org, orgName);
  return {
    at: time,
    sentence: `${name} did something with a newer version of Joinder. It is kept and passed on; update to see it.`,
  };
}
