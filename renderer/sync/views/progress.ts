/**
 * How far files are on their way, by what the evidence process last told. Nothing here decides a word.
 */
import type { TransferNews } from '../../../shared/ipc/evidence.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import type { VersionFacts } from '../../../shared/status/facts.ts';
import type { Part, Progress } from '../../../shared/status/progress.ts';
import { together } from '../../../shared/status/progress.ts';
import { moveOf } from '../cases/moving/atRelay.ts';
import type { Desktop } from '../desktop.ts';

/** Of one version that is on its way. In its turn it goes on by itself; for all else nobody knows how long that takes. */
export const partOf = (transfer: TransferNews, moved: number): Part => ({
  done: Math.max(transfer.done, moved),
  total: transfer.total,
  rate: transfer.rate,
  stands: transfer.state !== 'moving' && !(transfer.state === 'queued' && transfer.cause === null),
});

/** Of a package, from the facts of its files in their order; null: none of them is on its way. */
export function packageProgress(
  { moving, session }: Desktop,
  pkg: PackageState,
  facts: readonly VersionFacts[],
): Progress | null {
  const { side, files, withdrawn, content } = pkg;
  if (withdrawn) return null;
  const parts: Part[] = [];
  let moves = false;
  for (const [i, { file, dropped, inError }] of files.entries()) {
    const { transfer, moved, size, atRelay, delivered } = facts[i] ?? {};
    if (dropped || inError || size === undefined) continue;
    const { version } = file.content;
    const isThere = side === 'sender' ? atRelay !== null || delivered !== null : moving.here.has(version);
    if (!isThere && moving.isLeft(version, content.case, side === 'receiver')) continue; // comes when it is asked for
    const on = !isThere && transfer && transfer.state !== 'whole' ? transfer : null;
    moves ||= on !== null;
    parts.push(
      on ? partOf(on, moved ?? 0) : { done: isThere ? size : (moved ?? 0), total: size, rate: 0, stands: !isThere },
    );
  }
  if (!moves) return null;
  const names = files.map(({ file }) => moveOf(pkg, file.content.version));
  return together(parts, parts.length > 1 ? moving.recent.rate(session.platform.now(), names) : null);
}
