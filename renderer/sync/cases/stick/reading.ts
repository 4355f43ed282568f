/**
 * Taking in what is on a stick, with no network: each bundle is opened with the post's key, held against the pinned directory,
 * its entries judged one by one, and only chunks of packages that were taken are copied. Promises a line for everything that was
 * not taken, and why; what was taken is whole by itself, and imported again it changes nothing.
 */
import { equalBytes } from '../../../../shared/primitives/bytes.ts';
import type { Hash, OrgId, PackageId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { StickCause, StickFile, StickPackage, StickPart, StickReport } from '../../../../shared/ipc/stick.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { StickContents, OpenedContents } from '../../../../shared/seal/stick/contents.ts';
import { isSignedBy, openContents, readerOf } from '../../../../shared/seal/stick/contents.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import type { StickLoss, StickRefusal } from '../../../../shared/status/stickCauses.ts';
import {
  ENTRY_BROKEN,
  ENTRY_REFUSED,
  PACKAGE_WITHDRAWN,
  STICK_REFUSED,
} from '../../../../shared/status/stickCauses.ts';
import type { CarriedVerdict } from '../../log/carried.ts';
import type { Session } from '../../session.ts';
import type { Moving } from '../moving/moving.ts';
import { isGenuine, packageOf } from '../caseIndex.ts';
import { goes } from './writing.ts';

/** One bundle among what was chosen, and those of its parts that are. */
interface Bundle {
  readonly sealed: Uint8Array;
  readonly parts: StickPart[];
}

type Draft = { -readonly [K in keyof StickReport]: StickReport[K] };

/** Reads every file that was chosen. `id`: under which progress is told. */
export async function readSticks(
  session: Session,
  moving: Moving,
  id: string,
  tokens: readonly string[],
): Promise<StickReport> {
  const report: Draft = { from: [], packages: [], words: 0, known: 0, refused: [] };
  const bundles: Bundle[] = [];
  try {
    for (const [i, token] of tokens.entries()) {
      const opened = await session.evidence.openStick(token);
      if (opened.ok) addPart(bundles, opened.value);
      else refuse(report, tokens.length === 1 ? 'The file' : `File ${i + 1} of ${tokens.length}`, opened.cause);
    }
    for (const bundle of bundles) await readBundle(session, moving, id, bundle, report);
  } finally {
    for (const { handle } of bundles.flatMap(({ parts }) => parts)) await session.evidence.closeStick(handle);
  }
  moving.look();
  session.changed();
  return report;
}

function addPart(bundles: Bundle[], part: StickPart): void {
  const known = bundles.find(({ sealed }) => equalBytes(sealed, part.sealed));
  if (known) known.parts.push(part);
  else bundles.push({ sealed: part.sealed, parts: [part] });
}

function refuse(report: Draft, what: string, cause: StickCause | StickRefusal): void {
  const { short, sentence } = STICK_REFUSED[cause];
  report.refused = [...report.refused, { what, why: short, sentence }];
}

async function readBundle(session: Session, moving: Moving, id: string, bundle: Bundle, report: Draft): Promise<void> {
  const opened = await openBundle(session, bundle.sealed);
  if (!opened.ok) return refuse(report, 'The whole bundle', opened.cause);
  const { contents, reader } = opened.value;
  const from = session.directories.nameOf(contents.org, '');
  const replica = await session.log.intake(session.identity.org, reader.seat);
  const verdicts = await session.log.carried.take(replica, contents.entries);
  if (verdicts === null) return refuse(report, 'The whole bundle', 'disk full');
  report.from = [...new Set([...report.from, from])];
  const brought = noteEntries(session, verdicts, report);
  await noteFiles(session, moving, id, { bundle, contents, brought }, report);
}

interface Opened {
  readonly contents: StickContents;
  readonly reader: NonNullable<ReturnType<typeof readerOf>>;
}

/** Opens a bundle, and proves who put it together. */
async function openBundle(session: Session, sealed: Uint8Array): Promise<Result<Opened, StickRefusal>> {
  const { keyring, directories, identity, platform } = session;
  const reader = readerOf(sealed);
  if (!reader) return fail('damaged');
  const own = directories.current(identity.org);
  const keys = keyring.seat(reader.seat, reader.generation);
  if (!keys) return fail(own && seatsOf(own, identity.device).has(reader.seat) ? 'key on its way' : 'not for you');
  const opened = await openContents(platform, sealed, keys);
  if (!opened.ok) return opened;
  const { contents } = opened.value;
  if (!directories.partners().includes(contents.org)) return fail('no partner');
  const cause = await proveSender(session, contents.org, opened.value);
  return cause ? fail(cause) : ok({ contents, reader });
}

/** Every statement is signed by the authority that ours has pinned, so that what it brings of the directory may be kept. */
async function proveSender(
  { directories, platform, log }: Session,
  org: OrgId,
  opened: OpenedContents,
): Promise<'directory' | 'not signed' | null> {
  const before = directories.current(org)?.n ?? 0;
  const extended = await directories.extend(org, 0, opened.contents.statements);
  if ((directories.current(org)?.n ?? 0) > before) await log.directoryExtended();
  if (!extended.ok && extended.cause !== 'update needed') return 'directory';
  const directory = directories.current(org);
  return directory && (await isSignedBy(platform, opened, directory)) ? null : 'not signed';
}

/** The packages that it named, each once; `isNew`: by this stick. */
type Brought = ReadonlyMap<PackageId, { readonly isNew: boolean }>;

function noteEntries({ facts }: Session, verdicts: readonly CarriedVerdict[], report: Draft): Brought {
  const brought = new Map<PackageId, { isNew: boolean }>();
  for (const { is, hash, header } of verdicts) {
    if (is === 'stub') continue;
    const fact = hash && facts.get(hash)?.fact;
    const isTaken = is === 'taken' || is === 'known';
    if (isTaken && fact) {
      if (fact.is === 'package') brought.set(fact.package, { isNew: is === 'taken' });
      else if (is === 'taken') report.words += 1;
      if (is === 'known') report.known += 1;
      continue;
    }
    const { short, sentence } = ENTRY_REFUSED[isTaken ? 'cannot be opened' : is] ?? ENTRY_BROKEN;
    const what = header?.kind === 'package' ? 'A package' : header?.kind === 'receipt' ? 'A receipt' : 'A message';
    report.refused = [...report.refused, { what, why: short, sentence }];
  }
  return brought;
}

interface Reading {
  readonly bundle: Bundle;
  readonly contents: StickContents;
  readonly brought: Brought;
}

/** Copies the chunks of the packages that were taken, and says of each file what came. */
async function noteFiles(
  session: Session,
  moving: Moving,
  id: string,
  { bundle, contents, brought }: Reading,
  report: Draft,
): Promise<void> {
  const wanted = new Set<Hash>();
  for (const file of [...brought.keys()].flatMap((pkg) => filesOf(session, pkg)))
    if (isGenuine(session, file) && !moving.here.has(file.content.version))
      for (const { hash } of file.content.chunks) wanted.add(hash);
  const lost = await takeParts(session, id, bundle, contents, wanted);
  const packages: StickPackage[] = [];
  for (const [pkg, { isNew }] of brought) {
    const state = packageOf(session, pkg);
    if (!state || state.withdrawn) {
      const { short, sentence } = state ? PACKAGE_WITHDRAWN : (ENTRY_REFUSED['no right'] ?? ENTRY_BROKEN);
      report.refused = [...report.refused, { what: 'A package', why: short, sentence }];
      continue;
    }
    const files = filesOf(session, pkg).map((file): StickFile => ({
      name: file.name,
      lost: moving.here.has(file.content.version) ? null : lossOf(session, file, lost),
    }));
    packages.push({ package: pkg, caseTitle: state.content.title, purpose: state.content.purpose, isNew, files });
  }
  report.packages = [...report.packages, ...packages];
}

const filesOf = (session: Session, pkg: PackageId): readonly FileRecord[] =>
  (packageOf(session, pkg)?.files ?? []).filter(goes).map(({ file }) => file);

function lossOf(session: Session, file: FileRecord, lost: ReadonlyMap<Hash, StickLoss | null>): StickLoss | null {
  if (!isGenuine(session, file)) return 'another content';
  for (const { hash } of file.content.chunks) {
    const why = lost.get(hash);
    if (why !== null) return why ?? 'not on it';
  }
  return null;
}

/** What became of each chunk on the list that is wanted: null, it is here. */
async function takeParts(
  session: Session,
  id: string,
  { parts }: Bundle,
  { chunks }: StickContents,
  wanted: ReadonlySet<Hash>,
): Promise<ReadonlyMap<Hash, StickLoss | null>> {
  const came = new Map<Hash, StickLoss | null>(
    chunks.flatMap(({ hash }) => (wanted.has(hash) ? [[hash, 'other part'] as const] : [])),
  );
  for (const { handle, first, count } of parts) {
    const mine = chunks.slice(first, first + count).map((chunk) => ({ ...chunk, wanted: wanted.has(chunk.hash) }));
    const taken = await session.evidence.takeFromStick(id, handle, mine);
    for (const { hash } of mine) if (came.has(hash)) came.set(hash, null);
    for (const hash of taken.damaged) came.set(hash, 'damaged');
    for (const hash of taken.lost) came.set(hash, taken.stopped ?? 'cut off');
  }
  return came;
}
