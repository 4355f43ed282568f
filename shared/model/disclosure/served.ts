/**
 * What would be served on the defence: the documents that a person or their form says are served, by group, and the
 * schedule of non-sensitive unused material. Default deny: what nobody has sorted, what is confidential, back sheets, what
 * is sensitive in any way, and what only may be served, stay out, each with why. Says nothing of what stays out in the list
 * itself. Pure; who may make it is asked elsewhere.
 */
import type { Row } from '../formats/index.ts';
import type { Group } from '../formats/forms.ts';
import { GROUPS, formOf } from '../formats/forms.ts';
import type { Role } from '../roles.ts';
import type { FileFacts } from '../snapshot/facts.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import type { NonSensitive } from './withoutSensitive.ts';
import { asNonSensitive } from './withoutSensitive.ts';

/** Who makes the bundle, on the prosecution's side. Source: our own reading. */
export const SERVES: readonly Role[] = ['prosecutor', 'prosecution manager', 'paralegal'];
export const mayServe = (roles: readonly string[]): boolean => SERVES.some((role) => roles.includes(role));

declare const served: unique symbol;
/** A document that was found to be served; only `servedOf` makes one. */
export interface Served {
  readonly [served]: true;
  readonly item: string;
  readonly version: string;
  readonly title: string;
  readonly form: string | null;
  readonly dated: string | null;
  readonly file: Pick<FileFacts, 'name' | 'bytes' | 'sha256' | 'number'>;
}
/** A line of the schedule as the defence has it: nothing of what anybody makes of the item, nor of where it is kept. */
export interface ScheduleEntry {
  readonly number: number;
  readonly reference: string;
  readonly description: string;
  readonly disclosed: boolean;
}
export interface ServedBundle {
  readonly groups: readonly { readonly group: Group; readonly documents: readonly Served[] }[];
  readonly schedule: readonly ScheduleEntry[];
  /** For who makes the bundle alone, and in nothing that is written. */
  readonly left: readonly { readonly title: string; readonly why: string }[];
  /** What no machine can see: to be looked at before it goes. */
  readonly look: readonly string[];
}

export const WHY = {
  unsorted: 'Nobody has said what it is.',
  'back sheet': 'A back sheet never goes to the defence.',
  'holds its back sheet': 'The file holds its back sheet. Have it sent without.',
  confidential: 'Its form never goes to the defence.',
  sensitive: 'It belongs to sensitive material.',
  'not served': 'Somebody marked it as not served.',
  unused: 'It is unused: it is listed, and served only where somebody marks it so.',
  undecided: 'Nobody has said whether it is served. Mark it under Documents.',
  expired: 'It is marked as not to be used any more.',
} as const;
type Why = keyof typeof WHY;

interface World {
  readonly backSheets: ReadonlySet<string>;
  readonly bodies: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  readonly on: string;
}

/** Why a document stays out; null: it is served. The order is that of harm: the worst reason is the one given. */
function keptOut(row: Row<'documents'> | undefined, item: string, world: World): Why | null {
  if (world.sensitive.has(item)) return 'sensitive';
  if (world.backSheets.has(item)) return world.bodies.has(item) ? 'holds its back sheet' : 'back sheet';
  if (!row) return 'unsorted';
  if (row.form === 'MG11R') return 'back sheet';
  const form = formOf(row.form);
  if (form?.served === 'confidential') return 'confidential';
  if (row.expires !== undefined && row.expires < world.on) return 'expired';
  if (row.served !== undefined) return row.served ? null : 'not served';
  if (!form) return 'unsorted';
  if (row.use === 'unused') return 'unused';
  return form.served === 'served' ? null : 'undecided';
}

/** `withheld`: items of files that belong to sensitive material kept elsewhere; `on`: the day, YYYY-MM-DD. */
export function servedOf(snapshot: CaseSnapshot, withheld: ReadonlySet<string>, on: string): ServedBundle {
  const { statements, material, documents, files } = snapshot;
  const sensitive = material.filter((row) => !asNonSensitive(row, snapshot));
  const world: World = {
    backSheets: new Set(statements.flatMap(({ backSheet }) => backSheet ?? [])),
    bodies: new Set(statements.flatMap(({ file }) => file ?? [])),
    sensitive: new Set([...withheld, ...sensitive.flatMap(({ file }) => file ?? [])]),
    on,
  };
  const rows = new Map(documents.map((row) => [row.id, row]));
  const judged = newest(files).map((file) => ({ file, row: rows.get(file.item) }));
  const out = judged.map((one) => ({ ...one, why: keptOut(one.row, one.file.item, world) }));
  const titleOf = ({ file, row }: (typeof judged)[number]): string => row?.title ?? file.name;
  const goes = out.filter(({ why }) => why === null);
  return {
    groups: GROUPS.map((group) => ({
      group,
      documents: goes.filter((one) => groupOf(one.row) === group).map((one) => serve(one.file, titleOf(one), one.row)),
    })).filter((each) => each.documents.length > 0),
    schedule: schedule(material.filter((row): row is NonSensitive => asNonSensitive(row, snapshot))),
    left: out.flatMap((one) => (one.why === null ? [] : [{ title: titleOf(one), why: WHY[one.why] }])),
    look: lookAt(snapshot, new Map(goes.map((one) => [one.file.item, titleOf(one)]))),
  };
}

function newest(files: readonly FileFacts[]): readonly FileFacts[] {
  const last = new Map<string, FileFacts>();
  for (const file of files) if (file.number >= (last.get(file.item)?.number ?? 0)) last.set(file.item, file);
  return [...last.values()];
}

const groupOf = (row: Row<'documents'> | undefined): Group => row?.group ?? formOf(row?.form)?.group ?? 'Other';

function serve(file: FileFacts, title: string, row: Row<'documents'> | undefined): Served {
  const { item, version, name, bytes, sha256, number } = file;
  const form = row?.form ?? null;
  return { item, version, title, form, dated: row?.dated ?? null, file: { name, bytes, sha256, number } } as Served;
}

/** Unused and relevant unless somebody said otherwise, as MG6C lists it. Takes nothing that anybody calls sensitive. */
function schedule(rows: readonly NonSensitive[]): readonly ScheduleEntry[] {
  return rows
    .filter(({ use, relevant }) => use !== 'used' && relevant !== false)
    .map(({ reference, description, disclosed }, i) => ({
      number: i + 1,
      reference: reference ?? '',
      description: description ?? '',
      disclosed: disclosed === true,
    }));
}

/** `titles`: by item, of what would be served. */
function lookAt({ statements }: CaseSnapshot, titles: ReadonlyMap<string, string>): string[] {
  return statements.flatMap(({ file, backSheet }) => {
    const title = file === undefined || backSheet !== undefined ? undefined : titles.get(file);
    return title === undefined
      ? []
      : [`${title}: no back sheet is on record. Look whether the file holds one; if it does, have it sent without.`];
  });
}
