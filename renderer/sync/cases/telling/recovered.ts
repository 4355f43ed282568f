/**
 * What came back when the case store of this computer was found empty, or older than what this computer has written: from
 * its journal, from this disk, from the relay, and what still waits for the link. Told until a person has read it. Owns the
 * counts; keeps no names and decides nothing.
 */
import type { AreaId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { MINUTE } from '../../../../shared/primitives/units.ts';
import type { FoundAgain } from '../../log/recovery.ts';
import type { Records } from '../../store/records.ts';

/** As kept. */
interface Row {
  readonly at: Millis;
  /** Entries that only the journal had, and in how many areas. */
  readonly journal: { readonly entries: number; readonly areas: number };
  /** Places of the relay's order that this computer held then. */
  readonly held: number;
  /** When this computer first held all again that the relay has; and how many places came. */
  readonly relay: { readonly at: Millis; readonly entries: number } | null;
}

/** What is true now, for the sentences. */
export interface RecoveredNow {
  /** Entries of this computer that the relay has not got. */
  readonly unsent: number;
  /** Entries that cannot be opened yet. */
  readonly closed: number;
  /** Files that the facts at hand name, and how many of them are whole on this disk. */
  readonly files: { readonly known: number; readonly whole: number };
}

const KEY = 'recovered';

export class Recovered {
  private row: Row | null = null;
  private readonly records: Records;

  constructor(records: Records) {
    this.records = records;
  }

  async load(): Promise<void> {
    this.row = ((await this.records.get(KEY)) as Row | undefined) ?? null;
  }

  async note(found: readonly FoundAgain[], held: number, at: Millis): Promise<void> {
    const journal = { entries: found.length, areas: new Set(found.map(({ area }) => area)).size };
    this.row = { at, journal, held, relay: null };
    await this.records.put(KEY, this.row);
  }

  /** This computer holds all that the relay has. */
  async inStep(held: number, at: Millis): Promise<void> {
    if (this.row === null || this.row.relay !== null) return;
    this.row = { ...this.row, relay: { at, entries: Math.max(0, held - this.row.held) } };
    await this.records.put(KEY, this.row);
  }

  /** A line for each place that something comes back from; none where nothing was recovered. */
  lines(now: RecoveredNow): readonly string[] {
    const { row } = this;
    return row === null ? [] : [fromJournal(row, now), fromDisk(now), fromRelay(row)].filter((line) => line !== null);
  }
}

const counted = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

function fromJournal({ journal }: Row, { unsent, closed }: RecoveredNow): string {
  if (journal.entries === 0) return 'From the journal: nothing was there that the relay had not got.';
  const came = `From the journal: ${counted(journal.entries, 'entry', 'entries')} of yours, in ${counted(journal.areas, 'place', 'places')}.`;
  const shown =
    closed === 0
      ? ''
      : ` ${counted(closed, 'is', 'are')} safe but not on screen yet: the key comes back with the link.`;
  return `${came}${shown} ${unsent === 0 ? 'The relay has all of them now.' : `${counted(unsent, 'is', 'are')} still to be sent, by itself.`}`;
}

function fromDisk({ files: { known, whole } }: RecoveredNow): string | null {
  if (known === 0) return null;
  const lacking = known - whole;
  return `On this disk: ${whole === known ? 'all' : counted(whole, '', '').trim()} of ${counted(known, 'file', 'files')} that your cases name, whole and sealed.${lacking === 0 ? '' : ' Beside each of the others stands where it is.'}`;
}

function fromRelay({ relay }: Row): string {
  return relay === null
    ? 'From the relay: waits for the link. What had been sent, and what others wrote, comes back with it.'
    : `From the relay: ${relay.entries === 0 ? 'nothing was missing' : `${counted(relay.entries, 'entry', 'entries')} came back`}. Nothing is missing any more.`;
}

/**
 * Whether the store is an older copy: the journal, or the vault, knows what it does not. A crash between journal and
 * database lacks what was written last, which is one write; a copy lacks more.
 */
export function isOlder(found: readonly FoundAgain[], unknownHeads: readonly AreaId[]): boolean {
  const times = found.map(({ time }) => time);
  return unknownHeads.length > 1 || (times.length > 1 && Math.max(...times) - Math.min(...times) > MINUTE);
}
