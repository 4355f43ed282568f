/**
 * Taking back what was released: a whole package, or one file of it. Both sides are told, and nothing that somebody has
 * seen becomes unseen.
 */
import type { PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { CaseEvent } from '../../../shared/model/events.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { areaOf, packageOf } from './caseIndex.ts';
import { meAs } from './me.ts';
import { mayShareHere } from './permitted.ts';
import { act, eventPiece, intakePiece } from './releasing.ts';

/** Takes a package back. Before it was posted it never goes; afterwards the relay is asked to let nobody fetch it. */
export async function withdraw(session: Session, id: PackageId, reason: string): Promise<Result<null, ActCause>> {
  const found = packageOf(session, id);
  const working = found && areaOf(session, found.content.case, 'working papers');
  const me = working && meAs(session, found.content.from.seat);
  if (!found || found.side !== 'sender' || !working || !me) return fail('not found');
  if (found.withdrawn) return fail('already done');
  if (!mayShareHere(session, 'withdrawn')) return fail('not allowed');
  const at = session.platform.now();
  const delivered = found.files.some((file) => file.receipts.length > 0);
  const { case: of, purpose, urgency } = found.content;
  const what = { case: of, purpose, urgency };
  const event: CaseEvent = { is: 'withdrawn', package: id, what, reason, beforeDelivery: !delivered, by: me, at };
  const pieces: Piece[] = [await eventPiece(session, working.area, event)];
  if (found.posted) pieces.push(await intakePiece(session, found.content.to, 'event', encodeFact(event)));
  return act(session, pieces);
}

/** Leaves a file out of a package on a recorded reason; both sides see it. */
export async function dropFile(
  session: Session,
  id: PackageId,
  version: VersionId,
  reason: string,
): Promise<Result<null, ActCause>> {
  const found = packageOf(session, id);
  const working = found && areaOf(session, found.content.case, 'working papers');
  const me = working && meAs(session, found.content.from.seat);
  if (!found || found.side !== 'sender' || !working || !me) return fail('not found');
  if (!mayShareHere(session, 'dropped')) return fail('not allowed');
  const event: CaseEvent = { is: 'dropped', package: id, version, reason, by: me, at: session.platform.now() };
  const pieces: Piece[] = [await eventPiece(session, working.area, event)];
  if (found.posted) pieces.push(await intakePiece(session, found.content.to, 'event', encodeFact(event)));
  return act(session, pieces);
}
