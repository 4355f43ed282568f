/**
 * Files of values in rows (RFC 4180, with what spreadsheets make of it: a mark of byte order, `;` or tabs, any end of line).
 * Read whole or not at all; each row knows the line that it begins on.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';

export interface Row {
  /** As an editor counts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Something wrong, and where. */
export interface Fault {
  readonly line: number;
  readonly says: string;
}

export function parseCsv(bytes: Uint8Array): Result<Row[], Fault> {
  const text = decode(bytes);
  if (text === null) return fail({ line: 1, says: 'this is no text in UTF-8; save the file as "CSV UTF-8"' });
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let [cells, cell, quoted, wasQuoted, line, begun] = [[] as string[], '', false, false, 1, 1];

  const endCell = (): void => {
    cells.push(wasQuoted ? cell : cell.trim());
    [cell, wasQuoted] = ['', false];
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((one) => one.trim() !== '')) rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    if (sign === '\n') line++;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (sign === '"' && cell.trim() === '' && !wasQuoted) [cell, quoted, wasQuoted] = ['', true, true];
    else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r' && !(wasQuoted && sign === ' ')) cell += sign;
  }
  if (quoted) return fail({ line: begun, says: 'a quotation mark is opened and never closed' });
  if (cell !== '' || cells.length > 0) endRow();
  return ok(rows);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // drops the mark of byte order
  } catch {
    return null; // the decoder tells other encodings only by throwing
  }
}

/** The sign that the first line has most of. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ',';
}
