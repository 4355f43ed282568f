/**
 * What was sent already of what an action asks for: which version, when, in which package, and who has opened it.
 */
import type { CaseView, FileRow, PackageRow } from '../../../../shared/ipc/worker.ts';
import type { SentBefore } from '../../../../shared/model/facts/actions.ts';
import type { ActionState } from '../../../../shared/model/work/state.ts';

const openedBy = (file: FileRow): string | null => file.receipts.find(({ what }) => what === 'opened')?.person ?? null;

const sentIn = (pkg: PackageRow, file: FileRow): SentBefore => ({
  item: file.item,
  version: file.version,
  sha256: file.sha256,
  name: file.name,
  package: pkg.package,
  at: pkg.at,
  openedBy: openedBy(file),
});

/** The newest sending of each version of the items that the action is about. A package that was taken back was not sent. */
export function sentBefore(view: CaseView, action: ActionState): readonly SentBefore[] {
  const found = new Map<string, SentBefore>();
  for (const pkg of [...view.packages].sort((a, b) => a.at - b.at)) {
    if (pkg.direction !== 'sent' || pkg.at >= action.raised.at || pkg.word.text.startsWith('Withdrawn')) continue;
    for (const file of pkg.files) if (action.items.includes(file.item)) found.set(file.version, sentIn(pkg, file));
  }
  return [...found.values()];
}
