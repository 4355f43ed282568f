/**
 * What a relay's administrator may see: ids, counts, sizes, times. What is stored is read from the data folder, whether the
 * relay runs or not; what only the running relay knows is asked of it. No names of people, no titles, no content.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { readRunning } from '../folder.ts';
import type { OrgRow } from '../store/orgs.ts';
import type { Refusal } from './recent.ts';

/** What the running relay alone knows. */
export interface RelayStatus {
  readonly since: Millis;
  readonly links: number;
  readonly authorities: number;
  readonly openAreas: number;
  readonly commits: number;
  /** Links that drop pushes. */
  readonly slowLinks: number;
  /** Works that wait for the disk. */
  readonly queue: number;
  /** Delay of the event loop, 99 of 100 times at most so long: whatever is asked waits for that. */
  readonly lag: Millis;
  readonly linked: readonly DeviceId[];
  readonly linkedAuthorities: readonly OrgId[];
  /** Why chunks were not taken lately. */
  readonly refusals: readonly Refusal[];
}
export type Running = RelayStatus & { readonly url: string };

export interface StoredStatus {
  readonly orgs: number;
  readonly areas: number;
  readonly entries: number;
  readonly entryBytes: ByteCount;
  readonly boxes: number;
  readonly chunks: number;
  readonly chunkBytes: ByteCount;
}

export function readStored(db: DatabaseSync): StoredStatus {
  const one = (sql: string): number => Number(db.prepare(sql).get()?.['n']);
  return {
    orgs: one('SELECT count(*) AS n FROM orgs'),
    areas: one('SELECT count(*) AS n FROM areas'),
    entries: one('SELECT count(*) AS n FROM log WHERE entry IS NOT NULL'),
    entryBytes: one('SELECT coalesce(sum(bytes), 0) AS n FROM areas'),
    boxes: one('SELECT count(*) AS n FROM boxes'),
    chunks: one('SELECT count(*) AS n FROM chunks'),
    chunkBytes: one('SELECT coalesce(sum(size), 0) AS n FROM chunks'),
  };
}

export interface Contact {
  readonly device: DeviceId;
  readonly org: OrgId;
  /** When its link last opened or closed. */
  readonly at: Millis;
}
export const readContacts = (db: DatabaseSync): Contact[] =>
  db.prepare('SELECT device, org, at FROM contacts ORDER BY at DESC').all() as unknown as Contact[];

/** Asks the relay that runs on this folder; null where none answers. */
export async function askRunning(dir: string): Promise<Running | null> {
  const running = readRunning(dir);
  if (running === null) return null;
  try {
    const answer = await fetch(`${running.local ?? running.url}/v1/status`, {
      headers: { authorization: `Bearer ${running.secret}` },
      signal: AbortSignal.timeout(5 * SECOND),
    });
    return answer.ok ? { url: running.url, ...((await answer.json()) as RelayStatus) } : null;
  } catch {
    return null; // it is not running, or not reachable from here
  }
}

export interface OrgSummary {
  readonly org: OrgId;
  readonly name: string;
  readonly fingerprint: string;
}

export const summary = ({ org, digits, card }: OrgRow): OrgSummary => {
  const decoded = decodeCard(card);
  return { org, name: decoded.ok ? decoded.value.name : '', fingerprint: digits.match(/.{4}/g)?.join('-') ?? digits };
};
