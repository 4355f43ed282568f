/** What lies before a reviewer now, by hash: the record and the summary as they stand, and the newest version of every item. */
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import { hashOf } from '../../../../shared/primitives/platform.ts';
import type { Reviewed } from '../../../../shared/model/facts/reviewing.ts';
import { recordRoot, summaryText } from '../../../../shared/model/record.ts';
import { readFields } from '../../../../shared/model/register.ts';
import { LABEL } from '../../../../shared/seal/labels.ts';
import { streamOf } from '../../../../shared/seal/places.ts';
import type { Session } from '../../session.ts';
import { areaOf, caseState } from '../caseIndex.ts';

export async function reviewedNow(session: Session, of: CaseId): Promise<Reviewed> {
  const { platform, docs } = session;
  const area = (areaOf(session, of, 'case file') ?? areaOf(session, of, 'working papers'))?.area;
  const doc = async (name: 'record' | 'summary') => area && docs.doc(area, await streamOf(platform, area, name));
  const [record, summary] = [await doc('record'), await doc('summary')];
  const fields = record ? [...readFields(recordRoot(record))] : [];
  const values = fields
    .map(([path, claims]) => [path, claims.map(({ value }) => value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = (text: string): Promise<Hash> => hashOf(platform, LABEL.reviewed, utf8(text));
  const files = (caseState(session, of)?.items ?? []).flatMap(({ item, versions }) => {
    const newest = versions.at(-1)?.file.content;
    return newest ? [{ item, version: newest.version, sha256: newest.sha256 }] : [];
  });
  return {
    record: await hash(JSON.stringify(values)),
    summary: await hash(summary ? summaryText(summary) : ''),
    files,
  };
}
