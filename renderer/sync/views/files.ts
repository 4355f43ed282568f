/**
 * A file as a row: what has happened, what is here, its condition, progress and receipts, each word from its one pure
 * function.
 */
import type { FileRow } from '../../../shared/ipc/worker.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { condition, noCondition } from '../../../shared/status/condition.ts';
import { freshVersion } from '../../../shared/status/facts.ts';
import type { VersionFacts } from '../../../shared/status/facts.ts';
import { happened } from '../../../shared/status/happened.ts';
import { here } from '../../../shared/status/here.ts';
import type { PackageFact } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { clockOf } from './clock.ts';
import { holderOf, receiptRows, sealedBytes, versionFacts } from './fileFacts.ts';

/** A file within a package. */
export function packagedFile(desktop: Desktop, pkg: PackageFact, file: FileRecord): FileRow {
  return row(desktop, file, versionFacts(desktop, pkg, file), receiptRows(desktop, pkg, file), pkg.direction);
}

/** A file of Working papers that was not released. */
export function keptFile(desktop: Desktop, file: FileRecord, at: number): FileRow {
  const facts: VersionFacts = {
    ...freshVersion('sender', '', sealedBytes(file)),
    sealed: desktop.moving.here.has(file.content.version) ? { at } : null,
    holder: holderOf(desktop, file.content.version),
  };
  return row(desktop, file, facts, [], 'sent');
}

function row(
  desktop: Desktop,
  file: FileRecord,
  facts: VersionFacts,
  receipts: FileRow['receipts'],
  direction: PackageFact['direction'],
): FileRow {
  const { moving, session } = desktop;
  const clock = clockOf(session);
  const { version, size, sha256 } = file.content;
  const whole = moving.here.has(version);
  const received = direction === 'received';
  const paused = moving.isPaused(version);
  const { transfer } = facts;
  const there = here({
    whole,
    wasHere: received ? facts.delivered?.here === true : facts.sealed !== null && facts.holder === null,
    coming: received,
    atRelay: received || facts.atRelay !== null,
    holder: facts.holder,
    again: null,
  });
  const under = transfer && transfer.state !== 'whole' && (received ? !whole : true);
  return {
    version,
    item: file.item,
    name: file.name,
    type: file.type,
    bytes: size,
    sha256,
    happened: happened(facts, clock).word,
    here: there.word,
    condition: condition(
      {
        ...noCondition,
        withdrawn: facts.withdrawn,
        dropped: facts.dropped,
        reached: facts.delivered !== null,
        paused: paused && (received ? !whole : facts.released !== null && facts.atRelay === null),
        transfer,
      },
      clock,
    ),
    progress: under ? { done: transfer.done, total: transfer.total, rate: transfer.rate } : null,
    paused,
    canOpen: there.canOpen && facts.withdrawn === null,
    canDrop: !received && transfer?.state === 'failed' && facts.dropped === null && facts.withdrawn === null,
    receipts,
  };
}
