/**
 * What a file may be, by its name alone, as such files are usually called: a form's code, MG11 with a surname, an exhibit
 * number. A proposal that a person takes or leaves; where a name says nothing, or two things, there is none. Pure.
 */
import type { FormCode, Group } from '../formats/forms.ts';
import { FORMS } from '../formats/forms.ts';

export interface Proposal {
  readonly group: Group;
  readonly form: FormCode;
  /** The surname in the name of a statement, as it stands there. */
  readonly witness: string | null;
  /** Producer and number, such as JS/1. */
  readonly exhibit: string | null;
}

/** Forms that people write as a word of their own in a name; the others are no names of files. */
const NAMED = FORMS.filter(({ code }) => code !== 'EXHIBIT' && code !== 'OTHER' && code !== 'PE' && code !== 'PCN');
const BY_CODE = new Map(NAMED.map((form) => [form.code as string, form]));

/** Two to four initials, a sign between, one to four digits: JS/1 cannot stand in a name, so that it is JS-1, JS_1 or JS 1. */
const EXHIBIT = /(?:^|[\s_.,(])([A-Z]{2,4})[-/_ ]?(\d{1,4})(?=$|[\s_.,)-])/gu;
/** Letters before a number that are no initials. */
const NO_INITIALS = new Set(['MG', 'CAM', 'IMG', 'DSC', 'DVD', 'CD', 'PCN', 'PE', 'SFR', 'PNC', 'VOL', 'REV', 'NO', 'PT', 'VER', 'PART', 'PAGE', 'COPY', 'SCAN', 'ROOM', 'UNIT', 'NOV', 'DEC', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'SEPT', 'OCT']); // prettier-ignore
/** Words beside a surname that are none. */
const NO_SURNAME = new Set(['STATEMENT', 'WITNESS', 'OF', 'SIGNED', 'UNSIGNED', 'DRAFT', 'COPY', 'FINAL', 'PC', 'DC', 'DS', 'PS', 'DI', 'MR', 'MRS', 'MS', 'MISS', 'DR', 'THE', 'AND', 'FROM', 'BY', 'TYPED', 'SCAN', 'SCANNED', 'RECORD', 'SECTION', 'VICTIM', 'PERSONAL', 'FURTHER', 'SUPPLEMENTARY', 'REDACTED', 'VERSION', 'PAGE', 'BACK', 'SHEET']); // prettier-ignore

/** What a file's name says that it is; null: nothing, or more than one thing. */
export function propose(name: string): Proposal | null {
  // A file of a folder carries the folder's name, which says nothing of this one.
  const own = name.slice(name.lastIndexOf('/') + 1);
  const stem = own.replace(/\.[a-z0-9]{1,5}$/iu, '').trim();
  const forms = formsIn(stem);
  if (forms.length > 1) return null;
  const [form] = forms;
  if (form) {
    const isStatement = form.code === 'MG11' || form.code === 'MG11R' || form.code === 'VPS';
    return { group: form.group, form: form.code, witness: isStatement ? surnameIn(stem) : null, exhibit: null };
  }
  const exhibits = exhibitsIn(stem);
  const [exhibit] = exhibits;
  if (exhibit !== undefined && exhibits.length === 1)
    return { group: 'Exhibit', form: 'EXHIBIT', witness: null, exhibit };
  const isStatement = exhibits.length === 0 && /\bwitness statement\b/iu.test(stem);
  return isStatement ? { group: 'Statement', form: 'MG11', witness: surnameIn(stem), exhibit: null } : null;
}

/** Form codes in a name, each once: MG11, MG 11, MG-11, mg6c; VPS, DMD as words of their own. */
function formsIn(stem: string): (typeof NAMED)[number][] {
  const joined = stem.replaceAll(/(?<![\p{L}\p{N}])(mg)[\s_-]?(\d{1,2})/giu, '$1$2');
  const words = joined.toUpperCase().split(/[^\p{L}\p{N}]+/u);
  const isBack = /back[\s_-]*sheet/iu.test(stem);
  const codes = words.map((word) => (isBack && word === 'MG11' ? 'MG11R' : word));
  return [...new Set(codes)].flatMap((code) => BY_CODE.get(code) ?? []);
}

function exhibitsIn(stem: string): string[] {
  const found = [...stem.matchAll(EXHIBIT)].filter(([, initials = '']) => !NO_INITIALS.has(initials));
  return [...new Set(found.map(([, initials = '', number = '']) => `${initials}/${Number(number)}`))];
}

/** The one word in a statement's name that can be a surname; null: none, or several. */
function surnameIn(stem: string): string | null {
  const words = stem.replaceAll(/mg[\s_-]?\d{1,2}r?/giu, ' ').split(/[^\p{L}'\u2019-]+/u);
  const names = words.filter((word) => {
    const plain = word.replaceAll(/^[-'\u2019]+|[-'\u2019]+$/gu, '');
    return plain.length > 1 && !NO_SURNAME.has(plain.toUpperCase()) && !BY_CODE.has(plain.toUpperCase());
  });
  return names.length === 1 ? (names[0] ?? '').replaceAll(/^[-'\u2019]+|[-'\u2019]+$/gu, '') : null;
}
