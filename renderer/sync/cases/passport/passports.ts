/**
 * A passport for a screen, each step checked again as it is shown, and as a file: an act on record, as every copy that
 * leaves Joinder is.
 */
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { PassportView } from '../../../../shared/ipc/passport.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { jsonText } from '../../../../shared/model/exchange/manifest.ts';
import { verifyPassport } from '../../../../shared/model/passport/verify.ts';
import type { Session } from '../../session.ts';
import { allCases, filedIn, packages } from '../caseIndex.ts';
import { doWork } from '../work/doing.ts';
import { makePassport } from './making.ts';

export async function passportOf(session: Session, version: VersionId): Promise<Result<PassportView, ActCause>> {
  const made = await makePassport(session, version);
  if (!made) return fail('not found');
  const { passport, unproved } = made;
  const verdict = await verifyPassport(session.platform, passport);
  const { directories, orgName } = session;
  const steps = verdict.steps.map(({ step, wrong }) => ({
    what: step.what,
    at: Date.parse(step.at),
    by: 'by' in step ? `${step.by.name}, ${step.by.post}, ${directories.nameOf(step.by.organisation, orgName)}` : null,
    computer: 'by' in step ? (directories.current(step.by.organisation)?.known.get(step.computer)?.name ?? null) : null,
    wrong,
  }));
  return ok({ steps, unproved, holds: verdict.holds });
}

/** Writes the passport as JSON to where the token stands for. */
export async function savePassport(
  session: Session,
  version: VersionId,
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  const of = caseOf(session, version);
  const made = await makePassport(session, version);
  if (!made || of === null) return fail('not found');
  const written = await session.evidence.writeBytes(token, utf8(jsonText(made.passport)));
  if (!written.ok) return fail(written.cause === 'unknown token' ? 'not found' : 'disk full');
  const recorded = await doWork(session, of, {
    is: 'case exported',
    what: 'passport',
    sha256: written.value,
    files: 0,
  });
  return recorded.ok ? ok({ sha256: written.value }) : recorded;
}

/** The case that a version is of; the first of several. */
function caseOf(session: Session, version: VersionId): CaseId | null {
  const sent = packages(session).find(({ content }) => content.files.some((file) => file.content.version === version));
  const filed = (of: CaseId): boolean => filedIn(session, of).some(({ fact }) => fact.file.content.version === version);
  return sent?.content.case ?? allCases(session).find(filed) ?? null;
}
