/**
 * A file as a row: what has happened, what is here, its condition, progress and receipts, each word from its one pure
 * function.
 */
import { oddityOf, shownName } from '../../../shared/primitives/fileName.ts';
import type { TransferNews } from '../../../shared/ipc/evidence.ts';
import type { FileRow } from '../../../shared/ipc/worker.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { PackageFile, PackageState } from '../../../shared/model/foldPackage.ts';
import { canDrop } from '../../../shared/model/packageStatus.ts';
import { condition, noCondition } from '../../../shared/status/condition.ts';
import { freshVersion } from '../../../shared/status/facts.ts';
import type { LinkLoss, VersionFacts } from '../../../shared/status/facts.ts';
import { happened } from '../../../shared/status/happened.ts';
import { here } from '../../../shared/status/here.ts';
import { progressOf } from '../../../shared/status/progress.ts';
import type { HereFacts } from '../../../shared/status/here.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { lineageOf } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { clockOf } from './clock.ts';
import { lineageRow } from './lineage.ts';
import { partOf } from './progress.ts';
import { addedBy, receiptRows, versionFacts } from './fileFacts.ts';

/** A file within a package. */
export function packagedFile(desktop: Desktop, pkg: PackageState, file: PackageFile): FileRow {
  const facts = versionFacts(desktop, pkg, file);
  const { version } = file.file.content;
  const failed = facts.transfer?.state === 'failed';
  return {
    ...row(desktop, pkg.content.case, file.file, facts, {
      sender: senderOf(desktop, pkg),
      again: desktop.moving.sentAgain(pkg, file.file.content),
    }),
    canDrop: failed && canDrop(pkg, version),
    canError: pkg.side === 'sender' && pkg.posted !== null && file.inError === null,
    receipts: receiptRows(file),
  };
}

/** A file of Working papers that was not released. */
export function keptFile(desktop: Desktop, of: CaseId, file: FileRecord): FileRow {
  const size = file.content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  return row(
    desktop,
    of,
    file,
    { ...freshVersion('sender', '', size), ...addedBy(desktop, file.content.version) },
    {
      sender: null,
      again: null,
    },
  );
}

type Sender = { readonly name: string; readonly lastSeen: number | null };

/** Whose computer has what the relay lacks, for who receives. */
const senderOf = ({ session }: Desktop, { side, content }: PackageState): Sender | null =>
  side === 'receiver'
    ? { name: content.from.personName, lastSeen: session.log.lastHeard.get(content.from.org) ?? null }
    : null;

function row(
  desktop: Desktop,
  of: CaseId,
  file: FileRecord,
  facts: VersionFacts,
  { sender, again }: { readonly sender: Sender | null; readonly again: HereFacts['again'] },
): FileRow {
  const { moving, session } = desktop;
  const clock = clockOf(session);
  const { version, size, sha256 } = file.content;
  const whole = moving.here.has(version);
  const oddity = oddityOf(file.name);
  const received = facts.side === 'receiver';
  const { transfer } = facts;
  const moves = received ? !whole : facts.released !== null && facts.atRelay === null;
  // Not kept by choice: opening it fetches it.
  const notKept = moving.isLeft(version, of, received);
  const canFetch = notKept && session.link.open && (received ? facts.released !== null : facts.atRelay !== null);
  const there = here({
    destroyed: received && facts.inError ? facts.inError.here : null,
    whole,
    wasHere: received ? facts.delivered?.here === true : facts.sealed !== null,
    coming: received && !notKept,
    arriving: !whole && !facts.withdrawn && (isFetchable(transfer) || canFetch),
    atRelay: received || facts.atRelay !== null,
    holder: facts.holder,
    again,
  });
  return {
    version,
    item: file.item,
    name: shownName(file.name),
    ...(oddity !== null && { oddity }),
    type: file.type,
    bytes: size,
    sha256,
    happened: happened(facts, clock).word,
    here: there.word,
    condition: condition(
      {
        ...noCondition,
        inError: facts.inError && { ...facts.inError, mine: !received },
        withdrawn: facts.withdrawn,
        dropped: facts.dropped,
        reached: facts.delivered !== null,
        replacedBy: lineageOf(session, of, version)?.replacedBy ?? null,
        paused: moves && moving.isPaused(version),
        transfer: moves ? transfer : null,
        waitingFor: sender && transfer?.cause === 'not there yet' ? sender : null,
        offline: (received ? moves && !notKept : moves && facts.moved > 0) ? linkLoss(session) : null,
      },
      clock,
    ),
    progress:
      moves && transfer && transfer.state !== 'whole' && !facts.withdrawn && !facts.inError
        ? progressOf(partOf(transfer, facts.moved))
        : null,
    paused: moving.isPaused(version),
    canOpen: there.canOpen,
    canDrop: false,
    canError: false,
    receipts: [],
    ...lineageRow(desktop, of, file),
  };
}

const linkLoss = ({ linkState }: Desktop['session']): LinkLoss | null =>
  linkState.is === 'waiting' ? linkState.why : null;

/** On its way down, as far as this computer knows: nothing says that it cannot come. */
const isFetchable = (transfer: TransferNews | null): boolean =>
  transfer !== null && transfer.state !== 'failed' && transfer.cause !== 'not there yet';
