/**
 * What a file may be, by its name alone, as such files are usually called: a form's code, MG11 with a surname, an exhibit
 * number. A proposal that a person takes or leaves; where a name says nothing, or two things, there is none. Pure.
 */
import type { FormCode, Group } from '../formats/forms.ts';
import { FORMS } from '../formats/forms.ts';

export interface Proposal {
  readonly group: Group;
  readonly form: FormCode;
  /** The words in the name of a statement that can be its witness's name, as they stand there: `Marsh`, `Alice Marsh`. */
  readonly witness: string | null;
  /** Producer and number, such as JS/1 or JS/1A. */
  readonly exhibit: string | null;
}

/** Forms that people write as a word of their own in a name; the others are no names of files. */
const NAMED = FORMS.filter(({ code }) => code !== 'EXHIBIT' && code !== 'OTHER' && code !== 'PE' && code !== 'PCN');
const BY_CODE = new Map(NAMED.map((form) => [form.code as string, form]));

/** What a recording of an interview is called beside its form. */
const ALIASES: Readonly<Record<string, string>> = { SDN: 'MG15', ROTI: 'MG15', ROVI: 'MG15', CNOI: 'MG15' };

/**
 * Two to four initials, a sign between, one to four digits, perhaps a letter: JS/1 cannot stand in a name, so that it is JS-1,
 * JS_1, JS.1 or JS 1; in small letters with a sign alone. A vehicle's number (AB12 CDE) is none.
 */
const EXHIBIT =
  /(?:^|[\s_.,(])(?:([A-Z]{2,4})[-/_. ]?|([a-z]{2,3})[-/_])(\d{1,4})([A-Za-z]?)(?=$|[\s_.,)(-])(?! [A-Z]{3}(?![A-Za-z]))/gu;
/** Letters before a number that are no initials. */
const NO_INITIALS = new Set(['CCTV', 'BWV', 'ANPR', 'TAPE', 'FILE', 'DOC', 'PAGE', 'ITEM', 'MG', 'CAM', 'IMG', 'DSC', 'DVD', 'CD', 'PCN', 'PE', 'SFR', 'PNC', 'VOL', 'REV', 'NO', 'PT', 'VER', 'PART', 'PAGE', 'COPY', 'SCAN', 'ROOM', 'UNIT', 'NOV', 'DEC', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'SEPT', 'OCT']); // prettier-ignore
/** Words beside a surname that are none. */
const NO_SURNAME = new Set(['STATEMENT', 'WITNESS', 'OF', 'SIGNED', 'UNSIGNED', 'DRAFT', 'COPY', 'FINAL', 'PC', 'DC', 'DS', 'PS', 'DI', 'MR', 'MRS', 'MS', 'MISS', 'DR', 'THE', 'AND', 'FROM', 'BY', 'TYPED', 'SCAN', 'SCANNED', 'RECORD', 'SECTION', 'VICTIM', 'PERSONAL', 'FURTHER', 'SUPPLEMENTARY', 'REDACTED', 'VERSION', 'PAGE', 'BACK', 'SHEET']); // prettier-ignore

/** What a file's name says that it is; null: nothing, or more than one thing. */
export function propose(name: string): Proposal | null {
  // A file of a folder carries the folder's name, which says nothing of this one.
  const own = name.slice(name.lastIndexOf('/') + 1);
  const stem = own
    .replace(/(?:\.(?:[a-z]{2,5}|[a-z0-9]{3,4}))+$/iu, '')
    .replaceAll(/[\u2010\u2011]/gu, '-')
    .replaceAll(/[\u2012-\u2015]/gu, ' ')
    .trim();
  const forms = formsIn(stem);
  if (forms.length > 1) return null;
  const [form] = forms;
  if (form) {
    const isStatement = form.code === 'MG11' || form.code === 'MG11R' || form.code === 'VPS';
    return { group: form.group, form: form.code, witness: isStatement ? witnessIn(stem) : null, exhibit: null };
  }
  const exhibits = exhibitsIn(stem);
  const [exhibit] = exhibits;
  if (exhibit !== undefined && exhibits.length === 1)
    return { group: 'Exhibit', form: 'EXHIBIT', witness: null, exhibit };
  const isStatement = exhibits.length === 0 && /\b(?:witness|s\.?9|section 9) statement\b/iu.test(stem);
  return isStatement ? { group: 'Statement', form: 'MG11', witness: witnessIn(stem), exhibit: null } : null;
}

/** Form codes in a name, each once: MG11, MG 11, MG-11, mg6c; VPS, DMD as words of their own. */
function formsIn(stem: string): (typeof NAMED)[number][] {
  const joined = stem.replaceAll(/(?<![\p{L}\p{N}])(mg)[\s_-]?0?(\d{1,2}|dd(?![\p{L}\p{N}]))/giu, '$1$2');
  const words = joined.toUpperCase().split(/[^\p{L}\p{N}]+/u);
  const isBack = /back[\s_-]*sheet/iu.test(stem);
  const codes = words.map((word) => (isBack && word === 'MG11' ? 'MG11R' : (ALIASES[word] ?? word)));
  return [...new Set(codes)].flatMap((code) => BY_CODE.get(code) ?? []);
}

function exhibitsIn(stem: string): string[] {
  const found = [...stem.matchAll(EXHIBIT)].map(([, large, small, number = '', letter = '']) => {
    const initials = (large ?? small ?? '').toUpperCase();
    return { initials, number, reference: `${initials}/${Number(number)}${letter.toUpperCase()}` };
  });
  const meant = found.filter(({ initials, number }) => !NO_INITIALS.has(initials) && !isCollar(initials, number));
  return [...new Set(meant.map(({ reference }) => reference))];
}

/** PC 1234 is an officer. */
const isCollar = (rank: string, number: string): boolean => /^(?:PC|DC|PS|DS|DI|PCSO)$/.test(rank) && number.length > 2;

/** As many words as a name has; more are a sentence. */
const MOST_WORDS = 4;

/** The words in a statement's name that can be its witness's; null: none, or too many. */
function witnessIn(stem: string): string | null {
  const rest = stem.replaceAll(/mg[\s_-]?\d{1,2}r?|back[\s_-]*sheet/giu, ' ');
  const names = rest.split(/[^\p{L}'\u2019-]+/u).flatMap((word) => {
    const plain = word.replaceAll(/^[-'\u2019]+|[-'\u2019]+$/gu, '');
    const isName = plain.length > 1 && !NO_SURNAME.has(plain.toUpperCase()) && !BY_CODE.has(plain.toUpperCase());
    return isName ? [plain] : [];
  });
  return names.length > 0 && names.length <= MOST_WORDS ? names.join(' ') : null;
}
