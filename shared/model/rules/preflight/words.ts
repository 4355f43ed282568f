/** Owns how a finding names a row of the case: by what people call it, and never by an id or a person's name. */
import { asRow } from '../../conditions/world.ts';

const ONE: Readonly<Record<string, string>> = {
  suspects: 'Suspect',
  offences: 'Offence',
  victims: 'Victim',
  witnesses: 'Witness',
  statements: 'Statement',
  exhibits: 'Exhibit',
  material: 'Item of material',
  documents: 'Document',
  interviews: 'Interview',
  custody: 'Period of custody',
  hearings: 'Hearing',
  pleas: 'Plea',
  enquiries: 'Line of enquiry',
  files: 'File',
  packages: 'Package',
};
/** Lists whose rows have a name of their own that is not a person's. */
const CALLED: Readonly<Record<string, string>> = { exhibits: 'reference', files: 'name', documents: 'title' };

/** "Suspect 2", "Exhibit JS/1", "File “CCTV.dav”": for the beginning of a sentence. */
export function wordsOfRow(list: string, row: unknown, at: number): string {
  const key = CALLED[list];
  const called = key === undefined ? undefined : asRow(row)?.[key];
  const one = ONE[list] ?? 'Item';
  if (typeof called !== 'string' || called.trim() === '') return `${one} ${at + 1}`;
  const short = called.length > 80 ? `${called.slice(0, 79)}\u2026` : called;
  return list === 'exhibits' ? `${one} ${short}` : `${one} \u201c${short}\u201d`;
}

/** Puts the words of a row for `{row}`: with a capital at the beginning of a sentence only. */
export const say = (sentence: string, words: string): string =>
  sentence.replaceAll('{row}', (_, at: number) =>
    at === 0 || sentence.slice(0, at).endsWith('. ') ? words : words.charAt(0).toLowerCase() + words.slice(1),
  );

/** What a rule says of no case in particular, where rules are listed: "A file has not been sorted." */
export function inGeneral(sentence: string, path: string): string {
  const one = (ONE[path.split('/')[0] ?? ''] ?? 'Item').toLowerCase();
  return say(sentence, `${/^[aeiou]/.test(one) ? 'An' : 'A'} ${one}`);
}
