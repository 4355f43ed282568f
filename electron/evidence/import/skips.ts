/**
 * Owns why a file was not imported, and the sentence that a person reads about it: what is wrong and what to do next.
 * Sentences never hold a name or a path; whoever shows them has the name beside.
 */
import type { SkipWhy } from '../../../shared/ipc/evidence.ts';

export interface Skip { readonly why: SkipWhy; readonly sentence: string }

export const LONGEST_PATH = 260;

const SENTENCES: Readonly<Record<SkipWhy, string>> = {
  empty: 'The file is empty.',
  unreadable: 'This computer may not read the file. Ask for the right to read it, or copy it to a folder of your own, and add it again.',
  gone: 'The file was taken away before it was read to its end. Connect the drive or put the file back, and add it again.',
  'changed while read': 'The file changed while it was being read. Close the program that writes it, and add it again.',
  'path too long': `The path to the file is longer than ${LONGEST_PATH} characters. Move it to a folder nearer the top, and add it again.`,
  'not a file': 'This is a link or a device, not a file. Add the file that it stands for.',
  'no space': 'There is not enough free space on this computer for the file. Free some space, and add it again.',
  cancelled: 'You cancelled before the file was added.',
  'disk error': 'The disk failed while the file was being added. Add it again; if it fails again, have the disk looked at.',
};

export const skip = (why: SkipWhy, sentence: string = SENTENCES[why]): Skip => ({ why, sentence });

/** What a failed read of the source means. */
export function skipOfRead(error: unknown): Skip {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return skip('unreadable');
    case 'EBUSY':
      return skip('unreadable', 'Another program holds the file. Close that program, and add it again.');
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
      return skip('unreadable', 'The file could not be read. Copy it to this computer, and add the copy.');
  }
}

/** What a failed write into the store means. */
export const skipOfWrite = (error: unknown): Skip => skip(['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ? 'no space' : 'disk error');

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
