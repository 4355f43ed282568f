/** Holds docs/data-model.md against what it is made from. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMS } from '../../../shared/model/formats/forms.ts';
import { CASE_FIELDS, LIST_NAMES, fieldsOf } from '../../../shared/model/formats/index.ts';
import { dataModel } from './doc.ts';

test('docs/data-model.md is what the tables say: if not, run npm run -s model -- doc > docs/data-model.md', () => {
  const page = readFileSync(new URL('../../../docs/data-model.md', import.meta.url), 'utf8');
  expect(page === dataModel()).toBe(true);
});

test('it names every field and form, and says of each unverified one that it is', () => {
  const page = dataModel();
  for (const field of [...CASE_FIELDS, ...LIST_NAMES.flatMap(fieldsOf)]) expect(page).toContain(`\`${field.key}\``);
  for (const { code } of FORMS) expect(page).toContain(`\`${code}\``);
  const unverified = CASE_FIELDS.filter(({ verified }) => !verified);
  for (const { source } of unverified) expect(page).toContain(`${source} (not verified)`);
});
