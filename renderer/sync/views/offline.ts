/** What of a case this computer keeps off line, and what that takes. */
import type { OfflineView } from '../../../shared/ipc/offline.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { filesOf } from '../cases/space/freeing.ts';
import type { Desktop } from '../desktop.ts';

export function offlineView({ session, moving }: Desktop, of: CaseId): OfflineView {
  const chunks = new Map<string, number>();
  for (const { content } of filesOf(session, of))
    if (moving.here.has(content.version)) for (const { hash, size } of content.chunks) chunks.set(hash, size);
  return { keep: moving.keeps.of(of), bytes: [...chunks.values()].reduce((sum, size) => sum + size, 0) };
}
