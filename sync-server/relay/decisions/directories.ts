/** The directories of a data folder, for commands that look: verified, and never written. */
import type { DatabaseSync } from 'node:sqlite';
import { fail } from '../../../shared/primitives/result.ts';
import { nodePlatform } from '../../common/node.ts';
import type { Directories } from '../directories.ts';
import { openDirectories } from '../directories.ts';
import { orgStore } from '../store/orgs.ts';

export const directoriesOf = (db: DatabaseSync): Promise<Directories> =>
  openDirectories(nodePlatform, orgStore(db), () => Promise.resolve(fail('storage full')));
