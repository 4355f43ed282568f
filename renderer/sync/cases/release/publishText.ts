/**
 * Publishing by value: the current record and summary of one area, written as first edits of another. A fresh document
 * with a fresh client id; no history, no deleted words, no client ids of the source come along.
 */
import * as Y from 'yjs';
import type { AreaId } from '../../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { Base, Brought, Order } from '../../../../shared/model/bring.ts';
import { bring, bringing, keyedBy } from '../../../../shared/model/bring.ts';
import type { OrdinaryArea } from '../../../../shared/model/disclosure/places.ts';
import type { Audience } from '../../../../shared/model/publish.ts';
import { copyRecord, visibleTo } from '../../../../shared/model/publish.ts';
import { SUMMARY_FIELD, copySummary, readRecord, summaryText, valueOf } from '../../../../shared/model/record.ts';
import type { Author } from '../../../../shared/model/register.ts';
import type { Line } from '../../../../shared/model/recordLines.ts';
import { recordLines } from '../../../../shared/model/recordLines.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { splitEdit } from '../../../../shared/seal/entry/splitEdit.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';

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
  /** What of our own record goes into one that they have already; nothing where the text is our own. */
  readonly brought: readonly Brought[];
  /** How far our own record had come: a Yjs state vector. */
  readonly seen: Uint8Array;
}

/** Our own record, from which a text that is elsewhere is brought up to date: as it stands, or as it was frozen. */
export interface Own {
  readonly area: OrdinaryArea;
  readonly what: { readonly base: Base | null } | { readonly frozen: readonly Brought[] };
  readonly order: Order;
}

/** The text of a place for the audience of a package, whose claims are known by their keys from then on. */
export async function takeText(
  session: Session,
  from: OrdinaryArea,
  audience: Audience,
  pkg: string,
  own?: Own,
): Promise<TakenText> {
  const { platform, docs } = session;
  const streams = {
    record: await streamOf(platform, from, 'record'),
    summary: await streamOf(platform, from, 'summary'),
    own: await streamOf(platform, own?.area ?? from, 'record'),
  };
  // Nothing is waited for from here on, so that what is said and what is published are the same.
  const [record, summary] = [docs.doc(from, streams.record), docs.doc(from, streams.summary)];
  const taken = { record: new Y.Doc(), summary: new Y.Doc() };
  const mine = docs.doc(own?.area ?? from, streams.own);
  const author = keyedBy(authorOf(session), pkg);
  const brought = own ? broughtFrom(own, mine, record, audience, author) : [];
  copyRecord(own ? withBrought(record, brought, own.order, author) : record, taken.record, audience, author);
  copySummary(summary.getXmlFragment(SUMMARY_FIELD), taken.summary.getXmlFragment(SUMMARY_FIELD));
  const { fields } = readRecord(record);
  const { fields: then } = readRecord(taken.record);
  return {
    ...taken,
    brought,
    seen: Y.encodeStateVector(mine),
    said: {
      title: (valueOf(then, 'title') || valueOf(fields, 'title')).slice(0, 300),
      urn: (valueOf(then, 'urn') || valueOf(fields, 'urn')).slice(0, 20) || null,
      record: [...recordLines(readRecord(taken.record), audience)],
      summary: summaryText(summary),
    },
  };
}

function broughtFrom({ what }: Own, mine: Y.Doc, to: Y.Doc, audience: Audience, author: Author): readonly Brought[] {
  return 'frozen' in what ? what.frozen : bringing(mine, visibleTo(readRecord(mine), audience), to, what.base, author);
}

/** The record as it will be when what was frozen has been brought there. */
function withBrought(record: Y.Doc, brought: readonly Brought[], order: Order, author: Author): Y.Doc {
  const then = new Y.Doc();
  Y.applyUpdate(then, Y.encodeStateAsUpdate(record));
  bring(then, brought, order, author);
  return then;
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
