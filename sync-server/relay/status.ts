/**
 * What a relay's administrator may see: counts and sizes. No names, no content; ids only of organisations.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { OrgId } from '../../shared/primitives/ids.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { readRunning } from './folder.ts';
import type { OrgRow } from './store/orgs.ts';
import { decodeCard } from '../../shared/seal/card.ts';

/** What the running relay alone knows. */
export interface RelayStatus {
  readonly links: number;
  readonly authorities: number;
  readonly openAreas: number;
  readonly commits: number;
}

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

/** Asks the relay that runs on this folder; null where none answers. */
export async function askRunning(dir: string): Promise<(RelayStatus & { readonly url: string }) | null> {
  const running = readRunning(dir);
  if (running === null) return null;
  try {
    const answer = await fetch(`${running.url}/v1/status`, {
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
