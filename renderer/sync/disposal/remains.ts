/** Whose copies of a case a disposal does not reach, in sentences: the partners', and what was taken out of Joinder. */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { TAKEN_OUT } from '../../../shared/model/facts/exchanging.ts';
import { formatTime } from '../../../shared/status/format.ts';
import { areasOf, packagesOf } from '../cases/caseIndex.ts';
import type { Session } from '../session.ts';
import { clockOf } from '../views/clock.ts';

const MOST = 50;

/** They name no file: they stay in the record when the case is gone. */
export const remainsOf = (session: Session, of: CaseId): readonly string[] =>
  [...partners(session, of), ...exports(session, of)].slice(0, MOST);

function partners(session: Session, of: CaseId): readonly string[] {
  const { identity, directories, orgName, log } = session;
  const reads = areasOf(session, of).flatMap(({ area }) => [...(log.replica(area).access?.seats.values() ?? [])]);
  const others = new Set([
    ...reads.map(({ org }) => org),
    ...packagesOf(session, of).flatMap(({ content }) => [content.from.org, content.to.org]),
  ]);
  others.delete(identity.org);
  return [...others].map(
    (org) =>
      `${directories.nameOf(org, orgName)} keeps its own copy of what was shared with it, and disposes of it by its own retention.`,
  );
}

/** What left Joinder is a plain file where somebody put it. */
function exports(session: Session, of: CaseId): readonly string[] {
  const at = (time: number): string => formatTime(time, clockOf(session));
  const whole = areasOf(session, of)
    .flatMap(({ area }) => session.facts.inArea(area))
    .flatMap(({ fact }) =>
      fact.is === 'case exported' ? [`${fact.by.personName} exported ${TAKEN_OUT[fact.what]}, ${at(fact.at)}.`] : [],
    );
  const files = packagesOf(session, of).flatMap(({ files: all }) =>
    all.flatMap(({ receipts }) =>
      receipts
        .filter(({ what }) => what === 'exported')
        .map(({ by, at: when }) => `${by.personName}, ${by.orgName}, exported a file, ${at(when)}.`),
    ),
  );
  return [...new Set([...whole, ...files])];
}
