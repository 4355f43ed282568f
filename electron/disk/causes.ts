/**
 * Owns the reading of what an operating system says when a write fails. Never carries a path or a name onwards.
 */
export type DiskCause = 'disk full' | 'disk error';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** ENOSPC, over quota, or over the file-size limit are for a person to mend; the rest is the disk's. */
export const diskCause = (error: unknown): DiskCause =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ? 'disk full' : 'disk error';
