/**
 * What a person is told of while they look elsewhere: packages that became ready to open, were returned, or cannot go on by
 * themselves; a case of theirs that was opened in an emergency. Owns which of them were told, so that each is told once on this computer, also after a restart; a computer
 * that is new to a profile tells of nothing that was there before. Everything told stands in the Inbox or under Needs me.
 */
import type { NoticeKind, ShellCalls } from '../../shared/ipc/vault.ts';
import type { PackageFile, PackageState } from '../../shared/model/foldPackage.ts';
import { needsMe } from '../../shared/model/packageStatus.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { allCases } from './cases/caseIndex.ts';
import type { Desktop } from './desktop.ts';
import { accessNeeds } from './access/needs.ts';
import { needsOf } from './views/needs.ts';
import { packagesHere } from './cases/work/lateLetters.ts';

const TOLD = 'notices told';
/** Looking goes through every package, so it is done after a change only, and not after each of many. */
const AT_MOST_EVERY: Millis = 2 * SECOND;

interface Now {
  /** By a name of its own for each package and kind. */
  readonly found: ReadonlyMap<string, NoticeKind>;
  /** What waits for this person. */
  readonly waiting: number;
}

/** Everything that could be told now. */
export async function tellable(desktop: Desktop): Promise<Now> {
  const found = new Map<string, NoticeKind>();
  for (const pkg of packagesHere(desktop.session)) if (isReady(pkg)) found.set(`ready ${pkg.package}`, 'ready');
  const ready = found.size;
  const needs = allCases(desktop.session).flatMap((of) => needsOf(desktop, of));
  for (const { package: pkg, emergency } of needs) {
    if (emergency !== undefined) found.set(`emergency ${emergency}`, 'emergency');
    if (pkg === null) continue;
    const kind = kindOf(pkg);
    if (kind !== null) found.set(`${kind} ${pkg.package}`, kind);
  }
  const access = await accessNeeds(desktop.session);
  for (const { id, part } of access) found.set(`access ${id}`, part === 'recertification' ? 'to review' : 'asked');
  return { found, waiting: ready + needs.length + access.length };
}

/** What it is of a package that waits for a person; null: nothing that is told. */
function kindOf(pkg: PackageState): NoticeKind | null {
  if (pkg.side === 'receiver' || needsMe(pkg) === null) return 'problem';
  return pkg.decided?.is === 'returned' ? 'returned' : null;
}

const has =
  (what: 'delivered' | 'opened') =>
  ({ receipts }: PackageFile): boolean =>
    receipts.some((receipt) => receipt.what === what);

/** Received, every file of it delivered here or to a colleague, and none opened yet. */
function isReady({ side, decided, withdrawn, files }: PackageState): boolean {
  if (side !== 'receiver' || decided || withdrawn) return false;
  const wanted = files.filter(({ dropped, inError }) => !dropped && !inError);
  return wanted.length > 0 && wanted.every(has('delivered')) && !wanted.some(has('opened'));
}

export class Notices {
  private told: Set<string> | null = null;
  private before: Millis = 0;
  private badge = -1;
  private changed = true;

  private readonly desktop: Desktop;
  private readonly shell: ShellCalls;

  constructor(desktop: Desktop, shell: ShellCalls) {
    this.desktop = desktop;
    this.shell = shell;
  }

  /** Something changed that could be told: the next look goes through it all. */
  cue(): void {
    this.changed = true;
  }

  /** Tells what is fresh. What was told, but not said because of a fault, is looked at again. */
  async look(): Promise<void> {
    const { platform } = this.desktop.session;
    if (!this.changed) return;
    if (platform.now() - this.before < AT_MOST_EVERY && platform.now() >= this.before) return;
    this.before = platform.now();
    this.changed = false;
    try {
      await this.tellFresh();
    } catch {
      this.changed = true; // a full disk, or a main process that ends
    }
  }

  private async tellFresh(): Promise<void> {
    const { records } = this.desktop.session;
    const { found, waiting } = await tellable(this.desktop);
    if (waiting !== this.badge) await this.shell.badge(waiting);
    this.badge = waiting;
    if (this.told === null) {
      const kept = await records.get(TOLD);
      this.told = new Set(Array.isArray(kept) ? kept.map(String) : found.keys());
      if (!Array.isArray(kept)) await records.put(TOLD, [...this.told]);
    }
    const fresh = [...found].filter(([name]) => this.told?.has(name) !== true);
    const over = [...this.told].filter((name) => !found.has(name));
    if (fresh.length === 0 && over.length === 0) return;
    // What is over may come about again, and is told again then.
    for (const name of over) this.told.delete(name);
    for (const [name] of fresh) this.told.add(name);
    await records.put(TOLD, [...this.told]);
    for (const kind of new Set(fresh.map(([, one]) => one)))
      await this.shell.notice(kind, fresh.filter(([, one]) => one === kind).length);
  }
}
