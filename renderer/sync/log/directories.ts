/**
 * The directories this device knows: its own organisation's and its partners', each verified statement by statement and
 * kept at every head, because rights are judged by the directory that stood at an entry's place.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { ok } from '../../../shared/primitives/result.ts';
import type { DirectoryCause, DirectoryState, SignedStatement } from '../../../shared/seal/directory/directory.ts';
import { emptyDirectory, extendDirectory, hashStatement } from '../../../shared/seal/directory/directory.ts';
import type { Database } from '../store/database.ts';

export class Directories {
  private readonly newest = new Map<OrgId, DirectoryState>();
  private readonly byHead = new Map<Hash, DirectoryState>();
  private readonly keys = new Map<OrgId, Key>();
  private readonly platform: Platform;
  private readonly db: Database;
  readonly own: OrgId;

  constructor(platform: Platform, db: Database, own: OrgId) {
    this.platform = platform;
    this.db = db;
    this.own = own;
  }

  /** Folds what the vault brought from enrolment and what the database holds since. */
  async load(ownSignKey: Uint8Array, enrolled: readonly SignedStatement[]): Promise<void> {
    this.keys.set(this.own, await importVerifyKey(this.platform, ownSignKey));
    await this.extend(this.own, 0, enrolled);
    const rows = await this.db.statements.toArray();
    const own = rows.filter((row) => row.org === this.own).sort((a, b) => a.n - b.n);
    await this.fold(this.own, own);
    for (const org of this.partners())
      await this.fold(
        org,
        rows.filter((row) => row.org === org).sort((a, b) => a.n - b.n),
      );
  }

  current(org: OrgId): DirectoryState | null {
    return this.newest.get(org) ?? null;
  }
  at(head: Hash): DirectoryState | null {
    return this.byHead.get(head) ?? null;
  }
  /** How far each directory is held. */
  places(): ReadonlyMap<OrgId, number> {
    return new Map([...this.newest].map(([org, state]) => [org, state.n]));
  }
  partners(): readonly OrgId[] {
    return [...(this.current(this.own)?.partners.keys() ?? [])];
  }
  /** The name an organisation goes by here: the one its partner pinned it under. */
  nameOf(org: OrgId, ownName: string): string {
    return org === this.own ? ownName : (this.current(this.own)?.partners.get(org)?.name ?? 'an unknown organisation');
  }

  /** On which side an organisation is, as our own authority says; null: it does not. */
  sideOf(org: OrgId): string | null {
    return this.current(this.own)?.sides.get(org) ?? null;
  }

  /** Verifies and keeps statements that follow place `after`; those already held are passed over. One call at a time. */
  extend(org: OrgId, after: number, statements: readonly SignedStatement[]): Promise<Result<null, DirectoryCause>> {
    const run = this.turn.then(() => this.extendNow(org, after, statements));
    this.turn = run.catch(() => {}); // its own caller hears of it
    return run;
  }
  private turn: Promise<unknown> = Promise.resolve();

  private async extendNow(
    org: OrgId,
    after: number,
    statements: readonly SignedStatement[],
  ): Promise<Result<null, DirectoryCause>> {
    const held = this.current(org)?.n ?? 0;
    const fresh = statements.slice(Math.max(0, held - after));
    const before = held;
    const verdict = await this.fold(org, fresh);
    const rows = fresh.slice(0, (this.current(org)?.n ?? 0) - before).map((s, i) => ({ org, n: before + i + 1, ...s }));
    await this.db.statements.bulkPut(rows.map(({ org: o, n, body, signature }) => ({ org: o, n, body, signature })));
    return verdict;
  }

  private async keyOf(org: OrgId): Promise<Key | null> {
    const known = this.keys.get(org);
    if (known) return known;
    const partner = this.current(this.own)?.partners.get(org);
    if (!partner) return null;
    const key = await importVerifyKey(this.platform, partner.signKey);
    this.keys.set(org, key);
    return key;
  }

  private async fold(org: OrgId, statements: readonly SignedStatement[]): Promise<Result<null, DirectoryCause>> {
    const key = await this.keyOf(org);
    if (key === null) return { ok: false, cause: 'wrong organisation' };
    for (const statement of statements) {
      const next = await extendDirectory(this.platform, key, this.newest.get(org) ?? emptyDirectory(org), statement);
      if (!next.ok) {
        if (next.cause === 'fork' && (await this.isHeld(statement))) continue;
        return next;
      }
      this.newest.set(org, next.value);
      if (next.value.head) this.byHead.set(next.value.head, next.value);
    }
    return ok(null);
  }

  private async isHeld(statement: SignedStatement): Promise<boolean> {
    return this.byHead.has(await hashStatement(this.platform, statement.body));
  }
}
