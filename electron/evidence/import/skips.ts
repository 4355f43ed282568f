/**
 * Owns why a file was not imported, and the sentence that a person reads about it: what is wrong and what to do next.
 * Sentences never hold a name or a path; whoever shows them has the name beside.
 */
import type { SkipWhy } from '../../../shared/ipc/evidence.ts';
import { SKIPPED } from '../../../shared/status/skipCauses.ts';
import { diskCause } from '../../disk/causes.ts';

export interface Skip {
  readonly why: SkipWhy;
  readonly sentence: string;
}

export const LONGEST_PATH = 260;

export const skip = (why: SkipWhy, sentence: string = SKIPPED[why].sentence): Skip => ({ why, sentence });

/** What a failed read of the source means. */
export function skipOfRead(error: unknown): Skip {
  switch (codeOf(error)) {
    case 'ENAMETOOLONG':
      return skip('path too long');
    case 'EISDIR':
    case 'ELOOP':
    case 'ENXIO':
      return skip('not a file');
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENODEV':
    case 'ENOTCONN':
    case 'ESTALE':
    case 'EIO':
      return skip('gone');
    default:
      return skip('unreadable');
  }
}

/** What a failed write into the store means. */
export const skipOfWrite = (error: unknown): Skip => skip(diskCause(error) === 'disk full' ? 'no space' : 'disk error');

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
