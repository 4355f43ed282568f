/**
 * A new case from an exported one: what its file says, held against the same rules as `npm run model -- validate`, and
 * written whole or not at all. What a newer version wrote is kept. Its files come along where its folder was chosen, each held
 * against the manifest; packages and the signed work of the first case do not: they are facts of where it was made, and its
 * file stays what proves them.
 */
import * as Y from 'yjs';
import { fromUtf8, toHex } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, ItemId } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ImportCause } from '../../../../shared/ipc/worker.ts';
import { CASE_FILE, MANIFEST_FILE, parseManifest } from '../../../../shared/model/exchange/manifest.ts';
import { withItems } from '../../../../shared/model/exchange/reconnect.ts';
import { CASE_KINDS } from '../../../../shared/model/events.ts';
import type { Fault } from '../../../../shared/model/record.ts';
import { SUMMARY_FIELD } from '../../../../shared/model/record.ts';
import { writeSummary } from '../../../../shared/model/summary.ts';
import { parseCaseText } from '../../../../shared/model/snapshot/parse.ts';
import { danglingReferences } from '../../../../shared/model/snapshot/references.ts';
import type { CaseSnapshot } from '../../../../shared/model/snapshot/schema.ts';
import { SNAPSHOT_KEYS } from '../../../../shared/model/snapshot/schema.ts';
import { LONGEST_BESIDE } from '../../../../shared/model/snapshot/values.ts';
import { writeSnapshot } from '../../../../shared/model/snapshot/write.ts';
import type { Desktop } from '../../desktop.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';
import { makePapers } from '../makeArea.ts';
import { meAs } from '../me.ts';
import { firstEdit } from '../release/publishText.ts';
import { act, eventPiece } from '../pieces.ts';

/** The largest case.json that is read: many times a large case. */
const MOST = 64 * 1024 * 1024;

/** A new case from a case.json that a person chose. */
export async function importCase(session: Session, token: string): Promise<Result<CaseId, ImportCause>> {
  const bytes = await session.evidence.readChosen(token, MOST);
  if (!bytes.ok) return fail(notRead(bytes.cause));
  const read = readCase(bytes.value);
  return read.ok ? makeCase(session, read.value, bytes.value) : read;
}

/** A new case from an exported folder, and its files with it; those are added afterwards, each as the item that it was. */
export async function importFolder(
  { session, importing }: Pick<Desktop, 'session' | 'importing'>,
  token: string,
): Promise<Result<CaseId, ImportCause>> {
  const chosen = await session.chosen.keepChosen([token]);
  const manifestBytes = await readIn(session, chosen, MANIFEST_FILE);
  if (!manifestBytes.ok) return manifestBytes;
  const listed = parseManifest(textOf(manifestBytes.value) ?? '');
  if (!listed.ok) return fail({ is: 'unreadable', sentence: listed.cause });
  const bytes = await readIn(session, chosen, CASE_FILE);
  if (!bytes.ok) return bytes;
  if (toHex(await sha256(session.platform, bytes.value)) !== listed.value.case.sha256)
    return fail({ is: 'unreadable', sentence: OTHER_CASE });
  const read = readCase(bytes.value);
  if (!read.ok) return read;
  const items = new Map<string, ItemId>();
  const itemOf = (old: string): ItemId => {
    const known = items.get(old) ?? newId<ItemId>(session.platform);
    items.set(old, known);
    return known;
  };
  const made = await makeCase(session, withItems(read.value, itemOf), bytes.value);
  if (!made.ok) return made;
  const { files } = listed.value;
  const expected = files.flatMap(({ item, name, sha256: hash, file }) =>
    file === null ? [] : [{ file, name, sha256: hash, item: itemOf(item) }],
  );
  const without = files.flatMap(
    ({ name, file, why }) =>
    file === null ? [{ name, sentence: `It was not in the export: ${why ?? 'no reason is given'}. Its row in the record stands and has no file.` }] : [], // prettier-ignore
  );
  const begun =
    expected.length + without.length === 0 ? ok('') : await importing.begin(made.value, chosen, expected, without);
  return begun.ok ? made : fail({ is: 'act', cause: begun.cause });
}

const OTHER_CASE = `${CASE_FILE} is not the one that ${MANIFEST_FILE} names: one of them was changed after the export. Export the case again, or import ${CASE_FILE} alone.`;

const notRead = (cause: string): ImportCause => ({
  is: 'not read',
  why: cause === 'too large' ? 'too large' : 'unreadable',
});

async function readIn(session: Session, chosen: Uint8Array, name: string): Promise<Result<Uint8Array, ImportCause>> {
  const [token = ''] = await session.chosen.chooseAgain(chosen);
  const bytes = await session.evidence.readChosen(token, MOST, name);
  if (bytes.ok) return bytes;
  if (bytes.cause === 'too large') return fail(notRead(bytes.cause));
  return fail({
    is: 'unreadable',
    sentence: `There is no ${name} in this folder that can be read. Choose a folder that Joinder exported, named “Joinder export” and a date.`,
  });
}

function readCase(bytes: Uint8Array): Result<CaseSnapshot, ImportCause> {
  const text = textOf(bytes);
  if (text === null) return fail({ is: 'not read', why: 'unreadable' });
  const read = parseCaseText(text);
  if (!read.ok) return read;
  const faults = [...danglingReferences(read.value), ...untitled(read.value), ...tooLarge(read.value)];
  return faults.length > 0 ? fail({ is: 'faulty', faults }) : read;
}

async function makeCase(
  session: Session,
  snapshot: CaseSnapshot,
  bytes: Uint8Array,
): Promise<Result<CaseId, ImportCause>> {
  const me = meAs(session);
  if (!me) return fail({ is: 'act', cause: 'not allowed' });
  const id = newId<CaseId>(session.platform);
  const { area, piece } = await makePapers(session, me);
  const record = new Y.Doc();
  writeSnapshot(record, snapshot, authorOf(session));
  const summary = new Y.Doc();
  writeSummary(summary.getXmlFragment(SUMMARY_FIELD), snapshot.summary);
  const kind = CASE_KINDS.find((one) => one === snapshot.case.kind) ?? 'charging';
  const hash = toHex(await sha256(session.platform, bytes)) as Hash;
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

/** What a newer version says beside the lists is kept as it is, so that it has to fit. */
const tooLarge = (snapshot: CaseSnapshot): readonly Fault[] =>
  Object.entries(snapshot).flatMap(([path, value]) =>
    !SNAPSHOT_KEYS.has(path) && JSON.stringify(value).length > LONGEST_BESIDE
      ? [{ path, sentence: 'A newer version wrote this, and it is too large to be kept. Update Joinder, then import.' }]
      : [],
  );

const untitled = (snapshot: CaseSnapshot): readonly Fault[] =>
  snapshot.case.title ? [] : [{ path: 'case/title', sentence: 'The case has no title. Give it one.' }];
