/**
 * Names made by a pattern, for many rows at once: `MG11 {surname} {date}`, `Photograph {n}`. Promises that a row for which
 * the pattern asks something that is not known keeps its name and is told with what it lacks; nothing is filled by a guess.
 */
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';

/** What a name can be made of, and what stands for each in a sentence. `n` counts the rows; `nn`, `nnn` with leading noughts. */
export const PARTS = {
  name: 'the name it has now',
  file: 'the file name without its ending',
  form: 'its form',
  group: 'its group',
  surname: 'the surname of whose statement it is, or whom it is about',
  date: 'its date',
  exhibit: 'its exhibit reference',
  n: 'a number, counted from the first',
} as const;
export type Part = keyof typeof PARTS;
/** What is known of one row; empty: not known. */
export type Known = Readonly<Record<Exclude<Part, 'n'>, string>>;

type Piece = { readonly text: string } | { readonly part: Part; readonly digits: number };

const isPart = (word: string): word is Part => Object.hasOwn(PARTS, word);

/** Reads a pattern. The cause is a sentence. */
export function parsePattern(pattern: string): Result<readonly Piece[], string> {
  if (pattern.trim() === '') return fail('Type how the names shall read.');
  const pieces: Piece[] = [];
  for (const [whole, inside, text] of pattern.matchAll(/\{([^{}]*)\}|([^{}]+|[{}])/g)) {
    if (text !== undefined) pieces.push({ text });
    else {
      const word = (inside ?? '').trim().toLowerCase();
      const counted = /^n{1,6}$/.test(word);
      if (!counted && !isPart(word))
        return fail(`${whole} is nothing that a name can be made of. Use ${Object.keys(PARTS).map((part) => `{${part}}`).join(', ')}.`); // prettier-ignore
      pieces.push({ part: counted ? 'n' : (word as Part), digits: counted ? word.length : 0 });
    }
  }
  return ok(pieces);
}

export interface Renamed {
  readonly id: string;
  readonly before: string;
  /** Null: it keeps its name, because what `lacks` names is not known of it. */
  readonly after: string | null;
  readonly lacks: readonly Part[];
}

export interface ToRename {
  readonly id: string;
  readonly name: string;
  readonly known: Known;
}

/**
 * The names that a pattern gives to rows, in their order; `from`: the first number; `limit`: characters of a name. A row that
 * keeps its name takes no number.
 */
export function rename(
  rows: readonly ToRename[],
  pattern: readonly Piece[],
  from: number,
  limit: number,
): readonly Renamed[] {
  let number = from;
  return rows.map(({ id, name, known }) => {
    const lacks = new Set(
      pattern.flatMap((piece) =>
        'part' in piece && piece.part !== 'n' && known[piece.part] === '' ? [piece.part] : [],
      ),
    );
    const said = (piece: Piece): string => {
      if ('text' in piece) return piece.text;
      return piece.part === 'n' ? String(number).padStart(piece.digits, '0') : known[piece.part];
    };
    const text = pattern.map(said).join('').replaceAll(/\s+/g, ' ').trim().slice(0, limit);
    const after = lacks.size > 0 || text === '' ? null : text;
    if (after !== null) number++;
    return { id, before: name, after, lacks: [...lacks] };
  });
}

/** Names that more than one row would have. */
export function sameNames(renamed: readonly Renamed[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const { before, after } of renamed) seen.set(after ?? before, (seen.get(after ?? before) ?? 0) + 1);
  return [...seen].flatMap(([name, times]) => (times > 1 ? [name] : []));
}
