/**
 * Publishing by value: the current record and summary of one area, written as first edits of another. A fresh document
 * with a fresh client id; no history, no deleted words, no client ids of the source come along.
 */
import * as Y from 'yjs';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { Audience } from '../../../shared/model/publish.ts';
import { copyRecord } from '../../../shared/model/publish.ts';
import { SUMMARY_FIELD, copySummary } from '../../../shared/model/record.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import { splitEdit } from '../../../shared/seal/splitEdit.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { authorOf } from './author.ts';

export async function publishText(session: Session, from: AreaId, to: AreaId, audience: Audience): Promise<Piece[]> {
  const { platform, docs } = session;
  const record = new Y.Doc();
  copyRecord(docs.doc(from, await streamOf(platform, from, 'record')), record, audience, authorOf(session));
  const summary = new Y.Doc();
  const source = docs.doc(from, await streamOf(platform, from, 'summary'));
  copySummary(source.getXmlFragment(SUMMARY_FIELD), summary.getXmlFragment(SUMMARY_FIELD));
  return [...(await firstEdit(session, to, 'record', record)), ...(await firstEdit(session, to, 'summary', summary))];
}

/** A document made here, as the first edits of a stream; none for an empty one, several for a large one. */
export async function firstEdit(
  session: Session,
  area: AreaId,
  name: 'record' | 'summary',
  doc: Y.Doc,
): Promise<Piece[]> {
  if (Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs.length === 0) return [];
  const stream = await streamOf(session.platform, area, name);
  const edits = splitEdit({ client: doc.clientID, update: Y.encodeStateAsUpdate(doc) });
  return edits.map((edit): Piece => ({ area, stream, kind: 'edit', plain: encodeFact(edit), seal: 'stream' }));
}
