/**
 * Whether a profile may open, or stay open, by its lease: a lease that has ended, or a clock that was set back, is put right
 * by the authority where it can be reached, or by a file that it signed. Keeps that file until an unlocking has judged it.
 */
import { readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { LeaseWord } from '../../shared/ipc/preload.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { decodeLeaseFile } from '../../shared/seal/devices/lease.ts';
import type { LeaseVerdict } from '../../shared/status/lease.ts';
import type { DiskCause } from '../disk/causes.ts';
import { writeWhole } from '../disk/writeWhole.ts';
import type { LeaseKeeper } from '../vault/lease.ts';

export type LeaseCause = 'lease ended' | 'clock behind' | 'lease file';

interface LeaseFile {
  keep(text: string): Promise<Result<null, 'no lease' | DiskCause>>;
  /** The text that was kept, which is then gone. */
  take(): Promise<string | null>;
}

export function leaseFileIn(folder: string): LeaseFile {
  const file = path.join(folder, 'lease');
  return {
    keep: async (text) =>
      decodeLeaseFile(text).ok ? writeWhole(file, new TextEncoder().encode(text)) : fail('no lease'),
    take: async () => {
      const text = await readFile(file, 'utf8').catch(() => null); // none was chosen
      if (text !== null) await unlink(file).catch(() => undefined);
      return text;
    },
  };
}

/** The verdict, after the authority was asked where it is not good by itself. */
export async function settled(lease: LeaseKeeper): Promise<LeaseVerdict> {
  const verdict = lease.verdict();
  if (verdict.is === 'good') return verdict;
  await lease.renew();
  return lease.verdict();
}

/** Whether this profile may be worked on now. */
export async function mayOpen(lease: LeaseKeeper, file: LeaseFile): Promise<Result<null, LeaseCause | DiskCause>> {
  const text = await file.take();
  const taken = text === null ? ok(null) : await lease.takeFile(text);
  const verdict = await settled(lease);
  await lease.note(true);
  if (verdict.is === 'good') return ok(null);
  if (!taken.ok) return taken;
  return fail(verdict.is === 'ended' ? 'lease ended' : 'clock behind');
}

/** What is shown of a lease; null: nothing. */
export const leaseWord = (verdict: LeaseVerdict): LeaseWord | null =>
  verdict.is === 'good' && (verdict.isNear || verdict.isClockBehind)
    ? { until: verdict.isNear ? verdict.until : null, isClockBehind: verdict.isClockBehind }
    : null;
