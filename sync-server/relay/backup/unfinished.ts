/** A restore that has begun and not ended: a file says so, so that none is served half, and the same command goes on. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writePrivateFile } from '../../common/files.ts';

const marker = (dir: string): string => path.join(dir, 'restore.unfinished');

export const isRestoreUnfinished = (dir: string): boolean => existsSync(marker(dir));
export const beginRestore = (dir: string): void => writePrivateFile(marker(dir), '');
export const endRestore = (dir: string): void => rmSync(marker(dir), { force: true });
