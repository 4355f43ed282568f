/**
 * A copy of a case outside Joinder: case.json, the files where asked, and last the manifest, without which a folder is no
 * whole export. Every copy is on record under the person's name; names of what is in a case never become a folder's.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, ItemId, VersionId } from '../../../../shared/primitives/ids.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { WriteOutCause } from '../../../../shared/ipc/causes.ts';
import type { Exported } from '../../../../shared/ipc/exchange.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { itemListCsv } from '../../../../shared/model/exchange/itemList.ts';
import type { Manifest, ManifestFile } from '../../../../shared/model/exchange/manifest.ts';
import { CASE_FILE, MANIFEST_FILE, exportName, jsonText } from '../../../../shared/model/exchange/manifest.ts';
import { withoutSensitive } from '../../../../shared/model/disclosure/withoutSensitive.ts';
import type { FileFacts } from '../../../../shared/model/snapshot/facts.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { caseState, fileOf } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { recordLook } from '../release/receiving.ts';
import { sensitiveOf, withheldItems } from '../sensitive/areas.ts';
import { SENSITIVE_FILE, sensitiveLists } from '../sensitive/listed.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { doWork } from '../work/doing.ts';

/** What writing to a place that a person chose fails for, as an act does. */
export const WRITE_CAUSES: Readonly<Record<WriteOutCause, ActCause>> = {
  'no space': 'disk full',
  'not permitted': 'not permitted',
  'read-only': 'read-only',
  'place gone': 'place gone',
  'disk error': 'disk error',
  'unknown token': 'not found',
};

export async function exportCase(
  session: Session,
  of: CaseId,
  token: string,
  { withFiles, withSensitive }: { readonly withFiles: boolean; readonly withSensitive: boolean },
): Promise<Result<Exported, ActCause>> {
  const me = meAs(session);
  if (!me) return fail('not allowed');
  if (!caseState(session, of)) return fail('not found');
  const apart = sensitiveOf(session, of);
  if (withSensitive && apart.length === 0) return fail('not allowed');
  const { evidence, platform, rules } = session;
  const begun = await evidence.beginFolder(token, `Joinder export ${today(platform)}`);
  if (!begun.ok) return fail(WRITE_CAUSES[begun.cause]);
  try {
    const whole = await snapshotOf(session, of);
    const snapshot = withSensitive ? whole : withoutSensitive(whole, withheldItems(session, of));
    const bytes = utf8(jsonText(snapshot));
    const written = await evidence.writeBytes(token, bytes, CASE_FILE);
    if (!written.ok) return fail(WRITE_CAUSES[written.cause]);
    if (withSensitive) {
      const listed = await evidence.writeBytes(
        token,
        utf8(jsonText(await sensitiveLists(session, of))),
        SENSITIVE_FILE,
      );
      if (!listed.ok) return fail(WRITE_CAUSES[listed.cause]);
    }
    const files = await writeFiles(session, snapshot.files, withFiles ? token : null);
    const { edition } = rules.own();
    const manifest: Manifest = {
      format: 'joinder export',
      version: 1,
      case: { file: CASE_FILE, bytes: bytes.length, sha256: written.value },
      at: new Date(platform.now()).toISOString(),
      by: { name: me.personName, post: me.post, organisation: me.orgName },
      rules: { name: edition.name, edition: edition.edition, sha256: edition.sha256 },
      files,
    };
    const count = files.filter(({ file }) => file !== null).length;
    const recorded = await doWork(session, of, {
      is: 'case exported',
      what: 'case',
      sha256: written.value,
      files: count,
      ...(withSensitive && { sensitive: true }),
    });
    if (!recorded.ok) return recorded;
    const last = await evidence.writeBytes(token, utf8(jsonText(manifest)), MANIFEST_FILE);
    if (!last.ok) return fail(WRITE_CAUSES[last.cause]);
    const without = withFiles ? files.filter(({ file }) => file === null).map(({ name }) => name) : [];
    return ok({ folder: begun.value, sha256: written.value, files: count, without });
  } finally {
    await evidence.endFolder(token);
  }
}

/** Writes each file under a name of its own, one after the other; `token` null: only says what they are. */
async function writeFiles(
  session: Session,
  files: readonly FileFacts[],
  token: string | null,
): Promise<readonly ManifestFile[]> {
  const entries: ManifestFile[] = [];
  for (const [i, { item, version, name, bytes, sha256: hash }] of files.entries()) {
    const called = exportName(i + 1, name);
    const why = token === null ? 'not asked for' : await writeFile(session, version as VersionId, token, called);
    const facts = { item: item as ItemId, version: version as VersionId, name, bytes, sha256: hash as Hash };
    entries.push({ ...facts, ...(why === null ? { file: called } : { file: null, why }) });
  }
  return entries;
}

/** Why it was not written; null: it was, and is on record. */
export async function writeFile(
  session: Session,
  version: VersionId,
  token: string,
  called: string,
): Promise<string | null> {
  const file = fileOf(session, version);
  if (!file) return 'not known here';
  const written = await session.evidence.exportFile(file.content, token, called);
  if (!written.ok) return written.cause === 'missing here' ? 'not on this computer' : written.cause;
  const recorded = await recordLook(session, version, 'exported');
  return recorded.ok ? null : 'written, but not on record';
}

export async function exportItems(
  session: Session,
  of: CaseId,
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  if (!caseState(session, of)) return fail('not found');
  const bytes = utf8(itemListCsv(withoutSensitive(await snapshotOf(session, of), withheldItems(session, of))));
  const written = await session.evidence.writeBytes(token, bytes);
  if (!written.ok) return fail(WRITE_CAUSES[written.cause]);
  const hash = toHex(await sha256(session.platform, bytes)) as Hash;
  const recorded = await doWork(session, of, { is: 'case exported', what: 'item list', sha256: hash, files: 0 });
  return recorded.ok ? ok({ sha256: hash }) : recorded;
}
