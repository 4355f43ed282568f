/**
 * A case as a document for reading, as it was at one moment: who made it, when, of which state (the SHA-256 of the same
 * case as JSON), then the parts in the order of the screens. Holds everything that the reader of the case can read, as the
 * JSON does; leaves out no row and cuts no text. Pure.
 */
import { shownName } from '../../primitives/fileName.ts';
import type { Field } from '../formats/field.ts';
import type { ListName } from '../formats/index.ts';
import { CASE_FIELDS, LISTS, LIST_NAMES, fieldsOf } from '../formats/index.ts';
import { GROUPS } from '../formats/forms.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import { keptText } from '../snapshot/values.ts';
import { displayUrn, parseUrn } from '../urn.ts';
import type { Block, Report } from './report.ts';
import { workBlocks } from './workBlocks.ts';

export interface MadeBy {
  readonly name: string;
  readonly post: string;
  readonly organisation: string;
  readonly at: number;
  /** A time as people of this computer read it, with its year. */
  readonly timeText: (at: number) => string;
  /** Of the case as JSON at that moment. */
  readonly sha256: string;
  readonly rules: string;
  readonly stage: string;
  /** What has happened, newest first. */
  readonly history: readonly { readonly at: number; readonly sentence: string }[];
}

type Plain = Readonly<Record<string, unknown>> & { readonly id: string };
type Values = Readonly<Record<string, unknown>>;

/** What the rows and files of a case are called, by id. */
type Names = ReadonlyMap<string, string>;

const heading = (level: 1 | 2 | 3, text: string): Block => ({ is: 'heading', level, text });
const text = (said: string): Block => ({ is: 'text', text: said });
const NONE: Block = { is: 'text', text: 'None.', quiet: true };

const asText = (values: Values, key: string): string => keptText(values[key]) ?? '';

function calledOf(list: ListName, row: Plain, number: number): string {
  const family = asText(row, 'family');
  if (family !== '') return [family, asText(row, 'given')].filter((part) => part !== '').join(', ');
  const called = LISTS[list].called.map((key) => asText(row, key)).find((value) => value !== '');
  return called ?? `${LISTS[list].one} ${number}`;
}

function namesOf(snapshot: CaseSnapshot): Names {
  const names = new Map(snapshot.files.map(({ item, name }) => [item, name]));
  for (const list of LIST_NAMES)
    for (const [i, row] of (snapshot[list] as readonly Plain[]).entries())
      if (list !== 'documents' || asText(row, 'title') !== '') names.set(row.id, calledOf(list, row, i + 1));
  return names;
}

function shown(field: Field, values: Values, names: Names): string {
  const kept = asText(values, field.key);
  if (kept === '') return '';
  if (field.type === 'urn') {
    const urn = parseUrn(kept);
    return urn.ok ? displayUrn(urn.value) : kept;
  }
  if (!field.to) return kept;
  return kept
    .split(' ')
    .map((id) => names.get(id) ?? 'something that is not here')
    .join(', ');
}

const labelOf = (field: Field): string => (field.nature === 'opinion' ? `${field.label} (opinion)` : field.label);

const linesOf = (fields: readonly Field[], values: Values, names: Names): { label: string; value: string }[] =>
  fields
    .map((field) => ({ label: labelOf(field), value: shown(field, values, names) }))
    .filter(({ value }) => value !== '');

/** Each row with all that is written of it, under its name. */
function rowsInFull(snapshot: CaseSnapshot, list: ListName, names: Names): Block[] {
  const rows = snapshot[list] as readonly Plain[];
  return [
    heading(2, LISTS[list].many),
    ...(rows.length === 0 ? [NONE] : []),
    ...rows.flatMap((row, i): Block[] => [
      heading(3, `${LISTS[list].one} ${i + 1}: ${calledOf(list, row, i + 1)}`),
      { is: 'lines', lines: linesOf(fieldsOf(list), row, names) },
    ]),
  ];
}

/** A table with the main fields in columns of their own, and whatever else is written in the last. */
function table(
  list: ListName,
  rows: readonly Plain[],
  main: readonly (readonly [key: string, share: number])[],
  names: Names,
): Block {
  // prettier-ignore
  if (rows.length === 0) return NONE;
  const fields = fieldsOf(list);
  const mainKeys = new Set(main.map(([key]) => key));
  const rest = fields.filter(({ key }) => !mainKeys.has(key));
  const columns = main.flatMap(([key, share]) => {
    const field = fields.find((one) => one.key === key);
    return field ? [{ field, share }] : [];
  });
  return {
    is: 'table',
    columns: [
      { title: 'No.', share: 0.5 },
      ...columns.map(({ field, share }) => ({ title: labelOf(field), share })),
      { title: 'Further', share: 3 },
    ],
    rows: rows.map((row, i) => [
      String(i + 1),
      ...columns.map(({ field }) => shown(field, row, names)),
      linesOf(rest, row, names)
        .map(({ label, value }) => `${label}: ${value}`)
        .join('; '),
    ]),
  };
}

function materialBlocks(snapshot: CaseSnapshot, names: Names): Block[] {
  const main = [['reference', 1], ['description', 3], ['use', 1]] as const; // prettier-ignore
  const sensitive = snapshot.material.filter(({ sensitivity }) => sensitivity === 'sensitive');
  const others = snapshot.material.filter(({ sensitivity }) => sensitivity !== 'sensitive');
  return [
    heading(2, LISTS.material.many),
    table('material', others, main, names),
    ...(sensitive.length === 0
      ? []
      : [
          heading(2, 'Sensitive material'),
          text('Confidential to the police and the prosecution. Nothing of this part may be given to the defence.'),
          table('material', sensitive, main, names),
        ]),
  ];
}

/** What else is written of a document, besides its name, group and columns. */
const OF_DOCUMENTS = fieldsOf('documents').filter(
  ({ key }) => !['title', 'group', 'form', 'use', 'marking'].includes(key),
);

/** The files in the prosecutor's groups: the newest version of each, by its whole SHA-256. */
function fileBlocks({ files, documents }: CaseSnapshot, names: Names): Block[] {
  const newest = new Map<string, (typeof files)[number]>();
  for (const file of files) if (file.number >= (newest.get(file.item)?.number ?? 0)) newest.set(file.item, file);
  const said = new Map(documents.map((row) => [row.id, row]));
  const at = new Map(documents.map((row, i) => [row.id, i]));
  const order = (item: string): number => at.get(item) ?? documents.length;
  const groups = [...GROUPS, ''] as const;
  const blocks = groups.flatMap((group): Block[] => {
    const inGroup = [...newest.values()]
      .filter(({ item }) => (said.get(item)?.group ?? '') === group)
      .sort((a, b) => order(a.item) - order(b.item));
    if (inGroup.length === 0) return [];
    return [
      heading(3, group === '' ? 'Not sorted yet' : group),
      {
        is: 'table',
        columns: [
          { title: 'Name', share: 3 },
          { title: 'What it is', share: 1.8 },
          { title: 'Version, bytes', share: 1.4 },
          { title: 'SHA-256', share: 2.2 },
          { title: 'Added', share: 1.6 },
          { title: 'Released to', share: 1.8 },
        ],
        rows: inGroup.map((file) => {
          const row = said.get(file.item);
          const name = row?.title === undefined ? shownName(file.name) : `${row.title} (${shownName(file.name)})`;
          const more = linesOf(OF_DOCUMENTS, row ?? {}, names).map(({ label, value }) => `${label}: ${value}`);
          const what = [row?.form, row?.use, row?.marking, ...more].filter((part) => part !== undefined).join(', ');
          const added = `${file.added.slice(0, 10)}, ${file.addedBy}`;
          return [name, what, `${file.number}, ${file.bytes}`, file.sha256, added, file.releasedTo.join(', ')];
        }),
      },
    ];
  });
  return [heading(2, 'Documents'), ...(blocks.length === 0 ? [NONE] : blocks)];
}

function packageBlocks({ packages }: CaseSnapshot): Block[] {
  return [
    heading(2, 'Packages'),
    packages.length === 0
      ? NONE
      : {
          is: 'table',
          columns: [
            { title: 'Released', share: 1.6 },
            { title: 'To', share: 2 },
            { title: 'Purpose', share: 1.4 },
            { title: 'Files', share: 0.6 },
            { title: 'State', share: 1 },
            { title: 'Reasons', share: 2.5 },
          ],
          rows: packages.map(({ to, post, purpose, released, releasedBy, files, state, reasons }) => [
            [released.slice(0, 16).replace('T', ' ') + ' UTC', releasedBy ?? '']
              .filter((part) => part !== '')
              .join(', '),
            [to, post ?? ''].filter((part) => part !== '').join(', '),
            purpose,
            String(files.length),
            state,
            reasons.join('; '),
          ]),
        },
  ];
}

/** The marking of the whole: the highest that anything in it has, as far as the record says. */
export function markingOf({ case: own, documents }: CaseSnapshot): string {
  const all = [own.marking, ...documents.map(({ marking }) => marking)];
  return all.includes('OFFICIAL-SENSITIVE') ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL';
}

function conflictBlocks({ conflicts, newer }: CaseSnapshot): Block[] {
  return [
    ...(conflicts.length === 0
      ? []
      : [
          heading(2, 'Fields with more than one value'),
          text('Several people set these at once and nobody has chosen yet. What stands above is the latest of each.'),
          { is: 'lines' as const, lines: conflicts.map(({ path, values }) => ({ label: path, value: values.join(' / ') })) }, // prettier-ignore
        ]),
    ...(newer.length === 0
      ? []
      : [text(`A newer version of Joinder wrote ${newer.length} fields that this one does not know. They are in the case as JSON and not here.`)]), // prettier-ignore
  ];
}

export function caseReport(snapshot: CaseSnapshot, made: MadeBy): Report {
  const names = namesOf(snapshot);
  const { title = 'A case without a title' } = snapshot.case;
  const marking = markingOf(snapshot);
  const blocks: Block[] = [
    heading(1, title),
    {
      is: 'lines',
      lines: [
        { label: 'State of', value: made.timeText(made.at) },
        { label: 'Made by', value: [made.name, made.post, made.organisation].filter((part) => part !== '').join(', ') },
        { label: 'Stage', value: made.stage },
        { label: 'Judged by', value: made.rules },
        { label: 'SHA-256 of this state as JSON', value: made.sha256 },
        {
          label: 'What is in it',
          value: `${snapshot.files.length} versions of files, ${snapshot.packages.length} packages; and of the record ${LIST_NAMES.filter((list) => snapshot[list].length > 0).map((list) => `${snapshot[list].length} in ${LISTS[list].many.toLowerCase()}`).join(', ') || 'no rows'}.`, // prettier-ignore
        },
      ],
    },
    text(
      'This is a copy for reading of what one computer held at that moment. What was signed is in Joinder; the files themselves are not in this document.',
    ),
    heading(2, 'Case'),
    { is: 'lines', lines: linesOf(CASE_FIELDS, snapshot.case, names) },
    heading(2, 'Summary'),
    ...(snapshot.summary.trim() === '' ? [NONE] : snapshot.summary.split('\n').filter((line) => line.trim() !== '').map(text)), // prettier-ignore
    ...(['suspects', 'offences', 'victims', 'witnesses'] as const).flatMap((list) => rowsInFull(snapshot, list, names)),
    heading(2, LISTS.statements.many),
    table('statements', snapshot.statements, [['witness', 2], ['number', 1], ['taken', 1.1], ['signed', 0.8]], names), // prettier-ignore
    heading(2, LISTS.exhibits.many),
    table('exhibits', snapshot.exhibits, [['reference', 1], ['description', 3], ['producer', 1.5]], names), // prettier-ignore
    ...materialBlocks(snapshot, names),
    ...fileBlocks(snapshot, names),
    ...(['hearings', 'custody', 'interviews', 'pleas', 'enquiries'] as const).flatMap((list) => rowsInFull(snapshot, list, names)), // prettier-ignore
    ...packageBlocks(snapshot),
    ...workBlocks(snapshot.work, names, made.timeText),
    ...conflictBlocks(snapshot),
    heading(2, 'Activity'),
    made.history.length === 0
      ? NONE
      : {
          is: 'table',
          columns: [{ title: 'When', share: 1 }, { title: 'What', share: 4 }], // prettier-ignore
          rows: made.history.map(({ at, sentence }) => [made.timeText(at), sentence]),
        },
  ];
  const urn = asText(snapshot.case, 'urn');
  return {
    title: [title, urn].filter((part) => part !== '').join(', '),
    author: `${made.name}, ${made.organisation}`,
    at: made.at,
    marking,
    footer: `${made.timeText(made.at)} \u00b7 SHA-256 ${made.sha256.slice(0, 16)}\u2026`,
    blocks,
  };
}
