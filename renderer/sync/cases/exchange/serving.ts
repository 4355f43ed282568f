/**
 * The bundle for the defence: a folder with each document that is served, an index with the schedule of non-sensitive
 * material, and last the manifest, without which a folder is no whole bundle. Only the prosecution makes it, and it is on
 * record. What it is made of is the ordinary record alone (shared/model/disclosure/served.ts).
 */
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { Exported, ServedView } from '../../../../shared/ipc/exchange.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { Served } from '../../../../shared/model/disclosure/served.ts';
import { mayServe, servedOf } from '../../../../shared/model/disclosure/served.ts';
import { INDEX_FILE, asServedText, servedManifest } from '../../../../shared/model/disclosure/servedText.ts';
import { MANIFEST_FILE, exportName, jsonText } from '../../../../shared/model/exchange/manifest.ts';
import { rolesOf } from '../../../../shared/seal/directory/directory.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { areaOf, caseState } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { withheldItems } from '../sensitive/areas.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { doWork } from '../work/doing.ts';
import { WRITE_CAUSES, writeFile } from './exporting.ts';

/** Whether this person is of those who make it: of the prosecution, in a case that was released to them. */
function mayMake(session: Session, of: CaseId): boolean {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  const isTheirs = areaOf(session, of, 'working papers') === null;
  return own !== null && isTheirs && mayServe(rolesOf(own, identity.device));
}

/** What would be served now, and what stays out, with why. */
export async function servedView(session: Session, of: CaseId): Promise<ServedView> {
  const snapshot = await snapshotOf(session, of);
  const bundle = servedOf(snapshot, withheldItems(session, of), today(session.platform));
  return { ...bundle, mayMake: mayMake(session, of) };
}

export async function exportServed(session: Session, of: CaseId, token: string): Promise<Result<Exported, ActCause>> {
  const me = meAs(session);
  if (!caseState(session, of)) return fail('not found');
  if (!me || !mayMake(session, of)) return fail('not allowed');
  const { evidence, platform } = session;
  const snapshot = await snapshotOf(session, of);
  const bundle = servedOf(snapshot, withheldItems(session, of), today(platform));
  const begun = await evidence.beginFolder(token, `Served bundle ${today(platform)}`);
  if (!begun.ok) return fail(WRITE_CAUSES[begun.cause]);
  try {
    const documents = bundle.groups.flatMap((group) => group.documents);
    const written = await writeAll(session, documents, token);
    if (written.without.length > 0) return ok({ folder: begun.value, sha256: '' as Hash, ...counted(written) });
    const at = new Date(platform.now()).toISOString();
    const by = `${me.personName}, ${me.post}, ${me.orgName}`;
    const heading = { title: snapshot.case.title ?? 'Case', urn: snapshot.case.urn ?? null, at, by };
    const names = new Map(written.files.map(({ document, file }) => [document, file]));
    const page = utf8(asServedText(bundle, heading, (document) => names.get(document) ?? ''));
    const index = await evidence.writeBytes(token, page, INDEX_FILE);
    if (!index.ok) return fail(WRITE_CAUSES[index.cause]);
    const files = written.files.length;
    const recorded = await doWork(session, of, {
      is: 'case exported',
      what: 'served bundle',
      sha256: index.value,
      files,
    });
    if (!recorded.ok) return recorded;
    const manifest = servedManifest(
      written.files,
      { file: INDEX_FILE, bytes: page.length, sha256: index.value },
      { at, by: { name: me.personName, post: me.post, organisation: me.orgName } },
    );
    const last = await evidence.writeBytes(token, utf8(jsonText(manifest)), MANIFEST_FILE);
    if (!last.ok) return fail(WRITE_CAUSES[last.cause]);
    return ok({ folder: begun.value, sha256: index.value, ...counted(written) });
  } finally {
    await evidence.endFolder(token);
  }
}

interface WrittenOut {
  readonly files: readonly { readonly document: Served; readonly file: string }[];
  readonly without: readonly string[];
}
const counted = ({ files, without }: WrittenOut): Pick<Exported, 'files' | 'without'> => ({
  files: files.length,
  without,
});

/** One after the other, numbered in the order of the index. */
async function writeAll(session: Session, documents: readonly Served[], token: string): Promise<WrittenOut> {
  const files: { document: Served; file: string }[] = [];
  const without: string[] = [];
  for (const [i, document] of documents.entries()) {
    const file = exportName(i + 1, document.file.name);
    const why = await writeFile(session, document.version as VersionId, token, file);
    if (why === null) files.push({ document, file });
    else without.push(document.title);
  }
  return { files, without };
}
