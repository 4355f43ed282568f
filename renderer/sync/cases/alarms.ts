/**
 * What the log proved or found wrong, in sentences: lies of the relay, entries refused. Kept until a person has seen
 * them, also over a restart; one sentence for one thing, however often it is met.
 */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Alarm } from '../../../shared/ipc/worker.ts';
import type { Lie } from '../log/areaReplica.ts';
import type { Directories } from '../log/directories.ts';
import type { Opened } from '../log/opener.ts';
import type { Records } from '../store/records.ts';

const LIES: Record<Lie, { sentence: string; next: string }> = {
  fork: {
    sentence: 'The relay has shown two different histories of one case.',
    next: 'Nothing more is taken from it for this case. Tell your administrator: this is proof, and it is kept.',
  },
  rollback: {
    sentence: 'The relay has gone back behind what it had already acknowledged.',
    next: 'Your copy is kept as it is. Tell your administrator; if the relay was restored, it must say so.',
  },
  altered: {
    sentence: 'The relay has altered or reordered what it forwards for one case.',
    next: 'Nothing more is taken from it for this case. Tell your administrator.',
  },
  unsigned: {
    sentence: 'The relay sent something without its own proof.',
    next: 'It was not taken. If this comes again, tell your administrator.',
  },
  gap: {
    sentence: 'The relay has left out an entry of a colleague\u2019s computer.',
    next: 'What that computer wrote after it is kept aside. Tell your administrator.',
  },
  equivocation: {
    sentence: 'A computer has written two different things in one place.',
    next: 'The second is kept aside and changes nothing. Tell your administrator.',
  },
  'impossible seen': {
    sentence: 'An entry says it has seen what the relay says does not exist.',
    next: 'Nothing more is taken from the relay for this case. Tell your administrator.',
  },
};

export class Alarms {
  private rows: Alarm[] = [];
  private readonly seen = new Set<string>();
  private readonly platform: Platform;
  private readonly records: Records;
  private readonly changed: () => void;

  constructor(platform: Platform, records: Records, changed: () => void) {
    this.platform = platform;
    this.records = records;
    this.changed = changed;
  }

  async load(): Promise<void> {
    for (const { value } of await this.records.list('alarm ')) this.rows.push(value as Alarm);
    for (const { key } of await this.records.list('seen alarm ')) this.seen.add(key.slice('seen alarm '.length));
  }
  open(): readonly Alarm[] {
    return this.rows.filter((row) => !this.seen.has(row.id));
  }
  raise(alarm: Omit<Alarm, 'at'>): void {
    if (this.rows.some((row) => row.id === alarm.id)) return;
    const row = { ...alarm, at: this.platform.now() };
    this.rows.push(row);
    void this.records.put(`alarm ${row.id}`, row);
    this.changed();
  }
  async markSeen(id: string): Promise<void> {
    this.seen.add(id);
    await this.records.put(`seen alarm ${id}`, true);
    this.changed();
  }

  lie(area: AreaId, lie: Lie): void {
    this.raise({ id: `${lie} ${area}`, serious: lie !== 'unsigned', ...LIES[lie] });
  }
  /** An admitted entry whose content breaks a rule. */
  refused(opened: Opened, cause: string, directories: Directories): void {
    this.refusedEntry(opened.area, { hash: opened.hash, org: opened.header.org, cause }, directories);
  }
  refusedEntry(area: AreaId, refused: { hash: Hash; org: OrgId; cause: string }, directories: Directories): void {
    const who = refused.org === directories.own ? 'your organisation' : directories.nameOf(refused.org, '');
    this.raise({
      id: `refused ${refused.hash}`,
      serious: false,
      sentence: `An entry from ${who} was refused: ${refused.cause}.`,
      next: 'It is kept aside and changes nothing; work goes on. If it comes again, tell your administrator.',
    });
    void area;
  }
}
