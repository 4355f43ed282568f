/**
 * What this computer keeps off line: for each case everything, or what somebody opens; and which versions it gave the space
 * of back. Choices of this computer, sealed with its other records and told to nobody.
 */
import type { Keep } from '../../../../shared/ipc/offline.ts';
import type { CaseId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Records } from '../../store/records.ts';

const KEEP = 'keep ';
const FREED = 'freed ';

export class Keeps {
  readonly freed = new Set<VersionId>();
  private readonly whenOpened = new Set<CaseId>();
  private readonly records: Records;

  constructor(records: Records) {
    this.records = records;
  }

  async load(): Promise<void> {
    for (const { key } of await this.records.list(KEEP)) this.whenOpened.add(key.slice(KEEP.length) as CaseId);
    for (const { key } of await this.records.list(FREED)) this.freed.add(key.slice(FREED.length) as VersionId);
  }

  of(id: CaseId): Keep {
    return this.whenOpened.has(id) ? 'when opened' : 'all';
  }
  async choose(id: CaseId, keep: Keep): Promise<void> {
    if (keep === 'all') {
      this.whenOpened.delete(id);
      await this.records.drop(KEEP + id);
    } else {
      this.whenOpened.add(id);
      await this.records.put(KEEP + id, true);
    }
  }

  /** Its space was given back; or it is here again. */
  async free(version: VersionId): Promise<void> {
    this.freed.add(version);
    await this.records.put(FREED + version, true);
  }
  async isHere(version: VersionId): Promise<void> {
    if (this.freed.delete(version)) await this.records.drop(FREED + version);
  }
}
