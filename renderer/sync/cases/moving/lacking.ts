/**
 * What the relay says that it had whole in an area and lacks, since a disk of its own spoiled it. Told anew with each link,
 * so that it is not kept; worked off by sending it again.
 */
import type { EvidenceCalls, TransferNews } from '../../../../shared/ipc/evidence.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { AreaId, Hash } from '../../../../shared/primitives/ids.ts';

export class Lacking {
  private readonly names = new Set<string>();
  private readonly evidence: Pick<EvidenceCalls, 'retryNow'>;
  private readonly changed: () => void;

  constructor(evidence: Pick<EvidenceCalls, 'retryNow'>, changed: () => void) {
    this.evidence = evidence;
    this.changed = changed;
  }
  get size(): number {
    return this.names.size;
  }

  heard(area: AreaId, chunks: readonly Hash[]): void {
    for (const chunk of chunks) this.names.add(`${area} ${chunk}`);
    void this.evidence.retryNow().catch(() => {}); // it went away: what it asks when it is back, it asks anew
    this.changed();
  }

  /** Whether a chunk of these is lacking there. */
  isAny(area: AreaId, files: readonly FileRecord[]): boolean {
    if (this.names.size === 0) return false;
    return files.some(({ content }) => content.chunks.some(({ hash }) => this.names.has(`${area} ${hash}`)));
  }

  /** All of it is there again. */
  isThere({ area }: TransferNews, file: FileRecord | null): void {
    for (const { hash } of file?.content.chunks ?? []) this.names.delete(`${area ?? ''} ${hash}`);
  }
}
