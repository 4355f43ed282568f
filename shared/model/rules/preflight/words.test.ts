import { expect, it } from 'vitest';
import { builtInRules } from '../builtIn.ts';
import { inGeneral } from './words.ts';

it.each([
  ['{row} has not been sorted. Say what it is.', 'files/*', 'A file has not been sorted. Say what it is.'],
  ['There is no statement of {row}. Add it.', 'victims/*', 'There is no statement of a victim. Add it.'],
  [
    'It is not decided whether {row} is used.',
    'material/*/use',
    'It is not decided whether an item of material is used.',
  ],
  [
    '{row} has no reference. {row} needs one.',
    'exhibits/*/reference',
    'An exhibit has no reference. An exhibit needs one.',
  ],
  ['There is no URN. Write it.', 'case/urn', 'There is no URN. Write it.'],
])('says of no row in particular: %s', (sentence, path, said) => expect(inGeneral(sentence, path)).toBe(said));

it('leaves no gap in any rule that comes with Joinder', () => {
  for (const { sentence, path } of builtInRules().rules) expect(inGeneral(sentence, path)).not.toMatch(/[{}]/);
});
