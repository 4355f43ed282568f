/**
 * Tables as CSV (RFC 4180): one record a line, every cell quoted where it must be. A cell that a spreadsheet would take for
 * a formula gets an apostrophe before it, because names in it are other people's.
 */
import { HOUR } from '../../../primitives/units.ts';
import type { Millis } from '../../../primitives/units.ts';
import type { Measures, MeasuresRow } from './measures.ts';

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value.replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV text, lines ended as the standard says. */
export const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const hours = (span: Millis | null): string | number => (span === null ? '' : Math.round((span / HOUR) * 100) / 100);

const COLUMNS: readonly (readonly [string, (row: Measures) => string | number])[] = [
  ['Packages released', (row) => row.released],
  ['First packages answered', (row) => row.decidedFirst],
  ['Accepted first time', (row) => row.acceptedFirst],
  ['Returned', (row) => row.returned],
  ['Hours from release to delivered (median)', (row) => hours(row.toDelivered)],
  ['Hours from delivered to opened (median)', (row) => hours(row.toOpened)],
  ['Actions raised', (row) => row.actionsRaised],
  ['Actions answered', (row) => row.actionsAnswered],
  ['Actions closed', (row) => row.actionsClosed],
  ['Hours from raised to answered (median)', (row) => hours(row.turnaround)],
];

/** The measures as a table: a line for each month and unit, returns by reason in columns of their own. */
export function measuresCsv(
  rows: readonly MeasuresRow[],
  reasonText: (code: string) => string = (code) => code,
): string {
  const reasons = [...new Set(rows.flatMap((row) => Object.keys(row.reasons)))].sort();
  return csv([
    ['Month', 'Unit', ...COLUMNS.map(([title]) => title), ...reasons.map((code) => `Returned: ${reasonText(code)}`)],
    ...rows.map((row) => [
      row.month,
      row.unit,
      ...COLUMNS.map(([, read]) => read(row)),
      ...reasons.map((code) => row.reasons[code] ?? 0),
    ]),
  ]);
}
