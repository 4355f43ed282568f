/**
 * The list of a case's items as CSV: one line for the newest version of each, with what the record says of it. RFC 4180;
 * cells that a spreadsheet would take for a formula are escaped (work/measures/csv.ts).
 */
import type { CaseSnapshot } from '../snapshot/schema.ts';
import type { FileFacts } from '../snapshot/facts.ts';
import { csv } from '../work/measures/csv.ts';

const HEAD = [
  'Title',
  'File name',
  'Group',
  'Form',
  'Use',
  'Marking',
  'Version',
  'Type',
  'Bytes',
  'SHA-256',
  'Added',
  'Added by',
  'Released to',
];

/** With a byte order mark, by which spreadsheets know that it is UTF-8. */
export function itemListCsv({ files, documents }: CaseSnapshot): string {
  const newest = new Map<string, FileFacts>();
  for (const file of files) if (file.number >= (newest.get(file.item)?.number ?? 0)) newest.set(file.item, file);
  const said = new Map(documents.map((row) => [row.id, row]));
  const rows = [...newest.values()].map((file) => {
    const row = said.get(file.item);
    return [
      row?.title ?? '',
      file.name,
      row?.group ?? '',
      row?.form ?? '',
      row?.use ?? '',
      row?.marking ?? '',
      file.number,
      file.type,
      file.bytes,
      file.sha256,
      file.added,
      file.addedBy,
      file.releasedTo.join('; '),
    ];
  });
  return `\uFEFF${csv([HEAD, ...rows])}`;
}
