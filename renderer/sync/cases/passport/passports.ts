/**
 * A passport for a screen, each step checked again as it is shown, and as a file: an act on record, as every copy that
 * leaves Joinder is.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { PassportView } from '../../../../shared/ipc/passport.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { jsonText } from '../../../../shared/model/exchange/manifest.ts';
import { verifyPassport } from '../../../../shared/model/passport/verify.ts';
import { markingOf } from '../../../../shared/model/report/caseReport.ts';
import { passportReport } from '../../../../shared/model/report/passportReport.ts';
import { fullTime } from '../../../../shared/status/format.ts';
import type { Session } from '../../session.ts';
import { allCases, filedIn, packages } from '../caseIndex.ts';
import { WRITE_CAUSES } from '../exchange/exporting.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { clockOf } from '../../views/clock.ts';
import { doWork } from '../work/doing.ts';
import type { Made } from './making.ts';
import { makePassport } from './making.ts';

export async function passportOf(session: Session, version: VersionId): Promise<Result<PassportView, ActCause>> {
  const made = await makePassport(session, version);
  return made ? ok(await shown(session, made)) : fail('not found');
}

async function shown({ platform, directories, orgName }: Session, made: Made): Promise<PassportView> {
  const verdict = await verifyPassport(platform, made.passport);
  const steps = verdict.steps.map(({ step, wrong }) => ({
    what: step.what,
    at: Date.parse(step.at),
    by: 'by' in step ? `${step.by.name}, ${step.by.post}, ${directories.nameOf(step.by.organisation, orgName)}` : null,
    computer: 'by' in step ? (directories.current(step.by.organisation)?.known.get(step.computer)?.name ?? null) : null,
    more: step.what === 'derived' ? `${step.how} of the content with SHA-256 ${step.from.sha256.slice(0, 16)}…` : null,
    wrong,
  }));
  return { steps, unproved: made.unproved, holds: verdict.holds };
}

/** Writes the passport to where the token stands for: whole, or for reading. */
export async function savePassport(
  session: Session,
  version: VersionId,
  token: string,
  as: 'json' | 'pdf',
): Promise<Result<{ sha256: Hash }, ActCause>> {
  const of = caseOf(session, version);
  const made = await makePassport(session, version);
  if (!made || of === null) return fail('not found');
  const whole = utf8(jsonText(made.passport));
  const bytes = as === 'json' ? whole : await onPaper(session, of, made, whole);
  const written = await session.evidence.writeBytes(token, bytes);
  if (!written.ok) return fail(WRITE_CAUSES[written.cause]);
  const recorded = await doWork(session, of, {
    is: 'case exported',
    what: 'passport',
    sha256: written.value,
    files: 0,
  });
  return recorded.ok ? ok({ sha256: written.value }) : recorded;
}

async function onPaper(session: Session, of: CaseId, made: Made, whole: Uint8Array): Promise<Uint8Array> {
  const clock = clockOf(session);
  const { steps, unproved } = await shown(session, made);
  return session.drawReport(
    passportReport(made.passport, {
      at: clock.now,
      timeText: (at) => fullTime(at, clock),
      steps,
      unproved,
      marking: markingOf(await snapshotOf(session, of)),
      sha256: toHex(await sha256(session.platform, whole)) as Hash,
    }),
  );
}

/** The case that a version is of; the first of several. */
function caseOf(session: Session, version: VersionId): CaseId | null {
  const sent = packages(session).find(({ content }) => content.files.some((file) => file.content.version === version));
  const filed = (of: CaseId): boolean => filedIn(session, of).some(({ fact }) => fact.file.content.version === version);
  return sent?.content.case ?? allCases(session).find(filed) ?? null;
}
