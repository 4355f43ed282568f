/** What guest and team write to each other in a guest's area, and taking a guest's file into the case: by value, with whose it is. */
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { event } from '../../../shared/model/facts/event.ts';
import type { AreaId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { areaOf } from '../cases/caseIndex.ts';
import { meAmong } from '../cases/me.ts';
import { mayShareHere } from '../cases/permitted.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import { isClosed } from '../cases/work/folded.ts';
import { meIn } from '../cases/work/placing.ts';
import type { Session } from '../session.ts';
import { guestFile, guestPlaceAt } from './places.ts';

type Done = Promise<Result<null, ActCause>>;

export async function sayToGuest(session: Session, area: AreaId, text: string): Done {
  const { log, directories, identity, platform } = session;
  const place = guestPlaceAt(session, area);
  const { access } = log.replica(area);
  const own = directories.current(identity.org);
  if (!place || !access || !own) return fail('not found');
  const role = roleIn(access, own, identity.device);
  const by = meAmong(session, access.seats.keys());
  if (!by || role === null || role === 'reader') return fail('not allowed');
  const fact = event.safeParse({ is: 'guest said', text: text.trim(), by, at: platform.now() });
  if (!fact.success || text.trim() === '') return fail('malformed');
  return act(session, [await eventPiece(session, area, fact.data)]);
}

export async function takeGuestFile(session: Session, version: VersionId): Done {
  const found = guestFile(session, version);
  if (!found || !found.place.brought.some(({ fact }) => fact.file.content.version === version))
    return fail('not found');
  const { file, place } = found;
  const working = areaOf(session, place.case, 'working papers');
  const by = working && meIn(session, working);
  if (!working || !by || !mayShareHere(session, 'added')) return fail('not allowed');
  if (isClosed(session, place.case)) return fail('case closed');
  if (place.taken.has(version)) return fail('already done');
  const said = { by, at: session.platform.now() };
  return act(session, [
    await eventPiece(session, working.area, { is: 'added', file, ...said }),
    await eventPiece(session, place.area, { is: 'guest file taken', version, ...said }),
  ]);
}
