/**
 * Facts that were opened and count for nothing, because they are not their writer's to say or speak of other content:
 * told as alarms, and shown in the case's activity. Judged by the model's folds; nothing is judged here.
 */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Logged, Refused, RefusedWhy } from '../../../shared/model/logged.ts';
import type { Session } from '../session.ts';
import { refusedSentence } from './alarmSentences.ts';
import { allCases, caseState, isGenuine, packagesOf } from './caseIndex.ts';

/** The others happen between honest computers: a package that is not known yet, the same said twice. */
const TOLD: readonly RefusedWhy[] = ['not its author', 'not theirs to say', 'another content'];

interface Told {
  readonly why: RefusedWhy;
  readonly logged: Logged;
}

function refusedIn(session: Session, of: CaseId): readonly Told[] {
  const all: readonly Refused[] = [
    ...(caseState(session, of)?.refused ?? []),
    ...packagesOf(session, of).flatMap((pkg) => pkg.refused),
  ];
  const refused = all.filter(({ why }) => TOLD.includes(why));
  const others = packagesOf(session, of).filter(({ content }) =>
    content.files.some((file) => !isGenuine(session, file)),
  );
  return [...refused, ...others.map(({ entry }) => ({ hash: entry, why: 'another content' as const }))].flatMap(
    ({ hash, why }) => {
      const logged = session.facts.get(hash);
      return logged ? [{ why, logged }] : [];
    },
  );
}

const told = new WeakMap<Session, number>();

/** Raises an alarm for each, once. Looked at only when facts have changed. */
export function tellRefused(session: Session): void {
  if (told.get(session) === session.facts.revision) return;
  told.set(session, session.facts.revision);
  for (const of of allCases(session)) {
    for (const { why, logged } of refusedIn(session, of)) {
      const { area, hash, org, device } = logged;
      session.alarms.refused(area, 'content', { hash, org, device, cause: why });
    }
  }
}

/** Those of a case, as lines of its activity. */
export const refusedLines = (session: Session, of: CaseId): { at: Millis; sentence: string }[] =>
  refusedIn(session, of).map(({ why, logged }) => ({
    at: logged.relayTime ?? logged.time,
    sentence: refusedSentence('content', why, session.alarms.writerOf(logged.org, logged.device), 1, false).sentence,
  }));
