/**
 * Owns what is found in a file as it is added: whether it needs a password, is cut off, empty, or not what its name says.
 * From the bytes themselves, a few of them; a file that cannot be made sense of is not held against anybody. Whether the
 * other side takes its type is for the rules to say (`case-validation.json`).
 */
import type { FileHandle } from 'node:fs/promises';
import { endingOf } from '../../../../shared/model/formats/fileName.ts';
import type { FoundCode as Code } from '../../../../shared/model/snapshot/facts.ts';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import { START_BYTES, markIn } from '../mime.ts';
import { isBelied, isPdfWithin } from './claims.ts';
import { lookAtCompound } from './compound.ts';
import { lookAtPdf } from './pdf.ts';
import type { Source } from './source.ts';
import { sourceOf } from './source.ts';
import { lookAtZip } from './zip.ts';

/** Codes of what is found, in a fixed order; none for most files. Throws what reading throws. */
export async function inspect(handle: FileHandle, name: string, size: ByteCount): Promise<readonly Code[]> {
  if (size === 0) return ['empty'];
  const source = sourceOf(handle, size);
  const start = await source.read(0, START_BYTES);
  const belied: readonly Code[] = isBelied(endingOf(name), start) ? ['content differs from name'] : [];
  return [...(await lookInto(source, name, start)), ...belied];
}

/** Endings of documents that are archives inside. */
const DOCUMENTS = new Set(['docx', 'docm', 'dotx', 'dotm', 'xlsx', 'xlsm', 'pptx', 'xps', 'odt', 'ods']);

async function lookInto(source: Source, name: string, start: Buffer): Promise<readonly Code[]> {
  switch (markIn(start) ?? (isPdfWithin(start) ? 'application/pdf' : null)) {
    case 'application/pdf':
      return codesOf(await lookAtPdf(source), 'encrypted pdf');
    case 'application/zip':
      return codesOf(await lookAtZip(source), DOCUMENTS.has(endingOf(name)) ? 'encrypted office' : 'protected archive');
    case 'application/x-ole-storage':
      return codesOf(await lookAtCompound(source), 'encrypted office');
    default:
      return [];
  }
}

const codesOf = (state: 'good' | 'encrypted' | 'cut off', encrypted: Code): readonly Code[] =>
  state === 'good' ? [] : [state === 'encrypted' ? encrypted : 'not readable'];
