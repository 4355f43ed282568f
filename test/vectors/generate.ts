/**
 * Writes the vectors of docs/protocol.md. They are frozen: a change of theirs is a change of the format, so that it takes
 * --force and a new ADR. Run: npx node test/vectors/generate.ts [--force]
 */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entryVectors } from './entryVectors.ts';
import { intakeVectors } from './intakeVectors.ts';
import {
  directoryVectors,
  editVectors,
  enrolmentVectors,
  keyVectors,
  orderVectors,
  presenceVectors,
  primitiveVectors,
} from './partVectors.ts';
import { rulesVectors } from './rulesVectors.ts';

const force = process.argv.includes('--force');
const makers = {
  primitives: primitiveVectors,
  keys: keyVectors,
  directory: directoryVectors,
  order: orderVectors,
  enrolment: enrolmentVectors,
  presence: presenceVectors,
  edits: editVectors,
  entries: entryVectors,
  intake: intakeVectors,
  rules: rulesVectors,
};

for (const [name, make] of Object.entries(makers)) {
  const path = fileURLToPath(new URL(`${name}.json`, import.meta.url));
  if (existsSync(path) && !force) {
    console.log(`${name}.json is frozen and stays as it is (--force writes it anew)`);
    continue;
  }
  writeFileSync(path, `${JSON.stringify(await make(), null, 1)}\n`);
  console.log(`${name}.json written`);
}
