/**
 * What came to a case after it was closed: files, text and packages that no client counts while it is closed, by whom. They come in
 * when somebody reopens it, so that nothing that was written off line is lost.
 */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { areasOf, caseState, packagesOf } from '../cases/caseIndex.ts';
import { lateAt } from '../cases/work/lateLetters.ts';
import type { Session } from '../session.ts';

export interface SetAside {
  readonly at: Millis;
  /** What, and whose. */
  readonly what: string;
}

export const setAsideIn = (session: Session, of: CaseId): readonly SetAside[] => [
  ...filesIn(session, of),
  ...textIn(session, of),
  ...packagesIn(session, of),
];

function packagesIn(session: Session, of: CaseId): readonly SetAside[] {
  return packagesOf(session, of).flatMap((pkg) => {
    const at = lateAt(session, pkg);
    const { personName, orgName } = pkg.content.from;
    return at === null ? [] : [{ at, what: `a package from ${personName}, ${orgName}` }];
  });
}

function filesIn(session: Session, of: CaseId): readonly SetAside[] {
  const late = (caseState(session, of)?.refused ?? []).filter(({ why }) => why === 'case closed');
  return late.flatMap(({ hash }) => {
    const { fact, relayTime, time } = session.facts.get(hash) ?? {};
    if (fact?.is !== 'added' && fact?.is !== 'entered') return [];
    return [{ at: relayTime ?? time ?? fact.at, what: `${fact.file.name}, added by ${fact.by.personName}` }];
  });
}

/** One for each who wrote, in however many places. */
function textIn(session: Session, of: CaseId): readonly SetAside[] {
  const by = new Map<string, Millis>();
  for (const { org, device, at } of areasOf(session, of).flatMap(({ area }) => session.docs.lateIn(area))) {
    const writer = session.alarms.writerOf(org, device);
    by.set(writer, Math.max(at, by.get(writer) ?? 0));
  }
  return [...by].map(([writer, at]) => ({ at, what: `text by ${writer}` }));
}

/** The same as lines of the activity. */
export const setAsideLines = (session: Session, of: CaseId): { at: Millis; sentence: string }[] =>
  setAsideIn(session, of).map(({ at, what }) => ({
    at,
    sentence: `Set aside, because it came after the case was closed: ${what}. It comes in if the case is reopened.`,
  }));
