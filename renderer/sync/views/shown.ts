/**
 * A version while a window shows it: whether all of it is here, how far it is, and what became of it meanwhile. Each word
 * comes from its one pure function.
 */
import type { ShownVersion } from '../../../shared/ipc/files.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import { arriving } from '../../../shared/status/happened.ts';
import { fileOf, isTakenFromUs } from '../cases/caseIndex.ts';
import { moveOf } from '../cases/moving/atRelay.ts';
import { packagesHere } from '../cases/work/lateLetters.ts';
import type { Desktop } from '../desktop.ts';
import { guestFile } from '../guests/places.ts';
import { packagedFile } from './files.ts';

/** Null: it is known here no more. */
export function shownVersion(desktop: Desktop, version: VersionId): ShownVersion | null {
  const { session, moving } = desktop;
  const whole = moving.here.has(version);
  const came = packagesHere(session).flatMap((pkg) =>
    pkg.side === 'receiver' ? pkg.files.map((file) => ({ pkg, file })) : [],
  );
  const all = came.filter(({ file }) => file.file.content.version === version);
  // What was sent in error once is taken, however it came again; else, released again, what became of it first is past.
  const found =
    all.find(({ file }) => file.inError) ?? all.find(({ pkg, file }) => !pkg.withdrawn && !file.dropped) ?? all[0];
  if (!found) {
    const known = fileOf(session, version) ?? guestFile(session, version);
    return known && { whole, taken: false, ended: false, arriving: null, condition: null };
  }
  const { pkg, file } = found;
  const taken = isTakenFromUs(session, version);
  const ended = pkg.withdrawn !== null || file.dropped !== null;
  const move = moveOf(pkg, version);
  const moved = Math.max(moving.moved.get(move) ?? 0, moving.news.get(move)?.done ?? 0);
  return {
    whole,
    taken,
    ended,
    arriving: !whole && !taken && !ended ? arriving(moved, file.file.content.size) : null,
    condition: packagedFile(desktop, pkg, file).condition,
  };
}
