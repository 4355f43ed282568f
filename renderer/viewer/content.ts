/**
 * Plaintext of a version, read by ranges through this window's own line to the evidence process. Nothing is written
 * anywhere; what a caller has read lives as long as it keeps it.
 */
import type { VersionId } from '../../shared/primitives/ids.ts';
import { MiB } from '../../shared/primitives/units.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { ACT_SENTENCES } from '../ui/sentences.ts';
import { connection, worker } from '../worker/connection.ts';

export interface OpenContent {
  readonly version: VersionId;
  readonly handle: string;
  readonly name: string;
  readonly type: string;
  readonly size: ByteCount;
  /** It was all here and verified when it was opened; else parts are fetched as they are looked at, until it is (`useShown`). */
  readonly whole: boolean;
}

const AT_ONCE = 4 * MiB;

const READ_SENTENCES = {
  'unknown handle': 'The file was closed in the meantime. Close it here and open it again.',
  'missing here': 'A part of this file is not on this computer. Close it and fetch it again.',
  'does not verify':
    'A part of this file does not match its seal and is not shown. It will be fetched again; if that does not help, tell the sender.',
} as const;

/** Opens a version for reading; the sentence says why not. */
export async function openContent(version: VersionId): Promise<Result<OpenContent, string>> {
  try {
    const outcome = await worker().openVersion(version);
    return outcome.ok ? ok({ version, ...outcome.value }) : fail(ACT_SENTENCES[outcome.cause]);
  } catch {
    return fail(READ_SENTENCES['unknown handle']);
  }
}

export function closeContent(content: OpenContent): void {
  // A line that is gone has closed it already.
  void connection()
    ?.worker.call.closeVersion(content.handle)
    .catch(() => undefined);
}

/** Reads one range; at most 8 MiB. */
export async function readRange(
  content: OpenContent,
  from: number,
  length: number,
): Promise<Result<Uint8Array, string>> {
  const line = connection();
  if (line === null) return fail(READ_SENTENCES['unknown handle']);
  try {
    const outcome = await line.evidence.call.read(content.handle, from, length);
    return outcome.ok ? outcome : fail(READ_SENTENCES[outcome.cause]);
  } catch {
    return fail(READ_SENTENCES['unknown handle']);
  }
}

/** Reads the first `length` bytes, piece by piece. */
export async function readStart(
  content: OpenContent,
  length: number,
): Promise<Result<Uint8Array<ArrayBuffer>, string>> {
  const whole = new Uint8Array(Math.min(length, content.size));
  for (let at = 0; at < whole.length; at += AT_ONCE) {
    const piece = await readRange(content, at, Math.min(AT_ONCE, whole.length - at));
    if (!piece.ok) return piece;
    whole.set(piece.value, at);
  }
  return ok(whole);
}
