/**
 * What disk and transfers add to what the log proves of one version in one package. Nothing here decides a word.
 */
import type { TransferCause } from '../../../shared/ipc/evidence.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import type { ReceiptRow } from '../../../shared/ipc/worker.ts';
import type { PackageFile, PackageState } from '../../../shared/model/foldPackage.ts';
import * as proved from '../../../shared/model/packageStatus.ts';
import type { VersionFacts, WaitWhy } from '../../../shared/status/facts.ts';
import { filedAs } from '../cases/caseIndex.ts';
import { moveOf } from '../cases/moving/atRelay.ts';
import { holdsBack } from '../cases/release/releasing.ts';
import type { Desktop } from '../desktop.ts';

export const receiptRows = ({ receipts }: PackageFile): readonly ReceiptRow[] =>
  receipts.flatMap(({ what, by, deviceName, at, entry }) =>
    what === 'exported' ? [] : [{ what, person: by.personName, org: by.orgName, device: deviceName, at, proof: entry }],
  );

/** Why what was released does not go, most telling first. */
export function waitsOf({ session, moving, importing }: Desktop, pkg: PackageState): readonly WaitWhy[] {
  if (pkg.side !== 'sender') return [];
  const waits: WaitWhy[] = pkg.stick?.alone ? [{ is: 'stick' }] : [];
  const held = pkg.when && !pkg.posted ? holdsBack(session, pkg.when, importing.isRunning()) : null;
  if (held?.is === 'until') waits.push(held);
  else if (held) waits.push({ is: held.is });
  const { linkState } = session;
  if (linkState.is === 'waiting') waits.push({ is: linkState.why });
  if (linkState.is === 'refused') waits.push({ is: 'refused' });
  if (linkState.is === 'off') waits.push({ is: 'signed out' });
  const full = fullAt(moving, pkg) ?? noRoomFor(session, pkg);
  if (full) waits.push({ is: full });
  if (moving.paused.has('all')) waits.push({ is: 'paused' });
  if (pkg.sentAt !== null && moving.limiting.now().held) waits.push({ is: 'metered' });
  waits.push({ is: pkg.sentAt === null ? 'taking' : 'turn' });
  return waits;
}

/** Whether the relay has no room for the package itself, before any file of it. */
function noRoomFor(
  { log }: Desktop['session'],
  { posted, sentAt }: PackageState,
): 'quota' | 'no space at the relay' | null {
  const cause = posted && sentAt === null ? log.outbox.full.get(posted.intake) : undefined;
  if (cause === undefined) return null;
  return cause === 'quota' ? 'quota' : 'no space at the relay';
}

/** What has no room for a file of it, as the relay said. */
function fullAt(moving: Desktop['moving'], pkg: PackageState): (typeof FULL)[number] | null {
  for (const { file } of pkg.files) {
    const cause = moving.news.get(moveOf(pkg, file.content.version))?.cause;
    const full = FULL.find((one) => one === cause);
    if (full) return full;
  }
  return null;
}
const FULL = [
  'quota',
  'area quota',
  'organisation quota',
  'no space at the relay',
] as const satisfies readonly TransferCause[];

/** Where and by whom a version was added, as far as this computer knows. */
export function addedBy({ session, moving }: Desktop, version: VersionId): Pick<VersionFacts, 'sealed' | 'holder'> {
  const added = filedAs(session, version);
  if (added?.fact.is !== 'added') return { sealed: null, holder: null };
  if (added.device === session.identity.device) return { sealed: { at: added.fact.at }, holder: null };
  return { sealed: null, holder: moving.here.has(version) ? null : `${added.fact.by.personName}\u2019s computer` };
}

export function versionFacts(desktop: Desktop, pkg: PackageState, file: PackageFile): VersionFacts {
  const { session, moving } = desktop;
  const { version } = file.file.content;
  const log = proved.versionFacts(pkg, file, session.identity);
  const name = moveOf(pkg, version);
  const pausedHere: readonly WaitWhy[] = moving.isPaused(version) ? [{ is: 'paused' }] : [];
  return {
    ...log,
    ...addedBy(desktop, version),
    waits: [...pausedHere, ...waitsOf(desktop, pkg)],
    moved: moving.moved.get(name) ?? 0,
    transfer: moving.news.get(name) ?? null,
    atRelay: pkg.side === 'sender' ? (log.atRelay ?? moving.atRelay(pkg, version)) : null,
  };
}
