/**
 * What an act writes: events of a case's area, entries for a post's intake; and the writing itself, with a cause that a
 * screen can say. Pieces of one `act` stand or fall together. Decides nothing about cases.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { ChainPiece, Piece, WriteCause } from '../log/writer.ts';
import { committed } from './passport/lines.ts';
import type { Session } from '../session.ts';

const actCause = (cause: WriteCause): ActCause => (cause === 'disk full' || cause === 'locked' ? cause : 'not allowed');

/** Writes pieces, answering what a screen can say. */
export async function act(session: Session, pieces: readonly (Piece | ChainPiece)[]): Promise<Result<null, ActCause>> {
  const written = await session.log.writer.write(pieces);
  return written.ok ? ok(null) : fail(actCause(written.cause));
}

/** An event in a place of a case. What it says of a file's custody its header commits to by itself. */
export async function eventPiece(session: Session, area: Piece['area'], event: CaseEvent): Promise<Piece> {
  const { fact, more } = await committed(session.platform, event);
  return {
    area,
    stream: await streamOf(session.platform, area, 'events'),
    kind: 'event',
    plain: encodeFact(fact),
    more,
    seal: 'stream',
  };
}

/** An event for the reader of a post's intake. */
export async function intakePiece(
  session: Session,
  to: Pick<Party, 'org' | 'seat'>,
  kind: Piece['kind'],
  plain: Uint8Array,
): Promise<Piece> {
  const replica = await session.log.intake(to.org, to.seat);
  const area = replica.state.area;
  return {
    area,
    stream: await streamOf(session.platform, area, 'events'),
    kind,
    plain,
    seal: { boxTo: [{ org: to.org, seat: to.seat }] },
  };
}
