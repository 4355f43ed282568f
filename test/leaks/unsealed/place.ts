/** Where the application lies whose sealing is off: built by a test, started by a test, packaged by nothing. */
import path from 'node:path';
import { root } from '../../support/programs.ts';

export const unsealedApp = path.join(root, '.cache/unsealed');
