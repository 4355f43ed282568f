/**
 * What an act writes: events of a case's area, entries for a post's intake; and the writing itself, with a cause that a
 * screen can say. Pieces of one `act` stand or fall together. Decides nothing about cases.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { ChainPiece, Piece, WriteCause } from '../log/writer.ts';
import { committed } from './passport/lines.ts';
import type { Session } from '../session.ts';

/** How long an act waits for the next key of its area: the chain tells of a change a moment before the key is here. */
const KEY_COMES: Millis = 5 * SECOND;

const actCause = (cause: WriteCause): ActCause => (cause === 'no key' || cause === 'not known' ? 'not allowed' : cause);

/** Writes pieces, answering what a screen can say. In the moment that an area changes its key it waits for the next one. */
export async function act(session: Session, pieces: readonly (Piece | ChainPiece)[]): Promise<Result<null, ActCause>> {
  const { writer } = session.log;
  let written = await writer.write(pieces);
  if (!written.ok && written.cause === 'no key' && mayHaveKeys(session, pieces)) {
    const came = await keysCome(session, pieces);
    written = await writer.write(pieces);
    if (!came && !written.ok && written.cause === 'no key') return fail('key away');
  }
  return written.ok ? ok(null) : fail(actCause(written.cause));
}

const sealedIn = (pieces: readonly (Piece | ChainPiece)[]): readonly AreaId[] =>
  pieces.flatMap((piece) => ('seal' in piece && piece.seal === 'stream' ? [piece.area] : []));

/** Whether a post of this person is let in wherever they write: who was taken out waits for nothing. */
function mayHaveKeys({ log, directories, identity }: Session, pieces: readonly (Piece | ChainPiece)[]): boolean {
  const own = directories.current(identity.org);
  return sealedIn(pieces).every((area) => {
    const { access } = log.replica(area);
    return access === null || (own !== null && roleIn(access, own, identity.device) !== null);
  });
}

/** Answers once the keys in force are here, or after a while that they are not. */
function keysCome({ log, keyring, listeners }: Session, pieces: readonly (Piece | ChainPiece)[]): Promise<boolean> {
  const areHere = (): boolean =>
    sealedIn(pieces).every((area) => {
      const { access } = log.replica(area);
      return access === null || keyring.areaKey(area, currentEpoch(access)) !== null;
    });
  if (areHere()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listeners.delete(look);
      resolve(areHere());
    };
    const look = (): void => (areHere() ? end() : undefined);
    const timer = setTimeout(end, KEY_COMES);
    listeners.add(look);
  });
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
