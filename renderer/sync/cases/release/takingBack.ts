/**
 * Taking back what was released: a whole package, or one file of it. Before it was posted it never goes; afterwards the relay is asked to let
 * nobody fetch it (`moving.ts`). The Case file that a release made and that nobody was let into yet is closed by the same
 * event (`shared/model/caseFile.ts`). Both sides are told.
 */
import type { PackageId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { CaseEvent, Party } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { hasArrived } from '../../../../shared/model/packageStatus.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import type { CaseArea } from '../caseIndex.ts';
import { areaOf, packageOf } from '../caseIndex.ts';
import { inTurn } from '../inTurn.ts';
import { meAs } from '../me.ts';
import { mayShareHere } from '../permitted.ts';
import { act, eventPiece, intakePiece } from '../pieces.ts';

/** A package that this person's organisation released, and as whom they may act on it. */
function ownPackage(session: Session, id: PackageId): { pkg: PackageState; working: CaseArea; me: Party } | null {
  const pkg = packageOf(session, id);
  const working = pkg && areaOf(session, pkg.content.case, 'working papers');
  const me = working && meAs(session, pkg.content.from.seat);
  return pkg?.side === 'sender' && working && me ? { pkg, working, me } : null;
}

/** To Working papers; and to the receiving post, if the package went there. */
async function tellBoth(
  session: Session,
  { pkg, working }: { readonly pkg: PackageState; readonly working: CaseArea },
  event: CaseEvent,
): Promise<Result<null, ActCause>> {
  const pieces: Piece[] = [await eventPiece(session, working.area, event)];
  if (pkg.posted) pieces.push(await intakePiece(session, pkg.content.to, 'event', encodeFact(event)));
  return act(session, pieces);
}

export const withdraw = (session: Session, id: PackageId, reason: string): Promise<Result<null, ActCause>> =>
  inTurn(session, () => {
    const own = ownPackage(session, id);
    if (!own) return Promise.resolve(fail('not found'));
    const { pkg, me } = own;
    if (pkg.withdrawn) return Promise.resolve(fail('already done'));
    if (!mayShareHere(session, 'withdrawn')) return Promise.resolve(fail('not allowed'));
    const { case: of, purpose, urgency } = pkg.content;
    const seen = hasArrived(pkg) || pkg.files.some((file) => file.receipts.length > 0);
    return tellBoth(session, own, {
      is: 'withdrawn',
      package: id,
      what: { case: of, purpose, urgency },
      reason,
      beforeDelivery: !seen,
      by: me,
      at: session.platform.now(),
    });
  });

/** Leaves a file out of a package on a recorded reason; both sides see it. */
export async function dropFile(
  session: Session,
  id: PackageId,
  version: VersionId,
  reason: string,
): Promise<Result<null, ActCause>> {
  const own = ownPackage(session, id);
  if (!own) return fail('not found');
  if (!mayShareHere(session, 'dropped')) return fail('not allowed');
  const at = session.platform.now();
  return tellBoth(session, own, { is: 'dropped', package: id, version, reason, by: own.me, at });
}
