/** Audit entries that this computer has opened: as it reads the intake of a post that audits. They change nothing, and are never part of a case. */
import type { AreaId, DeviceId, Hash, OrgId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { AuditContent } from '../../../shared/model/audit/act.ts';
import { decodeAudit } from '../../../shared/model/audit/act.ts';
import type { Opened } from '../log/opener.ts';

export interface AuditEntry {
  readonly content: AuditContent;
  readonly area: AreaId;
  readonly hash: Hash;
  readonly n: number | null;
  readonly relayTime: Millis | null;
  readonly time: Millis;
  readonly device: DeviceId;
  readonly person: PersonId;
}

export class Audits {
  private readonly byHash = new Map<Hash, AuditEntry>();
  private readonly own: OrgId;

  constructor(own: OrgId) {
    this.own = own;
  }

  /** `person`: whose device wrote it, by the directory. The cause says why it does not count. */
  take({ header, area, hash, n, time, plain }: Opened, person: PersonId): string | null {
    const content = decodeAudit(plain);
    if (content === null) return null; // of a later version
    if (header.org !== this.own || content.by.org !== header.org || content.by.person !== person)
      return 'not its author';
    const { device } = header;
    this.byHash.set(hash, { content, area, hash, n, relayTime: time, time: header.time, device, person });
    return null;
  }

  all(): readonly AuditEntry[] {
    return [...this.byHash.values()];
  }
}
