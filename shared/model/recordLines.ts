/**
 * The record as lines, for the copy that travels in a package: a line for each field and each row, of what its audience
 * may see and no more. Bounded, and says so where it leaves something out.
 */
import { LISTS, LIST_NAMES } from './formats/index.ts';
import type { Audience } from './publish.ts';
import { visibleTo } from './publish.ts';
import type { CaseRecord, FieldValue, RecordItem } from './record.ts';
import { displayUrn, parseUrn } from './urn.ts';

export interface Line {
  readonly label: string;
  readonly value: string;
}
/** What a package takes (`packageContent` in events.ts), and of all lines together, so that its entry stays small enough. */
const LINES = 500;
const LINE = 4000;
const IN_ALL = 200_000;

type Names = ReadonlyMap<string, string>;

function said({ field, values }: FieldValue, names: Names): string {
  const shown = (value: string): string => {
    if (field.type === 'urn') return urnAsRead(value);
    if (!field.to) return value;
    return value
      .split(' ')
      .flatMap((id) => names.get(id) ?? [])
      .join(', ');
  };
  const texts = [...new Set(values.map(({ value }) => shown(value)))].filter((text) => text !== '');
  return texts.length > 1 ? `${texts.join(' / ')} (${texts.length} values, not yet chosen)` : (texts[0] ?? '');
}
function urnAsRead(kept: string): string {
  const urn = parseUrn(kept);
  return urn.ok ? displayUrn(urn.value) : kept;
}

const cut = (text: string): string => (text.length <= LINE ? text : `${text.slice(0, LINE - 1)}\u2026`);

function itemLine(item: RecordItem, number: number, names: Names): Line {
  const parts = [...item.fields.values()]
    .map((value) => ({ label: value.field.label, text: said(value, names) }))
    .filter(({ text }) => text !== '');
  return {
    label: `${LISTS[item.list].one} ${number}`,
    value: cut(parts.map(({ label, text }) => `${label}: ${text}`).join('; ')),
  };
}

/** The lines of a record for an audience. Documents are left out: the package names its files itself. */
export function recordLines(whole: CaseRecord, audience: Audience): readonly Line[] {
  const record = visibleTo(whole, audience);
  const lists = LIST_NAMES.filter((list) => list !== 'documents');
  const names = new Map(LIST_NAMES.flatMap((list) => record.lists[list].map(({ id, name }) => [id, name])));
  const own = [...record.fields.values()]
    .map((value) => ({ label: value.field.label, value: cut(said(value, names)) }))
    .filter(({ value }) => value !== '');
  const lines = [...own, ...lists.flatMap((list) => record.lists[list].map((item, i) => itemLine(item, i + 1, names)))];
  return bounded(lines);
}

function bounded(lines: readonly Line[]): readonly Line[] {
  let room = IN_ALL;
  const fits = lines.filter(({ label, value }, i) => {
    room -= label.length + value.length;
    return room >= 0 && i < (lines.length > LINES ? LINES - 1 : LINES);
  });
  if (fits.length === lines.length) return lines;
  const kept = fits.slice(0, LINES - 1);
  const value = `${lines.length - kept.length} more people, offences or other rows; they are in the Case file.`;
  return [...kept, { label: 'Not in this copy', value }];
}
