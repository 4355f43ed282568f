/** What lies before a reviewer now, by hash: the record and the summary as they stand, and the newest version of every item. */
import type * as Y from 'yjs';
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import { hashOf } from '../../../../shared/primitives/platform.ts';
import type { Reviewed } from '../../../../shared/model/facts/reviewing.ts';
import { recordRoot, summaryText } from '../../../../shared/model/record.ts';
import { readFields } from '../../../../shared/model/register.ts';
import { LABEL } from '../../../../shared/seal/labels.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Session } from '../../session.ts';
import { areaOf, caseState } from '../caseIndex.ts';
import { changesOf } from '../changes.ts';

/** Every value of every field, in an order that does not depend on how they came. */
function recordValues(doc: Y.Doc): string {
  const fields = [...readFields(recordRoot(doc))].map(
    ([path, claims]) => [path, claims.map(({ value }) => value)] as const,
  );
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const hashed = new WeakMap<Y.Doc, { at: number; hash: Hash }>();
async function hashDoc(platform: Platform, doc: Y.Doc, read: (doc: Y.Doc) => string): Promise<Hash> {
  const at = changesOf(doc);
  const known = hashed.get(doc);
  if (known?.at === at) return known.hash;
  const hash = await hashOf(platform, LABEL.reviewed, utf8(read(doc)));
  hashed.set(doc, { at, hash });
  return hash;
}

/** Of the Case file once there is one, for it is what both organisations work on; else of Working papers. */
export async function reviewedNow(session: Session, of: CaseId): Promise<Reviewed | null> {
  const { platform, docs } = session;
  const area = (areaOf(session, of, 'case file') ?? areaOf(session, of, 'working papers'))?.area;
  if (!area) return null;
  const doc = async (name: 'record' | 'summary'): Promise<Y.Doc> =>
    docs.doc(area, await streamOf(platform, area, name));
  return {
    record: await hashDoc(platform, await doc('record'), recordValues),
    summary: await hashDoc(platform, await doc('summary'), summaryText),
    files: (caseState(session, of)?.items ?? []).flatMap(({ item, versions }) => {
      const newest = versions.at(-1)?.file.content;
      return newest ? [{ item, version: newest.version, sha256: newest.sha256 }] : [];
    }),
  };
}
