/**
 * What follows from a package's state: the facts from which its words are computed, what one may do with it, what it asks
 * of a person, and its history in sentences. Pure; `shared/status` alone turns the facts into words.
 */
import type { VersionId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { At, DeliveredFact, OpenedFact, ReasonFact, VersionFacts } from '../status/facts.ts';
import { freshVersion, joinDelivered, joinOpened } from '../status/facts.ts';
import { countOf } from '../status/format.ts';
import type { PackageFacts } from '../status/package.ts';
import type { FileRecord } from './events.ts';
import type { Me, PackageFile, PackageState, ReceiptState } from './foldPackage.ts';
import { answersOf, countAnswers, inErrorOf, isAllInError, versionsInError } from './inError/answers.ts';
import type { Act } from './inError/fold.ts';

const reasonOf = (act: Act | null): ReasonFact | null =>
  act ? { at: act.at, reason: act.reason, name: act.by.personName } : null;
const at = (ms: Millis | null): At | null => (ms === null ? null : { at: ms });
const sealedSize = ({ file }: PackageFile): number => file.content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);

const asDelivered = (receipt: ReceiptState, me: Me): DeliveredFact => ({
  at: receipt.at,
  org: receipt.by.orgName,
  device: receipt.deviceName,
  here: receipt.device === me.device,
});
const asOpened = (receipt: ReceiptState, me: Me): OpenedFact => ({
  at: receipt.at,
  name: receipt.by.personName,
  org: receipt.by.orgName,
  mine: receipt.by.person === me.person && receipt.by.org === me.org,
});

/**
 * What the log proves of one file of a package. The disk and the transfers add to it by `joinVersion`: `sealed`, `holder`,
 * `waits`, `moved`, `transfer`, and `atRelay` for one file before all are there.
 */
export function versionFacts(state: PackageState, file: PackageFile, me: Me): VersionFacts {
  const { side, content } = state;
  let facts = freshVersion(side, side === 'sender' ? content.to.orgName : content.from.orgName, sealedSize(file));
  for (const receipt of file.receipts) {
    if (receipt.what === 'delivered')
      facts = { ...facts, delivered: joinDelivered(facts.delivered, asDelivered(receipt, me)) };
    else if (receipt.what === 'viewing began')
      facts = { ...facts, viewingBegan: joinOpened(facts.viewingBegan, asOpened(receipt, me)) };
    else facts = { ...facts, opened: joinOpened(facts.opened, asOpened(receipt, me)) };
  }
  return {
    ...facts,
    released: at(content.at),
    atRelay: at(state.allSentAt),
    withdrawn: reasonOf(state.withdrawn),
    dropped: reasonOf(file.dropped),
    inError: inErrorOf(state, file, me),
  };
}

/** What the log proves of a package; `files` are its files' facts after disk and transfers were added, in its order. */
export const packageFacts = (
  state: PackageState,
  files: readonly VersionFacts[],
  now: Pick<PackageFacts, 'receivable' | 'waits'>,
): PackageFacts => ({
  side: state.side,
  org: state.side === 'sender' ? state.content.to.orgName : state.content.from.orgName,
  files,
  released: at(state.content.at),
  receivable: now.receivable,
  waits: now.waits,
  sent: at(state.sentAt),
  decided: state.decided
    ? { is: state.decided.is, at: state.decided.at, name: state.decided.by.personName, reason: state.decided.reason }
    : null,
  withdrawn: reasonOf(state.withdrawn),
  destroyed: isAllInError(state) ? countAnswers(answersOf(state, versionsInError(state))) : null,
});

/** Whether somebody of the receiving organisation has signed for a file. */
export const isDelivered = (file: PackageFile): boolean =>
  file.receipts.some((receipt) => receipt.what !== 'viewing began');

/** Whether anything of a package is proven to be there: a file, or the package itself where it has no file to deliver. */
export const hasArrived = (state: PackageState): boolean => state.received !== null || state.files.some(isDelivered);

/** The files of a package that still belong to it. */
export const remaining = ({ withdrawn, files }: PackageState): readonly FileRecord[] =>
  withdrawn ? [] : files.filter((f) => f.dropped === null && f.inError === null).map((f) => f.file);

/** The files of a package that have not reached the receiver and were not left out. */
export const missing = (state: PackageState): readonly PackageFile[] =>
  state.files.filter((file) => file.dropped === null && file.inError === null && !isDelivered(file));

export interface Can {
  readonly withdraw: boolean;
  readonly accept: boolean;
  readonly return: boolean;
  /** Say that it was sent in error: only what has gone. */
  readonly error: boolean;
  /** Why it cannot be accepted yet; null where it can, or never could be here. */
  readonly acceptWaits: string | null;
}

/** What may be done with it now. Opening and accepting never wait for each other's files; accepting needs all of them. */
export function canDo(state: PackageState): Can {
  const over = state.withdrawn !== null || state.decided !== null || isAllInError(state);
  const receiver = state.side === 'receiver';
  const waiting = missing(state).length;
  const acceptWaits =
    receiver && !over && waiting > 0
      ? `${countOf(waiting, 'file has', 'files have')} not arrived yet. Accept when all are here, or return the package with a reason.`
      : null;
  return {
    withdraw: !receiver && !over,
    accept: receiver && !over && waiting === 0,
    return: receiver && !over,
    error: !receiver && state.posted !== null && !isAllInError(state),
    acceptWaits,
  };
}

/** Whether a file may be left out of its package: before it has arrived, and only while the package is open. */
export const canDrop = (state: PackageState, version: VersionId): boolean =>
  state.side === 'sender' &&
  state.withdrawn === null &&
  state.decided === null &&
  missing(state).some(({ file }) => file.content.version === version);

/** What a package asks of the people on this side; null: nothing. */
export function needsMe(state: PackageState): string | null {
  if (state.side === 'sender') {
    const returned = [state.decided, ...state.alsoDecided].find((decision) => decision?.is === 'returned');
    return returned && state.answeredBy.length === 0 && !state.withdrawn
      ? `Returned by ${returned.by.personName}: ${returned.reason}`
      : null;
  }
  if (state.withdrawn || state.decided || isAllInError(state)) return null;
  return missing(state).length === 0 ? 'Accept it, or return it with a reason' : null;
}

export interface HistoryLine {
  readonly at: Millis;
  readonly sentence: string;
}

const RECEIPT: Readonly<Record<ReceiptState['what'], (name: string, receipt: ReceiptState) => string>> = {
  delivered: (name, receipt) =>
    `${name}: delivered to ${receipt.by.orgName}; ${receipt.deviceName} holds it whole and has verified it`,
  opened: (name, receipt) => `${name}: opened by ${receipt.by.personName}, ${receipt.by.orgName}`,
  exported: (name, receipt) => `${name}: exported by ${receipt.by.personName}, ${receipt.by.orgName}`,
  'viewing began': (name, receipt) =>
    `${name}: viewing began, before it was whole, by ${receipt.by.personName}, ${receipt.by.orgName}`,
};

/** Everything that happened to a package, oldest first, a sentence each. */
export function historyOf(state: PackageState): readonly HistoryLine[] {
  const { content, withdrawn } = state;
  const lines: HistoryLine[] = [
    {
      at: content.at,
      sentence: `Released by ${content.from.personName}, ${content.from.orgName}, to ${content.to.post}, ${content.to.orgName}`,
    },
  ];
  if (state.sentAt !== null) lines.push({ at: state.sentAt, sentence: 'The relay took the package' });
  if (state.allSentAt !== null) lines.push({ at: state.allSentAt, sentence: 'The relay holds every file' });
  if (state.stick) {
    const { at: when, by, alone } = state.stick;
    const link = alone ? 'its files do not go over the link' : 'its files go over the link as well';
    lines.push({ at: when, sentence: `Put on a stick by ${by.personName}; ${link}` });
  }
  if (state.received) {
    const { at: when, by, deviceName } = state.received;
    lines.push({ at: when, sentence: `Delivered to ${by.orgName}, with no file: ${deviceName} holds the package` });
  }
  for (const { file, receipts, dropped } of state.files) {
    for (const receipt of receipts) lines.push({ at: receipt.at, sentence: RECEIPT[receipt.what](file.name, receipt) });
    if (dropped)
      lines.push({
        at: dropped.at,
        sentence: `${file.name}: left out by ${dropped.by.personName} (${dropped.reason})`,
      });
  }
  for (const decision of [state.decided, ...state.alsoDecided]) {
    if (!decision) continue;
    const reason = decision.is === 'returned' ? `: ${decision.reason}` : '';
    const also = decision === state.decided ? '' : ' (a second decision; the first stands)';
    lines.push({
      at: decision.at,
      sentence: `${decision.is === 'accepted' ? 'Accepted' : 'Returned'} by ${decision.by.personName}, ${decision.by.orgName}${reason}${also}`,
    });
  }
  for (const { at: when, by, reason, versions, whole } of state.inError) {
    const names = state.files
      .filter(({ file }) => versions.includes(file.content.version))
      .map(({ file }) => file.name);
    const what = whole ? 'The package' : names.join(', ');
    lines.push({ at: when, sentence: `${what}: sent in error, says ${by.personName}, ${by.orgName} (${reason})` });
  }
  for (const { at: when, deviceName, by } of state.destroyed)
    lines.push({
      at: when,
      sentence: `${deviceName} of ${by.personName}, ${by.orgName}, destroyed what was sent in error`,
    });
  if (withdrawn)
    lines.push({
      at: withdrawn.at,
      sentence: `Withdrawn by ${withdrawn.by.personName} (${withdrawn.reason}), ${withdrawn.beforeDelivery ? 'before anybody had it' : 'after it was delivered: it cannot be un-seen'}`,
    });
  return lines.sort((a, b) => a.at - b.at);
}
