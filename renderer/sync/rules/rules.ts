/**
 * The rule data that judges, by organisation: what its authority published in its directory, read and validated here, the
 * newest that is whole and in force today. Promises that there is always a good set (at least the one that comes with this
 * version), that each edition is read once, and that what judged before can still be had by its hash. Decides nothing else.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { adopt } from '../../../shared/model/rules/adopt.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import type { Edition } from '../../../shared/model/rules/bundle.ts';
import { editionOf, readBundle } from '../../../shared/model/rules/bundle.ts';
import type { FileFault } from '../../../shared/model/rules/parts.ts';
import type { RuleSet } from '../../../shared/model/rules/ruleSet.ts';
import type { DirectoryState, PublishedRules } from '../../../shared/seal/directory/directory.ts';
import type { Directories } from '../log/directories.ts';
import { today } from '../timeZone.ts';

/** How an organisation's rules stand on a day. */
export interface Standing {
  readonly set: RuleSet;
  readonly edition: Edition;
  /** The statement that brought them; null: they come with this version. */
  readonly published: PublishedRules | null;
  /** What judged before them; asked by who shows what they changed. */
  readonly before: () => RuleSet;
  /** Newer ones that are whole, and whose first day has not come. */
  readonly waiting: readonly WaitingRules[];
  /** Newer ones that are not taken. */
  readonly refused: readonly RefusedRules[];
}

interface WaitingRules {
  readonly published: PublishedRules;
  readonly set: RuleSet;
}

interface RefusedRules {
  readonly published: PublishedRules;
  readonly is: 'ill-formed' | 'ended';
  readonly why: readonly FileFault[];
}

export class Rules {
  private readonly platform: Platform;
  private readonly directories: Directories;
  private readonly read = new Map<Hash, Result<RuleSet, readonly FileFault[]>>();
  private readonly last = new Map<OrgId, { head: Hash | null; on: string; standing: Standing }>();
  private builtIn!: Edition;

  constructor(platform: Platform, directories: Directories) {
    this.platform = platform;
    this.directories = directories;
  }

  /** Before anything is asked. */
  async load(): Promise<void> {
    this.builtIn = await editionOf(this.platform, builtInRules());
  }

  /** The rules of our own organisation, today. */
  own(): Standing {
    return this.of(this.directories.own);
  }

  /** The rules of an organisation, today. */
  of(org: OrgId): Standing {
    const state = this.directories.current(org);
    const on = today(this.platform);
    const head = state?.head ?? null;
    const known = this.last.get(org);
    if (known?.head === head && known.on === on) return known.standing;
    const standing = this.at(state, on);
    this.last.set(org, { head, on, standing });
    return standing;
  }

  /** The rules by a directory as it stood, on a day: alike on every computer that asks the same. */
  at(state: DirectoryState | null, on: string): Standing {
    return this.newest(state?.rules ?? [], on);
  }

  /** From the newest back to the first that is whole and in force: what lies before it is not even read. */
  private newest(all: readonly PublishedRules[], on: string): Standing {
    const waiting: WaitingRules[] = [];
    const refused: RefusedRules[] = [];
    for (let i = all.length - 1; i >= 0; i--) {
      const published = all[i] as PublishedRules;
      const read = this.readOnce(published);
      const { set, refused: why } = adopt(builtInRules(), read, on);
      if (why === null) {
        const { name, edition, organisation, from } = set.manifest;
        const said = { name, edition, organisation, from, sha256: published.sha256 };
        const before = (): RuleSet => this.newest(all.slice(0, i), on).set;
        return { set, edition: said, published, before, waiting, refused };
      }
      if (read.ok && on < read.value.manifest.from) waiting.unshift({ published, set: read.value });
      else refused.unshift({ published, is: read.ok ? 'ended' : 'ill-formed', why });
    }
    const set = builtInRules();
    return { set, edition: this.builtIn, published: null, before: () => set, waiting, refused };
  }

  /** The edition with this hash, where an organisation known here published it; null: this computer does not have it. */
  byHash(sha256: Hash): RuleSet | null {
    if (sha256 === this.builtIn.sha256) return builtInRules();
    const { directories } = this;
    for (const org of [directories.own, ...directories.partners()]) {
      const found = directories.current(org)?.rules.find((rules) => rules.sha256 === sha256);
      const read = found && this.readOnce(found);
      if (read?.ok) return read.value;
    }
    return null;
  }

  private readOnce({ sha256, bytes }: PublishedRules): Result<RuleSet, readonly FileFault[]> {
    const known = this.read.get(sha256);
    if (known) return known;
    const read = readBundle(bytes);
    this.read.set(sha256, read);
    return read;
  }
}
