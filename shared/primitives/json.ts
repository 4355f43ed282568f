/**
 * JSON from outside and JSON that is hashed. Reading refuses what is nested beyond reason before anything goes down into
 * it, and says at which line it stopped; writing is canonical: one text for one value.
 */
import { fail, ok } from './result.ts';
import type { Result } from './result.ts';

/** Arrays and objects inside one another, at most. */
const DEEPEST = 64;

/** A JSON value, or where it stops being one: `line 3, column 7`, and a sentence. */
export function readJson(text: string): Result<unknown, { readonly place: string; readonly sentence: string }> {
  const tooDeep = placeOfDepth(text, DEEPEST + 1);
  if (tooDeep !== null)
    return fail({ place: lineAt(text, tooDeep), sentence: `It is nested more than ${DEEPEST} deep.` });
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail({ place: lineAt(text, whereItStops(text)), sentence: 'It is not JSON from here on.' });
  }
}

/** Where brackets outside strings first stand so deep; null: nowhere. */
function placeOfDepth(text: string, depth: number): number | null {
  let open = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '[' || char === '{') {
      if (++open >= depth) return i;
    } else if (char === ']' || char === '}') open--;
  }
  return null;
}

/** What may stand next: a value, the end of a list, a key, the end of an object, a colon, or what follows a value. */
type Next = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'after';

/**
 * Where a text that is no JSON stops being one, since what the machine says about it differs between versions. Looks at
 * what stands after what; inside a number or a string, it answers where that begins.
 */
function whereItStops(text: string): number {
  const open: string[] = [];
  let next: Next = 'value';
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    const char = text[at];
    if (char === undefined) return at;
    const isEnd = (char === ']' && next === 'value or ]') || (char === '}' && next === 'key or }');
    if (isEnd || (next === 'after' && char === (open.at(-1) === '[' ? ']' : '}') && open.length > 0)) {
      open.pop();
      [next, at] = ['after', at + 1];
    } else if (next === 'after') {
      if (char !== ',' || open.length === 0) return at;
      [next, at] = [open.at(-1) === '[' ? 'value' : 'key', at + 1];
    } else if (next === ':') {
      if (char !== ':') return at;
      [next, at] = ['value', at + 1];
    } else if (next !== 'key' && next !== 'key or }' && (char === '[' || char === '{')) {
      open.push(char);
      [next, at] = [char === '[' ? 'value or ]' : 'key or }', at + 1];
    } else {
      const isKey: boolean = next === 'key' || next === 'key or }';
      const end = endOfWord(text, at, isKey);
      if (end === null) return at;
      [next, at] = [isKey ? ':' : 'after', end];
    }
  }
}

/** The end of the string, number or word that begins at `at`; null where there is none. */
function endOfWord(text: string, at: number, onlyString: boolean): number | null {
  if (text[at] !== '"') {
    const word = onlyString ? '' : (/^[-+.\w]{0,64}/.exec(text.slice(at, at + 64))?.[0] ?? '');
    return isValue(word) ? at + word.length : null;
  }
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return isValue(text.slice(at, end + 1)) ? end + 1 : null;
}

function isValue(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}

function lineAt(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** The one text of a JSON value: keys sorted by code unit, no spaces. Absent members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`);
  return `{${members.join(',')}}`;
}
