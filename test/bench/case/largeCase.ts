/**
 * A large case as a person would have it on disk: an exported record with people and material, and a folder of files whose
 * names say what they are. Invented; the same each time.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import { example } from '../../../shared/model/snapshot/example/example.ts';

export const TITLE = 'R v Bench and others';
export const SIZE = { files: 500, people: 40, actions: 200, material: 150 } as const;

const SURNAMES = [
  'Abbot',
  'Barlow',
  'Cragg',
  'Dent',
  'Eskdale',
  'Fell',
  'Garside',
  'Hawes',
  'Irton',
  'Kirkby',
] as const;
const surname = (i: number): string =>
  `${SURNAMES[i % SURNAMES.length]}${String.fromCodePoint(97 + Math.floor(i / SURNAMES.length))}`;
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Writes case.json; answers where. */
export async function writeRecord(dir: string): Promise<string> {
  const small = example('charging', '2026-11-22', builtInRules());
  const person = (i: number): { id: string; kind: 'person'; family: string; given: string } => ({
    id: `person${i}`,
    kind: 'person',
    family: surname(i),
    given: 'Robin',
  });
  const large = {
    ...small,
    case: { ...small.case, title: TITLE },
    suspects: many(8, person),
    victims: many(8, (i) => person(8 + i)),
    witnesses: many(SIZE.people - 16, (i) => person(16 + i)),
    offences: many(10, (i) => ({
      id: `offence${i}`,
      code: 'TH68001',
      wording: `Theft, count ${i + 1}`,
      from: '2026-11-01',
    })),
    material: many(SIZE.material, (i) => ({
      id: `material${i}`,
      reference: `UM/${i + 1}`,
      description: `Record of a telephone call about the yard and the van, number ${i + 1}`,
      use: 'unused',
      relevant: true,
      sensitivity: 'non-sensitive',
    })),
    statements: [],
    exhibits: [],
    documents: [],
    interviews: [],
    custody: [],
    hearings: [],
    pleas: [],
    enquiries: [],
    files: [],
    packages: [],
    work: {},
  };
  const file = path.join(dir, 'case.json');
  await writeFile(file, JSON.stringify(large));
  return file;
}

/** Statements, exhibits, and what no name says anything about. */
export async function writeFiles(dir: string): Promise<string> {
  const folder = path.join(dir, 'papers');
  await mkdir(folder, { recursive: true });
  await Promise.all(
    many(SIZE.files, (i) => {
      const name =
        i < 150
          ? `MG11 ${surname(i % SIZE.people)} ${i}.txt`
          : i < 300
            ? `AB-${i} photograph.txt`
            : `Scan of the day book, page ${i}.txt`;
      return writeFile(path.join(folder, name), `${name}\n`.repeat(40));
    }),
  );
  return folder;
}
