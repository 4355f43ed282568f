/**
 * Saying that something was sent in error: the word to everybody who could hold it, and in its package's place a letter
 * without the keys, so that the rest of the package stays for whoever comes later. One write for each package; decides
 * nothing about what a receiver destroys (destroying.ts) and asks nothing of the relay (atRelay.ts).
 */
import type { Hash, OrgId, PackageId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { CaseEvent, PackageContent, Party } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { isAllInError } from '../../../../shared/model/inError/answers.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { areaOf, caseFilesOf, packageOf, packagesOf } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { meAs } from '../me.ts';
import { mayShareHere } from '../permitted.ts';
import { act, eventPiece, intakePiece } from '../pieces.ts';
import { letterPieces, withoutKeys } from '../release/letters.ts';
import { heardOf } from '../../disposal/recording.ts';

/**
 * Says it of these versions of a package, or (`all`) of the whole of it, and of the same content wherever else it went to
 * that organisation. `not found`: not ours, or it has not gone; then it is withdrawn.
 */
export const sentInError = (
  session: Session,
  id: PackageId,
  versions: readonly VersionId[] | 'all',
  reason: string,
): Promise<Result<null, ActCause>> =>
  inTurn(session, async () => {
    const pkg = packageOf(session, id);
    const me = pkg && meAs(session, pkg.content.from.seat);
    if (pkg?.side !== 'sender' || !pkg.posted || !me) return fail('not found');
    if (!mayShareHere(session, 'withdrawn')) return fail('not allowed');
    const wanted = new Set<VersionId>(versions === 'all' ? versionsOf(pkg) : versions);
    const content = new Set<Hash>(hashesOf(pkg, wanted));
    const others = packagesOf(session, pkg.content.case).filter(
      (one) => one.side === 'sender' && one.posted && one.content.to.org === pkg.content.to.org,
    );
    let said = false;
    for (const one of others) {
      const whole = one.package === id && versions === 'all';
      const due = one.files
        .filter((f) => f.inError === null && content.has(f.file.content.sha256))
        .map((f) => f.file.content.version);
      if (whole ? isAllInError(one) : due.length === 0) continue;
      const written = await act(session, await piecesFor(session, one, { versions: due, whole, reason, by: me }));
      if (!written.ok) return written;
      said = true;
    }
    return said ? ok(null) : fail('already done');
  });

const versionsOf = ({ files }: PackageState): VersionId[] => files.map(({ file }) => file.content.version);
const hashesOf = ({ files }: PackageState, versions: ReadonlySet<VersionId>): Hash[] =>
  files.filter(({ file }) => versions.has(file.content.version)).map(({ file }) => file.content.sha256);

interface Said {
  readonly versions: readonly VersionId[];
  readonly whole: boolean;
  readonly reason: string;
  readonly by: Party;
}

async function piecesFor(session: Session, pkg: PackageState, { versions, whole, reason, by }: Said): Promise<Piece[]> {
  const { content } = pkg;
  const working = areaOf(session, content.case, 'working papers');
  if (!working) throw new Error('a package of ours has Working papers');
  const places = caseFilesOf(session, content.case).filter(({ area }) =>
    session.facts.inArea(area).some((f) => isFact(f, 'entered') && versions.includes(f.fact.file.content.version)),
  );
  const event: CaseEvent = {
    is: 'sent in error',
    package: content.package,
    versions: [...versions],
    whole,
    devices: [...couldHold(session, content.to, places.length > 0 ? content.to.org : null)],
    reason,
    by,
    at: session.platform.now(),
  };
  const gone = new Set([...versions, ...pkg.files.filter((f) => f.inError).map((f) => f.file.content.version)]);
  // A letter is its writer's own word, also a colleague's; the post that it is from, and that is answered, stays.
  const { seat, post } = content.from;
  const letter = withoutKeys({ ...content, from: { ...by, seat, post } }, gone, whole);
  return [
    ...(await letterPieces(session, working.area, letter, event.at)),
    await intakePiece(session, content.to, 'event', encodeFact(event)),
    await eventPiece(session, working.area, event),
    ...(await Promise.all(places.map(({ area }) => eventPiece(session, area, event)))),
  ];
}

/** The computers that read the intake; and where it had entered the Case file, all of theirs that read that. */
function couldHold(session: Session, to: PackageContent['to'], alsoOf: OrgId | null) {
  const { directories } = session;
  const theirs = directories.current(to.org);
  const readers = new Set([to.seat]);
  if (alsoOf !== null)
    for (const replica of session.log.all())
      if (replica.state.access?.kind === 'case file')
        for (const { seat, org } of replica.state.access.seats.values()) if (org === alsoOf) readers.add(seat);
  return [...(theirs?.devices.values() ?? [])]
    .filter(({ device }) => theirs !== null && [...seatsOf(theirs, device)].some((seat) => readers.has(seat)))
    .map(({ device, name, person }) => ({
      device,
      name: `${name} of ${theirs?.people.get(person)?.name ?? ''}, ${to.orgName}`,
      heard: heardOf(session, device),
    }))
    .slice(0, 1000);
}
