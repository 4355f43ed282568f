/**
 * Owns the reading of what an operating system says when a write fails. Never carries a path or a name onwards.
 */
export type DiskCause = 'disk full' | 'disk error';

/** Why nothing could be written to a place that a person chose: each has another way to mend it. */
export type OutCause = 'no space' | 'not permitted' | 'read-only' | 'place gone' | 'disk error';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** ENOSPC, over quota, or over the file-size limit are for a person to mend; the rest is the disk's. */
export const diskCause = (error: unknown): DiskCause =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ? 'disk full' : 'disk error';

const OUT: Readonly<Record<string, OutCause>> = {
  ENOSPC: 'no space',
  EDQUOT: 'no space',
  EFBIG: 'no space',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'read-only',
  ENOENT: 'place gone',
  ENOTDIR: 'place gone',
  ENODEV: 'place gone',
  ENXIO: 'place gone',
  ESTALE: 'place gone',
};

export const outCause = (error: unknown): OutCause => OUT[codeOf(error)] ?? 'disk error';
