import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches, parseFilter } from './filter.ts';
import { applyPatch } from './patch.ts';

test('whatever is sent as filter or PATCH is read or refused, never a fault, and reaches no prototype', () => {
  const words = fc.constantFrom(
    'userName',
    'eq',
    '"x"',
    '(',
    ')',
    '[',
    ']',
    'and',
    'or',
    'not',
    'pr',
    '.',
    'true',
    '__proto__',
    '"',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(text, fc.jsonValue(), (said, value) => {
      const filter = parseFilter(said);
      if (filter.ok) matches(filter.value, { userName: 'x', emails: [{ value: 'x' }] });
      applyPatch({ userName: 'x' }, { Operations: [{ op: 'add', path: said, value }] });
      applyPatch({ userName: 'x' }, { Operations: [{ op: 'replace', value: { [said]: value } }] });
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a filter deeper or longer than any provider writes is refused', () => {
  expect(parseFilter(`${'('.repeat(100)}a pr${')'.repeat(100)}`).ok).toBe(false);
  expect(parseFilter(`a eq "${'x'.repeat(5000)}"`).ok).toBe(false);
  expect(parseFilter('(((a pr)))').ok).toBe(true);
});
