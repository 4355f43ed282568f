/**
 * Publishing by value: the current record and summary of one area, written as first edits of another. A fresh document
 * with a fresh client id; no history, no deleted words, no client ids of the source come along.
 */
import * as Y from 'yjs';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { Audience } from '../../../shared/model/publish.ts';
import { copyRecord, publishRows } from '../../../shared/model/publish.ts';
import { SUMMARY_FIELD, copySummary, readRecord, summaryText, valueOf } from '../../../shared/model/record.ts';
import type { Line } from '../../../shared/model/recordLines.ts';
import { recordLines } from '../../../shared/model/recordLines.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import { splitEdit } from '../../../shared/seal/splitEdit.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { authorOf } from './author.ts';

/** The text of a place by value for an audience, as it stood at one moment: what a package says of it, and fresh documents to publish. */
export interface TakenText {
  readonly said: {
    readonly title: string;
    readonly urn: string | null;
    readonly record: Line[];
    readonly summary: string;
  };
  readonly record: Y.Doc;
  readonly summary: Y.Doc;
}

/** `rowsOf`: an area whose rows of files that the audience is given are taken as well, where the text is another's. */
export async function takeText(
  session: Session,
  from: AreaId,
  audience: Audience,
  rowsOf: AreaId = from,
): Promise<TakenText> {
  const { platform, docs } = session;
  const streams = {
    record: await streamOf(platform, from, 'record'),
    summary: await streamOf(platform, from, 'summary'),
    rows: await streamOf(platform, rowsOf, 'record'),
  };
  // Nothing is waited for from here on, so that what is said and what is published are the same.
  const [record, summary] = [docs.doc(from, streams.record), docs.doc(from, streams.summary)];
  const taken = { record: new Y.Doc(), summary: new Y.Doc() };
  copyRecord(record, taken.record, audience, authorOf(session));
  if (rowsOf !== from) publishRows(docs.doc(rowsOf, streams.rows), taken.record, audience, authorOf(session));
  copySummary(summary.getXmlFragment(SUMMARY_FIELD), taken.summary.getXmlFragment(SUMMARY_FIELD));
  const { fields } = readRecord(record);
  return {
    ...taken,
    said: {
      title: valueOf(fields, 'title').slice(0, 300),
      urn: valueOf(fields, 'urn').slice(0, 20) || null,
      record: [...recordLines(readRecord(taken.record), audience)],
      summary: summaryText(summary),
    },
  };
}

export async function publishText(session: Session, { record, summary }: TakenText, to: AreaId): Promise<Piece[]> {
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
