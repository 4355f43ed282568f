/**
 * The organisations a relay serves, by their authorities' cards, and the statements of their directories, as stored. What
 * is read here was verified before it was written; `directories.ts` verifies it again at start.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { SignedStatement } from '../../../shared/seal/directory/directory.ts';
import { firstUpTo } from '../../common/firstUpTo.ts';

export interface OrgRow {
  readonly org: OrgId;
  /** First 20 digits of the authority's key hash: what enrolment codes carry. */
  readonly digits: string;
  readonly card: string;
  readonly since: Millis;
}

function* read(rows: Iterable<Record<string, unknown>>): Generator<SignedStatement> {
  for (const row of rows) yield { body: row['body'] as Uint8Array, signature: row['signature'] as Uint8Array };
}
const rowOrNull = (value: unknown): OrgRow | null => (value as OrgRow | undefined) ?? null;

export function orgStore(db: DatabaseSync) {
  const add = db.prepare('INSERT INTO orgs (org, digits, card, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const all = db.prepare('SELECT org, digits, card, since FROM orgs ORDER BY since, org');
  const find = db.prepare('SELECT org, digits, card, since FROM orgs WHERE org = ?');
  const findDigits = db.prepare('SELECT org, digits, card, since FROM orgs WHERE digits = ?');
  const statements = db.prepare('SELECT body, signature FROM statements WHERE org = ? AND n > ? ORDER BY n LIMIT ?');
  const addStatement = db.prepare('INSERT INTO statements (org, n, body, signature) VALUES (?, ?, ?, ?)');

  return {
    /** False where it is here already. */
    add: (org: OrgRow): boolean => add.run(org.org, org.digits, org.card, org.since).changes === 1,
    all: (): OrgRow[] => all.all() as unknown as OrgRow[],
    find: (org: OrgId): OrgRow | null => rowOrNull(find.get(org)),
    findDigits: (digits: string): OrgRow | null => rowOrNull(findDigits.get(digits)),
    /** After a place, oldest first: at most `limit`, and no more than one message takes. */
    statements: (org: OrgId, after: number, limit: number): SignedStatement[] =>
      firstUpTo(read(statements.iterate(org, after, limit))),
    addStatement: (org: OrgId, n: number, signed: SignedStatement): void =>
      void addStatement.run(org, n, signed.body, signed.signature),
  };
}
export type OrgStore = ReturnType<typeof orgStore>;
