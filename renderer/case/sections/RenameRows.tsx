/**
 * New names for the ticked rows by one pattern, each shown beside the old one before anything is written. What the pattern
 * asks and nobody knows keeps its name, and says why. All of it is one act.
 */
import { useContext, useMemo, useState } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import type { Field as ModelField } from '../../../shared/model/formats/field.ts';
import { itemField } from '../../../shared/model/list.ts';
import type { Renamed } from '../../../shared/model/naming/rename.ts';
import { PARTS, parsePattern, rename, sameNames } from '../../../shared/model/naming/rename.ts';
import { setField } from '../../../shared/model/register.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { FilesContext } from '../record/filesContext.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { knownOf } from './known.ts';
import type { TableRow } from './tableRow.ts';

interface RenameRowsProps {
  readonly list: ListName;
  readonly rows: readonly TableRow[];
  /** The field that holds the name. */
  readonly field: string;
  readonly onClose: () => void;
}

const COLUMNS: readonly Column<Renamed>[] = [
  { key: 'before', title: 'Now', width: 'minmax(0, 1fr)', cell: ({ before }) => <Clip text={before} /> },
  {
    key: 'after',
    title: 'Then',
    width: 'minmax(0, 1fr)',
    cell: ({ after, lacks }) =>
      after === null ? <span className="quiet small">Keeps its name: {lacksText(lacks)}.</span> : <Clip text={after} />,
  },
];

const lacksText = (lacks: Renamed['lacks']): string =>
  lacks.length === 0 ? 'nothing would be left' : `${lacks.map((part) => `{${part}}`).join(' and ')} not known`;

const HINT = `${Object.keys(PARTS)
  .map((part) => `{${part}}`)
  .join(', ')}. {n} counts the rows; {nnn} with leading noughts.`;

const firstOf = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);

export function RenameRows({ list, rows, field, onClose }: RenameRowsProps) {
  const place = useContext(RecordContext);
  const files = useContext(FilesContext);
  const [pattern, setPattern] = useState('');
  const [first, setFirst] = useState('1');
  const record = place?.record;
  const known = useMemo(() => (record ? knownOf(record, list, files) : null), [record, list, files]);
  if (place === null || known === null) return null;
  const fields: readonly ModelField[] = LISTS[list].fields;
  const limit = fields.find(({ key }) => key === field)?.limit ?? 300;
  const read = parsePattern(pattern);
  const from = firstOf(first);
  const named =
    read.ok && from !== null ? rename(rows.map((row) => ({ id: row.id, name: row.name, known: known(row) })), read.value, from, limit) : []; // prettier-ignore
  const changes = named.filter(({ before, after }) => after !== null && after !== before);
  const same = sameNames(named);
  const { one, many } = LISTS[list];
  const counted = (count: number): string => countText(count, one.toLowerCase(), many.toLowerCase());
  const save = (): void => {
    place.acts.run(`${counted(changes.length)} renamed`, () => {
      for (const { id, after } of changes)
        if (after !== null) setField(place.root, itemField(list, id, field), after, authorNow(place.name));
    });
    onClose();
  };
  return (
    <Ask title={`Rename ${counted(rows.length)}`} open onClose={onClose}>
      <Field
        label="Pattern"
        value={pattern}
        onChange={setPattern}
        autoFocus
        placeholder="MG11 {surname} {date}"
        hint={HINT}
        wrong={pattern === '' || read.ok ? null : read.cause}
      />
      {/\{\s*n+\s*\}/iu.test(pattern) && (
        <Field
          label="First number"
          value={first}
          onChange={setFirst}
          wrong={from === null ? 'Type a whole number.' : null}
        />
      )}
      {named.length > 0 && (
        <>
          <Grid
            label="New names"
            columns={COLUMNS}
            rows={named}
            idOf={({ id }) => id}
            nameOf={({ before }) => before}
          />
          {same.length > 0 && (
            <p className="needs">
              {countText(same.length, 'name')} would stand more than once, such as “{same[0]}”. Add a number or a date
              to tell them apart.
            </p>
          )}
        </>
      )}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" onPress={save} disabled={changes.length === 0}>
          Rename {changes.length > 0 ? counted(changes.length) : ''}
        </Button>
      </footer>
    </Ask>
  );
}
