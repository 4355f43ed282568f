/** The case that simulations are about, and how it gets to a partner. Everything in it is fictional. */
import { fromHex } from '../../shared/primitives/bytes.ts';
import type { CaseId, Hash, ItemId, OrgId, PackageId, SeatId, VersionId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { NewCase } from '../../shared/ipc/worker.ts';
import type { FileRecord, Party } from '../../shared/model/events.ts';
import { areaOf, packageOf } from '../../renderer/sync/cases/caseIndex.ts';
import { createCase } from '../../renderer/sync/cases/creating.ts';
import { act, eventPiece } from '../../renderer/sync/cases/pieces.ts';
import { signReceipt } from '../../renderer/sync/cases/release/receiving.ts';
import { release } from '../../renderer/sync/cases/release/releasing.ts';
import type { Session } from '../../renderer/sync/session.ts';
import { meAs } from '../../renderer/sync/cases/me.ts';
import type { Computer } from './computer.ts';
import { until } from './computer.ts';

const newCase: NewCase = {
  title: 'R v Harrow',
  urn: null,
  kind: 'charging',
  officer: 'DC Priya Nair',
  suspects: [],
  offences: [],
  people: [],
};

export async function makeCase({ session }: Computer, title = newCase.title): Promise<CaseId> {
  const made = await createCase(session, { ...newCase, title });
  if (!made.ok) throw new Error(made.cause);
  return made.value;
}

export const me = (session: Session): Party => {
  const party = meAs(session);
  if (!party) throw new Error('holds no post');
  return party;
};

/** A file's record without its bytes: what these tests are about is what is said of it. */
export function fileRecord(session: Session, name: string): FileRecord {
  const hash = (): Hash => newId<Hash>(session.platform).repeat(2) as Hash;
  const content = {
    version: newId<VersionId>(session.platform),
    size: 10,
    sha256: hash(),
    key: fromHex(hash()),
    chunkSize: 1024,
    chunks: [{ hash: hash(), size: 26 }],
  };
  return { item: newId<ItemId>(session.platform), name, type: 'text/plain', modified: 0, content };
}

/** Puts a file into Working papers, as an import does. */
export async function addFile({ session }: Computer, into: CaseId, name: string): Promise<FileRecord> {
  const working = areaOf(session, into, 'working papers');
  if (!working) throw new Error('no working papers');
  const file = fileRecord(session, name);
  const at = session.platform.now();
  const added = await act(session, [
    await eventPiece(session, working.area, { is: 'added', file, by: me(session), at }),
  ]);
  if (!added.ok) throw new Error(added.cause);
  return file;
}

/** The first post of a partner. */
export function partnerPost({ directories }: Session): { readonly org: OrgId; readonly seat: SeatId } {
  for (const org of directories.partners())
    for (const seat of directories.current(org)?.posts.keys() ?? []) return { org, seat };
  throw new Error('no partner');
}

/** What is asked for when these files are released; to the partner's first post, for a charging decision, where nothing else is said. */
export const releaseOf = (
  { session }: Computer,
  of: CaseId,
  files: readonly FileRecord[],
  other: Partial<Parameters<typeof release>[1]> = {},
): Parameters<typeof release>[1] => ({
  case: of,
  versions: files.map((file) => file.content.version),
  to: partnerPost(session).seat,
  purpose: 'charging decision',
  urgency: 'routine',
  when: { sealed: true, at: null, unmetered: false },
  note: '',
  answers: null,
  ...other,
});

export async function releaseTo(
  computer: Computer,
  of: CaseId,
  files: readonly FileRecord[],
  to = partnerPost(computer.session).seat,
  answers: PackageId | null = null,
): Promise<PackageId> {
  const done = await release(computer.session, releaseOf(computer, of, files, { to, answers }));
  if (!done.ok) throw new Error(done.cause);
  return done.value;
}

/** A computer of the receiving post signs for files of a package, as it does once they are whole there; for all where none is named. */
export async function deliver({ session }: Computer, id: PackageId, ...names: readonly string[]): Promise<void> {
  const { content } = await until(() => packageOf(session, id), 'the package');
  for (const file of content.files.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const signed = await signReceipt(session, content, file, 'delivered');
    if (!signed.ok) throw new Error(signed.cause);
  }
}
