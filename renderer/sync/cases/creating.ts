/**
 * Creating a case: its Working papers, with the record as first written. It needs no network and is one write: chain,
 * first event and record are in the journal together or not at all.
 */
import * as Y from 'yjs';
import { newId } from '../../../shared/primitives/naming.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause, NewCase } from '../../../shared/ipc/worker.ts';
import { writeNewCase } from '../../../shared/model/record.ts';
import type { Session } from '../session.ts';
import { meAs } from './me.ts';
import { authorOf } from './author.ts';
import { makePapers } from './makeArea.ts';
import { firstEdit } from './release/publishText.ts';
import { act, eventPiece } from './pieces.ts';

export async function createCase(session: Session, made: NewCase): Promise<Result<CaseId, ActCause>> {
  const me = meAs(session);
  if (!me) return fail('not allowed');
  const id = newId<CaseId>(session.platform);
  const { area, piece } = await makePapers(session, me);
  const record = new Y.Doc();
  if (!writeNewCase(record, made, authorOf(session)).ok) return fail('malformed');
  const begun = await eventPiece(session, area, { is: 'case', case: id, kind: made.kind, source: null, by: me });
  const done = await act(session, [piece, begun, ...(await firstEdit(session, area, 'record', record))]);
  return done.ok ? ok(id) : done;
}
