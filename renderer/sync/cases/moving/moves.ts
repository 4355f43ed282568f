/**
 * Of single moves: through which area they go, and what is remembered of them, under names that end with the version.
 */
import type { TransferNews } from '../../../../shared/ipc/evidence.ts';
import type { AreaId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';
import type { Records } from '../../store/records.ts';
import { areaOf, packages } from '../caseIndex.ts';

/** Through which area's right a version is fetched back that this organisation sent. */
export function areaWith(session: Session, version: VersionId): AreaId | null {
  const found = packages(session).find(
    (p) => p.side === 'sender' && p.content.files.some((f) => f.content.version === version),
  );
  return found ? (areaOf(session, found.content.case, 'working papers')?.area ?? null) : null;
}

/** What is remembered of one move goes under this name. Going up, each intake is a way of its own. */
export const moveName = (direction: 'up' | 'down', area: AreaId | null, version: VersionId): string =>
  direction === 'up' ? `up ${area ?? ''} ${version}` : `down ${version}`;

interface Memory {
  keys(): Iterable<string>;
  delete(name: never): boolean;
}
const KEPT = ['moved ', 'referred ', 'paused ', 'at relay ', 'freed '] as const;

/** Drops what memory and disk hold of these versions. */
export async function forgetMoves(
  records: Records,
  memory: readonly Memory[],
  versions: ReadonlySet<string>,
): Promise<void> {
  const speaksOf = (name: string): boolean => versions.has(name.slice(name.lastIndexOf(' ') + 1));
  for (const one of memory) for (const name of one.keys()) if (speaksOf(name)) one.delete(name as never);
  await records.dropWhere(KEPT, speaksOf);
}

/** Keeps the furthest that a move got; on disk after each fiftieth of it, and when it stands. */
export async function keepFurthest(
  records: Records,
  { moved, kept }: { readonly moved: Map<string, number>; readonly kept: Map<string, number> },
  name: string,
  { done, total, state }: TransferNews,
): Promise<void> {
  const furthest = Math.max(done, moved.get(name) ?? 0);
  moved.set(name, furthest);
  const before = kept.get(name) ?? -1;
  if (furthest <= before || (state === 'moving' && furthest - before < total / 50)) return;
  kept.set(name, furthest);
  await records.put(`moved ${name}`, furthest);
}
