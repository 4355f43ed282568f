/** A package as a row, for its sender or its receiver. */
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import * as proved from '../../../shared/model/packageStatus.ts';
import { condition, noCondition } from '../../../shared/status/condition.ts';
import type { PackageFacts } from '../../../shared/status/package.ts';
import { packageWord } from '../../../shared/status/package.ts';
import { errorRows } from './inError.ts';
import type { Desktop } from '../desktop.ts';
import { clockOf } from './clock.ts';
import { versionFacts, waitsOf } from './fileFacts.ts';
import { byName } from '../../../shared/primitives/byName.ts';
import { packagedFile } from './files.ts';
import { packageProgress } from './progress.ts';
import { allocationIn } from './queue.ts';
import { stickOf, stickable } from './sticks.ts';
import { packagesHere } from '../cases/work/lateLetters.ts';

export function packageFacts(desktop: Desktop, pkg: PackageState): PackageFacts {
  const { to } = pkg.content;
  const held = pkg.side === 'receiver' || desktop.session.directories.current(to.org)?.seats.has(to.seat) === true;
  const files = pkg.files.map((file) => versionFacts(desktop, pkg, file));
  return proved.packageFacts(pkg, files, {
    receivable: held ? { at: pkg.content.at } : null,
    waits: waitsOf(desktop, pkg),
  });
}

export function packageRow(desktop: Desktop, pkg: PackageState): PackageRow {
  const { content } = pkg;
  const sent = pkg.side === 'sender';
  const facts = packageFacts(desktop, pkg);
  const clock = clockOf(desktop.session);
  const can = proved.canDo(pkg);
  const reached = facts.files.some((f) => f.delivered !== null);
  return {
    package: pkg.package,
    direction: sent ? 'sent' : 'received',
    case: content.case,
    caseTitle: content.title,
    urn: content.urn,
    org: facts.org,
    post: content.to.post,
    by: content.from.personName,
    purpose: content.purpose,
    urgency: content.urgency,
    at: content.at,
    word: packageWord(facts, clock).word,
    condition: condition({ ...noCondition, withdrawn: facts.withdrawn, reached, stick: stickOf(desktop, pkg) }, clock),
    progress: packageProgress(desktop, pkg, facts.files),
    files: pkg.files.map((file) => packagedFile(desktop, pkg, file)).sort(byName),
    answers: content.answers,
    note: content.note,
    summary: content.summary,
    record: content.record,
    can: {
      withdraw: can.withdraw,
      accept: can.accept,
      return: can.return,
      error: can.error,
      sendByLink: sent && pkg.stick?.alone === true && !pkg.withdrawn,
      stick: stickable(desktop, pkg),
    },
    errors: errorRows(pkg),
    acceptWaits: can.acceptWaits,
    history: proved.historyOf(pkg),
    ...allocationIn(desktop.session, pkg),
  };
}

export const allPackageRows = (desktop: Desktop): readonly PackageRow[] =>
  packagesHere(desktop.session).map((pkg) => packageRow(desktop, pkg));
