/**
 * One value of a field, between the text in which the record keeps it and the typed value of a snapshot. What a text is
 * not of its field's type, a newer version or an older rule wrote: it is no value here, and nobody loses it.
 */
import { checkField } from '../formats/check.ts';
import type { Field } from '../formats/field.ts';

/** The typed value of a text that stands in a record; undefined: the text is not of the field's type. */
export function typedValue(field: Field, text: string): unknown {
  if (field.type === 'text' || field.type === 'long text') return text.slice(0, field.limit);
  const checked = checkField(field, text);
  if (!checked.ok) return undefined;
  const { value } = checked.value;
  switch (field.type) {
    case 'yes-no':
      return value === 'yes';
    case 'number':
      return Number(value);
    case 'refs':
      return value.split(' ');
    default:
      return value;
  }
}

/** A value of a snapshot as the record keeps it: of what has parts, its JSON; null: there is none. */
export function keptText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' ');
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Under which list and row the record keeps, as JSON, what a newer version says of the case beside its lists. */
export const BESIDE = { list: 'beside', row: 'case' } as const;
/** The longest of these, as JSON. */
export const LONGEST_BESIDE = 200_000;

/** Keys of a row that are its list's own: no value may stand under them. */
const OWN = ['id', 'position', 'removed'];

/** Whether a key that this version does not know can stand in a path of the record. */
export const isPathKey = (key: string): boolean => /^[A-Za-z][\w -]{0,59}$/.test(key) && !OWN.includes(key);
