/**
 * The facts this device has opened: events, packages and receipts, each with who wrote it (proved by the directory, not
 * by what the fact says of itself), where and when. A fact whose author is not who it says is refused and never counts.
 */
import type { AreaId, DeviceId, Hash, OrgId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { CaseEvent, PackageContent, Receipt } from '../../../shared/model/events.ts';
import { decodeFact, event, packageContent, receipt } from '../../../shared/model/events.ts';
import type { Directories } from '../log/directories.ts';
import type { Opened } from '../log/opener.ts';

export type AnyFact = CaseEvent | PackageContent | Receipt;

export interface Fact<T extends AnyFact = AnyFact> {
  readonly fact: T;
  readonly area: AreaId;
  readonly hash: Hash;
  /** The relay's place and time; null until it has ordered it. */
  readonly n: number | null;
  readonly relayTime: Millis | null;
  readonly time: Millis;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly person: PersonId;
}

export class Facts {
  private readonly byHash = new Map<Hash, Fact>();
  private readonly areas = new Map<AreaId, Fact[]>();
  /** Entries of intakes one cannot read back: what the relay's signed acknowledgement said. */
  readonly acknowledged = new Map<Hash, { readonly n: number; readonly time: Millis }>();
  private readonly directories: Directories;

  constructor(directories: Directories) {
    this.directories = directories;
  }

  /** Takes an opened entry. The cause says why it does not count; null: taken, or of a kind that a later version knows. */
  take(opened: Opened): string | null {
    const { header, hash, area } = opened;
    const known = this.byHash.get(hash);
    if (known) {
      if (opened.n !== null && opened.plain.length === 0)
        this.acknowledged.set(hash, { n: opened.n, time: opened.time ?? 0 });
      if (opened.n !== null && known.n === null) this.replace({ ...known, n: opened.n, relayTime: opened.time });
      return null;
    }
    const fact = readFact(header.kind, opened.plain);
    if (!fact) return null;
    const device = this.directories.current(header.org)?.known.get(header.device);
    if (!device) return 'unknown device';
    if ('by' in fact && (fact.by.person !== device.person || fact.by.org !== header.org)) return 'not its author';
    if (fact.is === 'package' && (fact.from.person !== device.person || fact.from.org !== header.org))
      return 'not its author';
    const taken: Fact = {
      fact,
      area,
      hash,
      n: opened.n,
      relayTime: opened.time,
      time: header.time,
      org: header.org,
      device: header.device,
      person: device.person,
    };
    this.byHash.set(hash, taken);
    this.areas.set(area, [...(this.areas.get(area) ?? []), taken]);
    return null;
  }

  private replace(fact: Fact): void {
    this.byHash.set(fact.hash, fact);
    this.areas.set(
      fact.area,
      (this.areas.get(fact.area) ?? []).map((f) => (f.hash === fact.hash ? fact : f)),
    );
  }

  get(hash: Hash): Fact | null {
    return this.byHash.get(hash) ?? null;
  }
  inArea(area: AreaId): readonly Fact[] {
    return this.areas.get(area) ?? [];
  }
  all(): readonly Fact[] {
    return [...this.byHash.values()];
  }
  /** Facts of one kind, in the order they came. */
  of<Is extends AnyFact['is']>(is: Is): readonly Fact<Extract<AnyFact, { is: Is }>>[] {
    return this.all().filter((f): f is Fact<Extract<AnyFact, { is: Is }>> => f.fact.is === is);
  }
}

function readFact(kind: string, plain: Uint8Array): AnyFact | null {
  if (kind === 'event') return decodeFact(event, plain);
  if (kind === 'package') return decodeFact(packageContent, plain);
  if (kind === 'receipt') return decodeFact(receipt, plain);
  return null;
}
