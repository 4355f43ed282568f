/**
 * Owns the grammar of conditions: the small language in which rules, process steps and deadlines say what must be so. A
 * condition is one JSON object with one operator; an operand is a path as text, or an object with a constant. `on` (the
 * date of judging) and `stage` are paths like any other. There is nothing in it that can loop or fail.
 */
import { z } from 'zod';
import { TEXT_FORMS } from './textForms.ts';
import type { TextForm } from './textForms.ts';

z.config({ jitless: true });

/** A path: `case/urn`, `suspects`, `row/born`, `tables/NAME`, `work/actions`; `row` is the row that is judged. */
const path = z.string().regex(/^[A-Za-z]+(\/[A-Za-z0-9-]+){0,6}$/, 'a path is names with slashes between them');
const name = z.string().regex(/^[a-z][A-Za-z]{0,29}$/, 'a name begins with a small letter and has only letters');
const scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const span = z.strictObject({
  days: z.int().min(-40_000).max(40_000).optional(),
  months: z.int().min(-1200).max(1200).optional(),
  years: z.int().min(-120).max(120).optional(),
});
export const operand = z.union([path, z.strictObject({ value: scalar }), z.strictObject({ path, plus: span })]);
export type Operand = z.infer<typeof operand>;
export type Scalar = z.infer<typeof scalar>;

const pair = z.tuple([operand, operand]);
const bound = z.int().min(0).max(100_000).optional();
const choices = z.array(scalar).min(1).max(200);
const codes = z.array(z.string().max(40)).min(1).max(60);

/** Every operator with its own parts; `inner` is what a nested condition is parsed as. */
export const operators = <T extends z.ZodType>(inner: T) => ({
  and: z.strictObject({ and: z.array(inner).min(1).max(40) }),
  or: z.strictObject({ or: z.array(inner).min(1).max(40) }),
  not: z.strictObject({ not: inner }),
  /** Something stands there: a text that is not empty, a list with a row, a reference whose row is there. "No" is something. */
  exists: z.strictObject({ exists: path }),
  /** Exactly alike, and both there. */
  equals: z.strictObject({ equals: pair }),
  /** Texts alike but for case, accents, spaces and punctuation; both there. */
  same: z.strictObject({ same: pair }),
  /** One of the constants; of a list of texts: any of them. */
  in: z.strictObject({ in: path, of: choices }),
  matches: z.strictObject({ matches: path, form: z.enum(TEXT_FORMS) }),
  /** Characters of a text, without space at either end; nothing there has none. */
  length: z.strictObject({ length: path, min: bound, max: bound }),
  /** Dates; false where either is absent. */
  before: z.strictObject({ before: pair }),
  after: z.strictObject({ after: pair }),
  notBefore: z.strictObject({ notBefore: pair }),
  notAfter: z.strictObject({ notAfter: pair }),
  count: z.strictObject({ count: path, as: name.optional(), where: inner.optional(), min: bound, max: bound }),
  /** True of an empty list. */
  every: z.strictObject({ every: path, as: name, that: inner }),
  some: z.strictObject({ some: path, as: name, that: inner }),
  /** There is a document of one of these forms; with `about`, one that is about that row. */
  document: z.strictObject({ document: codes, about: path.optional() }),
  /** The two lists have something in common. */
  shares: z.strictObject({ shares: z.tuple([path, path]) }),
  /** Something stands there that is not of the field's kind, such as a word that is none of the choices. */
  unread: z.strictObject({ unread: path }),
  /** One of these was found in the file (or in any of the files) at `of` when it was added. */
  found: z.strictObject({ found: codes, of: path }),
});

type Pair = readonly [Operand, Operand];
interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly exists: string }
  | { readonly equals: Pair }
  | { readonly same: Pair }
  | { readonly in: string; readonly of: readonly Scalar[] }
  | { readonly matches: string; readonly form: TextForm }
  | ({ readonly length: string } & Bounds)
  | { readonly before: Pair }
  | { readonly after: Pair }
  | { readonly notBefore: Pair }
  | { readonly notAfter: Pair }
  | ({ readonly count: string; readonly as?: string | undefined; readonly where?: Condition | undefined } & Bounds)
  | { readonly every: string; readonly as: string; readonly that: Condition }
  | { readonly some: string; readonly as: string; readonly that: Condition }
  | { readonly document: readonly string[]; readonly about?: string | undefined }
  | { readonly shares: readonly [string, string] }
  | { readonly unread: string }
  | { readonly found: readonly string[]; readonly of: string };

/** The whole language, for the JSON Schema. `checkCondition` says more clearly what is wrong. */
export const condition: z.ZodType<Condition> = z.lazy(() => z.union(Object.values(operators(condition))));

/** Each operator's own parts, with nested conditions left as they are: what `checkCondition` goes down by. */
export const SHALLOW = operators(z.unknown());
export type Operator = keyof typeof SHALLOW;
export const OPERATORS = Object.keys(SHALLOW) as readonly Operator[];

/** Conditions inside conditions, and lists gone through inside lists: so that judging a large case stays quick. */
export const DEEPEST = 12;
export const MOST_LISTS = 2;
