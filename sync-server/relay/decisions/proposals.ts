/**
 * What two people decide: one proposes, another approves. Promises that nobody approves what they proposed, that a
 * proposal is carried out at most once, and that one that nobody looked at lapses.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY } from '../../../shared/primitives/units.ts';

/** What may be proposed: dropping half uploads untouched for so many days; releasing a hold on an organisation. */
export type Proposed =
  | { readonly what: 'sweep'; readonly days: number }
  | { readonly what: 'release hold'; readonly org: string };

export interface Proposal {
  readonly id: number;
  readonly proposed: Proposed;
  readonly by: string;
  readonly at: Millis;
}

/** After so long it is as if it had never been proposed: what is there has changed since. */
export const LAPSES: Millis = 7 * DAY;

export function propose(db: DatabaseSync, proposed: Proposed, by: string, now: Millis): number {
  const row = db
    .prepare("INSERT INTO proposals (what, by, at, state) VALUES (?, ?, ?, 'open')")
    .run(JSON.stringify(proposed), by, now);
  return Number(row.lastInsertRowid);
}

export const openProposals = (db: DatabaseSync, now: Millis): Proposal[] =>
  db
    .prepare("SELECT id, what, by, at FROM proposals WHERE state = 'open' AND at > ? ORDER BY id")
    .all(now - LAPSES)
    .map((row) => ({
      id: Number(row['id']),
      proposed: JSON.parse(String(row['what'])) as Proposed,
      by: String(row['by']),
      at: Number(row['at']),
    }));

/** Takes it off the list for whoever approves; nobody else can any more. What it says is then to be done. */
export function approve(
  db: DatabaseSync,
  id: number,
  by: string,
  now: Millis,
): Result<Proposal, 'not open' | 'own proposal'> {
  const found = openProposals(db, now).find((one) => one.id === id);
  if (!found) return fail('not open');
  if (found.by === by) return fail('own proposal');
  return close(db, id, 'approved', by, now) ? ok(found) : fail('not open');
}

/** Anybody who may propose may say no, the proposer included. */
export const withdraw = (db: DatabaseSync, id: number, by: string, now: Millis): boolean =>
  close(db, id, 'withdrawn', by, now);

const close = (db: DatabaseSync, id: number, state: string, by: string, now: Millis): boolean =>
  db
    .prepare("UPDATE proposals SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'open'")
    .run(state, by, now, id).changes === 1;
