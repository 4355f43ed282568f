/**
 * Whether the rows of a case hold together: no two of a list with one id, and no reference to what is not there. The first
 * makes a case unusable; the second happens when a row is removed that others name, and is told.
 */
import type { RefTarget } from '../formats/field.ts';
import { LISTS, LIST_NAMES, fieldsOf, isListName } from '../formats/index.ts';
import type { Fault } from '../record.ts';
import type { CaseSnapshot } from './schema.ts';
import { keptText } from './values.ts';

type Plain = Readonly<Record<string, unknown>> & { readonly id: string };

/** Rows of one list that share an id. */
export function repeatedIds(snapshot: CaseSnapshot): Fault[] {
  return LIST_NAMES.flatMap((list) => {
    const seen = new Set<string>();
    return snapshot[list].flatMap(({ id }): Fault[] => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      const { one } = LISTS[list];
      return [
        { path: `${list}/${id}`, sentence: `More than one ${one.toLowerCase()} has this id. Give each its own.` },
      ];
    });
  });
}

/** References to rows or files that the case does not hold. */
export function danglingReferences(snapshot: CaseSnapshot): Fault[] {
  const ids = new Map<RefTarget, ReadonlySet<string>>(
    LIST_NAMES.map((list) => [list, new Set(snapshot[list].map(({ id }) => id))]),
  );
  ids.set('files', new Set([...snapshot.files.map(({ item }) => item), ...snapshot.documents.map(({ id }) => id)]));
  const isThere = (to: readonly RefTarget[], id: string): boolean =>
    to.some((target) => (target === 'files' || isListName(target) ? ids.get(target)?.has(id) : true));
  return LIST_NAMES.flatMap((list) =>
    (snapshot[list] as readonly Plain[]).flatMap((row) =>
      fieldsOf(list).flatMap(({ key, label, to }): Fault[] => {
        const text = keptText(row[key]);
        if (!to || text === null) return [];
        if (text.split(' ').every((id) => isThere(to, id))) return [];
        const where = to.map((target) => (isListName(target) ? LISTS[target].many.toLowerCase() : target)).join(' or ');
        const sentence = `${label} refers to what is not among the ${where}. Add it there, or leave this out.`;
        return [{ path: `${list}/${row.id}/${key}`, sentence }];
      }),
    ),
  );
}
