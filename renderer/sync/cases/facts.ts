/**
 * The facts this device has opened: events, packages and receipts, each with who wrote it (proved by the directory, not
 * by what the fact says of itself), where and when. A fact whose author is not who it says is refused and never counts.
 */
import type { AreaId, Hash, OrgId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { ADOPTABLE } from '../../../shared/model/facts/late.ts';
import { decodeFact, event, kindIn, packageContent, receipt } from '../../../shared/model/events.ts';
import { GUESTS_SAY } from '../../../shared/model/facts/guests.ts';
import type { AnyFact, FactOf, Logged } from '../../../shared/model/logged.ts';
import { isOwnWord } from '../../../shared/model/logged.ts';
import { GUEST, rolesOf, seatsOf } from '../../../shared/seal/directory/directory.ts';
import { Audits } from '../audit/audits.ts';
import type { Directories } from '../log/directories.ts';
import type { Signed } from '../late/adopted.ts';
import type { Opened } from '../log/opener.ts';

/** A fact of a kind that a newer version writes: kept in the log and passed on; here it can only be said that there is one. */
export interface Newer {
  readonly hash: Hash;
  readonly org: OrgId;
  readonly person: PersonId;
  readonly time: Millis;
}

export class Facts {
  private readonly byHash = new Map<Hash, Logged>();
  private readonly areas = new Map<AreaId, Logged[]>();
  private readonly newer = new Map<AreaId, Map<Hash, Newer>>();
  private readonly revisions = new Map<AreaId, number>();
  /** Entries of intakes one cannot read back: what the relay's signed acknowledgement said. */
  readonly acknowledged = new Map<Hash, { readonly n: number; readonly time: Millis }>();
  /** Grows with every change: what was folded from an earlier one is stale. */
  revision = 0;
  /** Facts of a form that this version cannot read. */
  unread = 0;
  /** Apart from the facts: what auditors read. */
  readonly audits: Audits;
  private readonly directories: Directories;

  constructor(directories: Directories) {
    this.directories = directories;
    this.audits = new Audits(directories.own);
  }

  /** The relay's signed acknowledgement of an entry in an intake that one cannot read back. */
  acknowledge(hash: Hash, place: { readonly n: number; readonly time: Millis }): void {
    this.revision++;
    this.acknowledged.set(hash, place);
  }

  /** Late work that was adopted, by the hash that its author signed: what two leads adopted is one. */
  private readonly adopted = new Map<Hash, Hash>();

  /**
   * Takes an opened entry. The cause says why it does not count; null: taken, or of a kind that a later version knows.
   * `signed`: where it adopts late work, what that is, proved to be its author's (`late/adopted.ts`).
   */
  take(opened: Opened, signed: Signed | null = null): string | null {
    const { header, hash, area } = opened;
    const known = this.byHash.get(hash);
    if (known) {
      if (opened.n !== null && opened.n !== known.n)
        this.replace({
          ...known,
          n: opened.n,
          relayTime: opened.time,
          ...(known.adopted ? {} : this.standing(opened)),
        });
      return null;
    }
    const device = this.directories.current(header.org)?.known.get(header.device);
    if (!device) return 'unknown device';
    if (header.kind === 'audit') return this.audits.take(opened, device.person);
    const fact = readFact(header.kind, opened.plain);
    if (!fact) return this.takeUnread(opened, device.person);
    const said: Logged = {
      fact,
      area,
      hash,
      n: opened.n,
      relayTime: opened.time,
      time: header.time,
      org: header.org,
      device: header.device,
      person: device.person,
      ...this.standing(opened),
    };
    if (!isOwnWord(said)) return 'not its author';
    const taken = fact.is === 'adopted' ? this.adoptedOf(said, fact, signed) : said;
    if (taken === null) return 'not its author';
    if (taken.adopted && !this.isFirst(taken, taken.adopted.entry)) return null;
    // Whatever their computer says besides what a guest may is nobody's word.
    if (isBeyondGuest(said) || isBeyondGuest(taken)) return 'not theirs to say';
    this.touch(area);
    this.byHash.set(hash, taken);
    const inArea = this.areas.get(area);
    if (inArea) inArea.push(taken);
    else this.areas.set(area, [taken]);
    return null;
  }

  /** As its author's word, at the place of who adopted it; by the roles that the author had when they wrote it. */
  private adoptedOf(said: Logged, { by }: FactOf<'adopted'>, signed: Signed | null): Logged | null {
    if (signed === null || signed.header.org !== said.org) return null;
    const device = this.directories.current(said.org)?.known.get(signed.header.device);
    const fact = readFact(signed.header.kind, signed.plain);
    if (!device || !fact || !ADOPTABLE.has(fact.is)) return null;
    const taken: Logged = {
      ...said,
      fact,
      time: signed.header.time,
      device: device.device,
      person: device.person,
      ...this.standing({ directory: signed.header.directory, header: signed.header }),
      adopted: { by: by.personName, at: said.relayTime ?? said.time, entry: signed.hash },
    };
    return isOwnWord(taken) ? taken : null;
  }

  /** Whether nobody brought it in before, and it is not in the order by itself; one that came before takes its place. */
  private isFirst(taken: Logged, entry: Hash): boolean {
    if (this.byHash.has(entry)) return false;
    const before = this.byHash.get(this.adopted.get(entry) ?? entry);
    if (before !== undefined && (before.n ?? Infinity) <= (taken.n ?? Infinity)) return false;
    if (before !== undefined) this.forget(before.hash);
    this.adopted.set(entry, taken.hash);
    return true;
  }

  /** What does not read as a fact: of a later version, or of none at all. */
  private takeUnread({ area, hash, header, plain }: Opened, person: PersonId): string | null {
    if (header.kind !== 'event') {
      if (header.kind === 'package' || header.kind === 'receipt') this.unread++;
      return null;
    }
    if (kindIn(plain) === null) return 'malformed';
    this.unread++;
    const inArea = this.newer.get(area) ?? new Map<Hash, Newer>();
    this.newer.set(area, inArea.set(hash, { hash, org: header.org, person, time: header.time }));
    this.touch(area);
    return null;
  }

  /** Judged by the same directory on every computer, whatever the newest says. */
  private standing({
    directory,
    header,
  }: Pick<Opened, 'directory' | 'header'>): Pick<Logged, 'roles' | 'side' | 'seats'> {
    const state = directory ? this.directories.at(directory) : this.directories.current(header.org);
    if (state?.org !== header.org) return { roles: [], side: null };
    const seats = [...seatsOf(state, header.device)];
    return { roles: rolesOf(state, header.device), side: state.sides.get(header.org) ?? null, seats };
  }

  /** It was written again under another hash. */
  forget(hash: Hash): void {
    const fact = this.byHash.get(hash);
    if (!fact) return;
    this.touch(fact.area);
    this.byHash.delete(hash);
    this.areas.set(
      fact.area,
      (this.areas.get(fact.area) ?? []).filter((f) => f.hash !== hash),
    );
  }

  /** They have no place until the relay, restored from a copy, orders them again. */
  unplace(hashes: readonly Hash[]): void {
    const gone = new Set(hashes);
    for (const area of new Set(hashes.flatMap((hash) => this.byHash.get(hash)?.area ?? []))) {
      this.touch(area);
      const facts = this.inArea(area).map((f) => (gone.has(f.hash) ? { ...f, n: null, relayTime: null } : f));
      for (const fact of facts) if (gone.has(fact.hash)) this.byHash.set(fact.hash, fact);
      this.areas.set(area, facts);
    }
  }

  /** All that was opened of an area. */
  forgetArea(area: AreaId): void {
    for (const { hash } of this.inArea(area)) this.byHash.delete(hash);
    this.areas.delete(area);
    this.newer.delete(area);
    this.touch(area);
  }

  private replace(fact: Logged): void {
    this.touch(fact.area);
    this.byHash.set(fact.hash, fact);
    this.areas.set(
      fact.area,
      (this.areas.get(fact.area) ?? []).map((f) => (f.hash === fact.hash ? fact : f)),
    );
  }

  get(hash: Hash): Logged | null {
    return this.byHash.get(hash) ?? null;
  }
  inArea(area: AreaId): readonly Logged[] {
    return this.areas.get(area) ?? [];
  }
  /** What newer versions wrote in an area. */
  newerIn(area: AreaId): readonly Newer[] {
    return [...(this.newer.get(area)?.values() ?? [])];
  }
  /** Grows with every change in an area. */
  revisionOf(area: AreaId): number {
    return this.revisions.get(area) ?? 0;
  }
  private touch(area: AreaId): void {
    this.revision++;
    this.revisions.set(area, this.revision);
  }
  all(): readonly Logged[] {
    return this.sorted().all;
  }
  /** Facts of one kind, in the order they came. */
  of<Is extends AnyFact['is']>(is: Is): readonly Logged<FactOf<Is>>[] {
    return (this.sorted().byKind.get(is) ?? []) as readonly Logged<FactOf<Is>>[]; // put there by its own `is`
  }

  /** By kind, sorted once for each change: views ask for them again and again. */
  private sorted(): Sorted {
    if (this.last.revision === this.revision) return this.last;
    const all = [...this.byHash.values()];
    const byKind = new Map<string, Logged[]>();
    for (const logged of all) {
      const same = byKind.get(logged.fact.is);
      if (same) same.push(logged);
      else byKind.set(logged.fact.is, [logged]);
    }
    this.last = { revision: this.revision, all, byKind };
    return this.last;
  }
  private last: Sorted = { revision: -1, all: [], byKind: new Map() };
}

interface Sorted {
  readonly revision: number;
  readonly all: readonly Logged[];
  readonly byKind: ReadonlyMap<string, readonly Logged[]>;
}

const isBeyondGuest = ({ roles, fact }: Logged): boolean => roles.includes(GUEST) && !GUESTS_SAY.has(fact.is);

function readFact(kind: string, plain: Uint8Array): AnyFact | null {
  if (kind === 'event') return decodeFact(event, plain);
  if (kind === 'package') return decodeFact(packageContent, plain);
  if (kind === 'receipt') return decodeFact(receipt, plain);
  return null;
}
