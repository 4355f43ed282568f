/**
 * Sensitive material: who keeps it, who may be shown it, and what of its record is. It is a list of material like the
 * other, in an area of its own; a row is sensitive because it stands there. Pure; writes nothing.
 */
import { byList } from '../formats/index.ts';
import type { CaseRecord, RecordItem } from '../record.ts';
import type { Role } from '../roles.ts';

/** Who begins the area, reads it and lets others of these in. Source: our own reading of who needs it (ADR 17). */
export const KEEPERS: readonly Role[] = ['disclosure officer', 'supervisor'];
/** To whom on the prosecution's side it may be shared. */
export const SHOWN_TO: readonly Role[] = ['prosecutor', 'prosecution manager'];

export const mayKeep = (roles: readonly string[]): boolean => KEEPERS.some((role) => roles.includes(role));
export const mayBeShown = (roles: readonly string[]): boolean => SHOWN_TO.some((role) => roles.includes(role));

const withoutFile = (item: RecordItem): RecordItem => ({
  ...item,
  fields: new Map([...item.fields].filter(([key]) => key !== 'file')),
});

/** What the prosecutor is shown of it: the list of material with why each is sensitive; no file, and nothing of another list. */
export function shownToProsecutor({ lists }: CaseRecord): CaseRecord {
  return {
    fields: new Map(),
    lists: byList((list) => (list === 'material' ? lists.material.map(withoutFile) : [])),
    removed: byList(() => []),
    conflicts: [],
    newer: new Map(),
  };
}

/** Whether anybody says of an item that it is sensitive: then it counts as that until all agree that it is not. */
export const isSaidSensitive = ({ fields }: Pick<RecordItem, 'fields'>): boolean =>
  (fields.get('sensitivity')?.values ?? []).some(({ value }) => value === 'sensitive');
/** Whether everybody says of an item that it is not. */
export const isSaidHarmless = ({ fields }: Pick<RecordItem, 'fields'>): boolean => {
  const values = fields.get('sensitivity')?.values ?? [];
  return values.length > 0 && values.every(({ value }) => value === 'non-sensitive');
};
