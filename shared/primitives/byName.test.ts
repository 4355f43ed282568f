import { expect, it } from 'vitest';
import { byName } from './byName.ts';

it('counts numbers as a person does, and leaves versions of one name as they stood', () => {
  const names = [
    'Exhibit PN 10.txt',
    'exhibit PN 2.txt',
    'Åsa.txt',
    'MG11 Statement 2.txt',
    'MG6C 1.txt',
    'Exhibit PN 2.txt',
  ];
  expect(names.map((name) => ({ name })).sort(byName)).toEqual(
    ['Åsa.txt', 'exhibit PN 2.txt', 'Exhibit PN 2.txt', 'Exhibit PN 10.txt', 'MG6C 1.txt', 'MG11 Statement 2.txt'].map(
      (name) => ({ name }),
    ),
  );
  const versions = [2, 1, 3].map((version) => ({ name: 'Same.txt', version }));
  expect(versions.toSorted(byName).map(({ version }) => version)).toEqual([2, 1, 3]);
});
