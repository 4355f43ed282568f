/**
 * A case as one plain JSON value: its schema, built from the tables of formats/, and its types, computed from the same
 * tables, so that there is one source of truth. Unknown keys are kept where they stand: a newer version wrote them.
 * Reading and judging a value that comes from outside is parse.ts.
 */
import { z } from 'zod';
import { assertNever } from '../../primitives/result.ts';
import { ROW_ID } from '../formats/check.ts';
import type { Field } from '../formats/field.ts';
import type { CaseValues, ListName, Row } from '../formats/index.ts';
import { CASE_FIELDS, LISTS, byList, fieldsOf } from '../formats/index.ts';
import { workState } from '../work/state.ts';
import type { FileFacts, PackageFacts, WorkFacts } from './facts.ts';
import { conflict, fileFacts, packageFacts, workFacts } from './facts.ts';

export const FORMAT = 'joinder case';
/** The version of this format that this program writes. */
export const VERSION = 1;

type Lists = { readonly [L in ListName]: readonly Row<L>[] };

export interface CaseSnapshot extends Lists {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly case: { readonly id: string } & CaseValues;
  /** The case summary (MG5) as plain text. */
  readonly summary: string;
  readonly files: readonly FileFacts[];
  readonly packages: readonly PackageFacts[];
  readonly work: WorkFacts;
  readonly conflicts: readonly z.infer<typeof conflict>[];
  /** Paths that this version does not understand. What stands there is kept: in place, or in `unread`. */
  readonly newer: readonly string[];
  /** By path, what stands in a field that this version knows, and is not of the field's type. */
  readonly unread: Readonly<Record<string, unknown>>;
}

/** The most rows of one list. */
export const MOST_ROWS = 5000;

const rowId = z.string().regex(ROW_ID);

function valueSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'text':
    case 'long text':
      return z.string().min(1).max(field.limit);
    case 'date':
      return z.iso.date();
    case 'time':
      return z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
    case 'yes-no':
      return z.boolean();
    case 'number':
      return z
        .int()
        .min(0)
        .max(10 ** field.limit - 1);
    case 'choice':
    case 'marking':
      return z.enum(field.choices ?? []);
    case 'urn':
      return z.string().regex(/^\d{2}[0-9A-Z]{2}\d{7}[MS]?(?:\/\d{1,2})?$/);
    case 'ref':
      return rowId;
    case 'refs':
      return z.array(rowId).min(1).max(MOST_ROWS);
    default:
      return assertNever(field.type);
  }
}

/** What the schema says of a field beside its type: for who reads the JSON Schema. */
function described(field: Field): z.ZodType {
  const notes = [
    ...(field.nature === 'opinion' ? ['An opinion.'] : []),
    ...(field.confidential ? ['Confidential: never served on the defence.'] : []),
    ...(field.to ? [`Refers to ${field.to.join(' or ')}.`] : []),
    `Source: ${field.source}${field.verified ? '' : ' (not verified)'}.`,
  ];
  return valueSchema(field)
    .optional()
    .meta({ title: field.label, description: notes.join(' ') });
}

const shape = (fields: readonly Field[]): Record<string, z.ZodType> =>
  Object.fromEntries(fields.map((field) => [field.key, described(field)]));

const rows = byList((list) =>
  z
    .array(z.looseObject({ id: rowId, ...shape(fieldsOf(list)) }))
    .max(MOST_ROWS)
    .default([])
    .meta({ title: LISTS[list].many, description: LISTS[list].says }),
);

const built = z.looseObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  case: z.looseObject({ id: rowId, ...shape(CASE_FIELDS) }),
  ...rows,
  summary: z.string().max(200_000).default(''),
  files: z.array(fileFacts).max(10_000).default([]),
  packages: z.array(packageFacts).max(10_000).default([]),
  work: workFacts.prefault({}),
  conflicts: z.array(conflict).max(10_000).default([]),
  newer: z.array(z.string().max(300)).max(10_000).default([]),
  unread: z.record(z.string().max(300), z.unknown()).default({}),
});

/** The keys of a snapshot that this version knows. */
export const SNAPSHOT_KEYS: ReadonlySet<string> = new Set(Object.keys(built.shape));

/** The schema. Its type is that of the tables: what zod infers from shapes built at run time says less. */
export const caseSnapshot = built as unknown as z.ZodType<CaseSnapshot>;

/** The JSON Schema of a case, for other programs: every field with its label, its limits and its source. */
export function jsonSchema(): unknown {
  const { properties, ...rest } = z.toJSONSchema(built, { io: 'input', target: 'draft-2020-12' });
  // What is read as it comes is described as this version writes it.
  const { $schema, ...work } = z.toJSONSchema(workState.partial(), { io: 'input', unrepresentable: 'any' });
  return { ...rest, $schema, properties: { ...properties, work } };
}
