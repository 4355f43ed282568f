/**
 * A new case from an exported one: what its file says, held against the same rules as `npm run model -- validate`, and
 * written whole or not at all. What a newer version wrote is kept. Files, packages and the signed work of the first case are
 * not in it: they are facts of where it was made, and its file stays what proves them.
 */
import * as Y from 'yjs';
import { fromUtf8, toHex } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ImportCause } from '../../../../shared/ipc/worker.ts';
import { CASE_KINDS } from '../../../../shared/model/events.ts';
import type { Fault } from '../../../../shared/model/record.ts';
import { SUMMARY_FIELD } from '../../../../shared/model/record.ts';
import { writeSummary } from '../../../../shared/model/summary.ts';
import { parseCaseText } from '../../../../shared/model/snapshot/parse.ts';
import { danglingReferences } from '../../../../shared/model/snapshot/references.ts';
import type { CaseSnapshot } from '../../../../shared/model/snapshot/schema.ts';
import { writeSnapshot } from '../../../../shared/model/snapshot/write.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';
import { makeArea } from '../makeArea.ts';
import { meAs } from '../me.ts';
import { firstEdit } from '../publishText.ts';
import { act, eventPiece } from '../pieces.ts';

/** The largest case.json that is read: many times a large case. */
const MOST = 64 * 1024 * 1024;

export async function importCase(session: Session, token: string): Promise<Result<CaseId, ImportCause>> {
  const me = meAs(session);
  if (!me) return fail({ is: 'act', cause: 'not allowed' });
  const bytes = await session.evidence.readChosen(token, MOST);
  if (!bytes.ok) return fail({ is: 'not read', why: bytes.cause === 'too large' ? 'too large' : 'unreadable' });
  const text = textOf(bytes.value);
  if (text === null) return fail({ is: 'not read', why: 'unreadable' });
  const read = parseCaseText(text);
  if (!read.ok) return read;
  const faults = [...danglingReferences(read.value), ...untitled(read.value)];
  if (faults.length > 0) return fail({ is: 'faulty', faults });
  const snapshot = read.value;
  const id = newId<CaseId>(session.platform);
  const { area, piece } = await makeArea(session, {
    kind: 'working papers',
    owner: me.org,
    seats: [{ seat: me.seat, org: me.org, role: 'lead' }],
    from: null,
  });
  const record = new Y.Doc();
  writeSnapshot(record, snapshot, authorOf(session));
  const summary = new Y.Doc();
  writeSummary(summary.getXmlFragment(SUMMARY_FIELD), snapshot.summary);
  const kind = CASE_KINDS.find((one) => one === snapshot.case.kind) ?? 'charging';
  const hash = toHex(await sha256(session.platform, bytes.value)) as Hash;
  const at = session.platform.now();
  const done = await act(session, [
    piece,
    await eventPiece(session, area, { is: 'case', case: id, kind, source: null, by: me }),
    await eventPiece(session, area, { is: 'case imported', sha256: hash, by: me, at }),
    ...(await firstEdit(session, area, 'record', record)),
    ...(await firstEdit(session, area, 'summary', summary)),
  ]);
  return done.ok ? ok(id) : fail({ is: 'act', cause: done.cause });
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null; // not UTF-8
  }
}

const untitled = (snapshot: CaseSnapshot): readonly Fault[] =>
  snapshot.case.title ? [] : [{ path: 'case/title', sentence: 'The case has no title. Give it one.' }];
