/**
 * What was proved or found wrong, in sentences: lies of the relay, entries refused, faults. Kept until a person has seen
 * them, also over a restart; one sentence for one thing, however often it is met, and it comes back when it happens anew.
 */
import type { AreaId, DeviceId, Hash, OrgId } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { Alarm } from '../../../../shared/ipc/worker.ts';
import type { Evidence, Refused } from '../../log/areaReplica.ts';
import type { Directories } from '../../log/directories.ts';
import type { Lie } from '../../log/lies.ts';
import type { RefusedAt } from '../../log/news.ts';
import type { Records } from '../../store/records.ts';
import type { RulesRefused } from './alarmSentences.ts';
import { LIES, OTHERS, RELAY_WORDS, RULES, refusedSentence } from './alarmSentences.ts';

/** As kept: what the screen shows, where it was met, and by which entries; of a lie, the signed words that prove it. */
interface Row extends Alarm {
  readonly area: AreaId | null;
  readonly entries: readonly Hash[];
  readonly evidence: Evidence | null;
  readonly seen: boolean;
}

/** An edition of rule data, and the one that judges in its place. */
interface RefusedEdition {
  readonly sha256: Hash;
  readonly edition: string;
  readonly kept: string;
}

export interface AlarmsContext {
  readonly platform: Platform;
  readonly records: Records;
  readonly directories: Directories;
  readonly orgName: string;
  readonly changed: () => void;
}

/** The alarms beside which it stands what came back. */
export const RECOVERY_ALARMS: readonly string[] = ['store reset', 'store older'];

/** Entries named in one alarm: past these it is said that there are more. */
const MOST_ENTRIES = 100;

export class Alarms {
  private readonly rows = new Map<string, Row>();
  /** While this disk takes nothing. Not kept: nothing can be. It goes by itself. */
  private full: (Alarm & { readonly seen: boolean }) | null = null;
  private readonly context: AlarmsContext;

  constructor(context: AlarmsContext) {
    this.context = context;
  }

  async load(): Promise<void> {
    for (const { value } of await this.context.records.list('alarm ')) {
      const row = value as Row;
      this.rows.set(row.id, row);
    }
  }

  open(): readonly Alarm[] {
    return [...(this.full ? [this.full] : []), ...this.rows.values()]
      .filter((row) => !row.seen)
      .sort((a, b) => a.at - b.at)
      .map(({ id, at, sentence, next, serious }) => ({ id, at, sentence, next, serious }));
  }
  /** Why an area needs attention, in a few words: something serious that nobody has seen yet; null: nothing. */
  attention(area: AreaId): string | null {
    const row = [...this.rows.values()].find((one) => one.area === area && one.serious && !one.seen);
    if (!row) return null;
    if (row.id.startsWith('fault ')) return 'a fault in Joinder';
    return row.id.startsWith('key ') ? 'its key was changed' : 'the relay did not keep its word';
  }
  async markSeen(id: string): Promise<void> {
    const row = this.rows.get(id);
    if (row) await this.keep({ ...row, seen: true });
    if (this.full?.id !== id) return;
    this.full = { ...this.full, seen: true };
    this.context.changed();
  }

  diskFull(is: boolean): void {
    if (is === (this.full !== null)) return;
    const at = this.context.platform.now();
    this.full = is ? { id: 'disk full', at, ...OTHERS.diskFull, serious: true, seen: false } : null;
    this.context.changed();
  }

  lie(area: AreaId, lie: Lie, evidence: Evidence): void {
    this.raise(`${lie} ${area}`, { ...LIES[lie], serious: lie !== 'unsigned', area, evidence });
  }
  falseDirectory(org: OrgId, what: 'unsigned' | 'gone back'): void {
    const { sentence, next } = OTHERS[what];
    this.raise(`directory ${what} ${org}`, { sentence: sentence(this.orgOf(org)), next, serious: true });
  }
  storeReset(): void {
    this.raise('store reset', { ...OTHERS.storeReset, serious: true });
  }
  storeOlder(): void {
    this.raise('store older', { ...OTHERS.storeOlder, serious: true });
  }
  relayRestored(generation: number): void {
    this.raise(`restored ${generation}`, { ...OTHERS.relayRestored, serious: false });
  }
  relayWords(what: 'forked' | 'gone back'): void {
    this.raise(`relay words ${what}`, { ...RELAY_WORDS[what], serious: true });
  }
  renewed(): void {
    this.raise('renewed', { ...OTHERS.renewed, serious: false });
  }
  keyWithheld(area: AreaId): void {
    this.raise(`key ${area}`, { ...OTHERS.keyWithheld, serious: true, area });
  }
  fault(area: AreaId): void {
    this.raise(`fault ${area}`, { ...OTHERS.fault, serious: true, area });
  }

  /** A newer edition of an organisation's rule data that is not taken. Told once: it stays in the directory for good. */
  rulesRefused(org: OrgId, is: RulesRefused, { sha256, edition, kept }: RefusedEdition): void {
    const id = `rules ${org} ${sha256} ${is}`;
    if (!this.rows.has(id)) this.raise(id, { ...RULES[is](this.orgOf(org), edition, kept), serious: false });
  }

  /** A computer that the authority admitted for this very person. Told once. */
  computerAdded(device: DeviceId, name: string): void {
    const id = `computer ${device}`;
    if (this.rows.has(id)) return;
    const { sentence, next } = OTHERS.computerAdded;
    this.raise(id, { sentence: sentence(name), next, serious: false });
  }

  /** What a computer that was shut out had not sent waits for a lead. Told once for each computer. */
  lateWork(device: DeviceId, person: string): void {
    const id = `late ${device}`;
    if (this.rows.has(id)) return;
    const { sentence, next } = OTHERS.lateWork;
    this.raise(id, { sentence: sentence(person), next, serious: false });
  }

  /** An entry that is kept aside. Each is counted once, also where it is judged again at the next start. */
  refused(area: AreaId, at: RefusedAt, { hash, org, device, cause }: Refused): void {
    const id = `refused ${at} ${area} ${device} ${cause}`;
    const known = this.rows.get(id);
    if (known && (known.entries.includes(hash) || known.entries.length >= MOST_ENTRIES)) return;
    const entries = [...(known?.entries ?? []), hash];
    const said = refusedSentence(
      at,
      cause,
      this.writerOf(org, device),
      entries.length,
      entries.length === MOST_ENTRIES,
    );
    void this.keep({ id, ...said, area, entries, evidence: null, seen: false, at: this.context.platform.now() });
  }

  private raise(id: string, said: Pick<Row, 'sentence' | 'next' | 'serious'> & Partial<Row>): void {
    const known = this.rows.get(id);
    if (known && !known.seen) return;
    const at = this.context.platform.now();
    void this.keep({ area: null, entries: [], evidence: null, ...said, id, seen: false, at });
  }

  /** Shown at once; kept when the disk has it. A disk that takes nothing says so elsewhere. */
  private async keep(row: Row): Promise<void> {
    this.rows.set(row.id, row);
    this.context.changed();
    await this.context.records.put(`alarm ${row.id}`, row).catch(() => {});
  }

  private orgOf(org: OrgId): string {
    return this.context.directories.nameOf(org, this.context.orgName);
  }
  /** A person and their organisation, as the directory has them for a computer. */
  writerOf(org: OrgId, device: DeviceId): string {
    const state = this.context.directories.current(org);
    const person = state?.known.get(device)?.person;
    const name = person && state?.people.get(person)?.name;
    return name ? `${name}, ${this.orgOf(org)}` : this.orgOf(org);
  }
}
