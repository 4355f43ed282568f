/**
 * Witness statements, with whose each is and whether it is essential and signed.
 */
import { useContext } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { itemField } from '../../../shared/model/list.ts';
import { valueOf } from '../../../shared/model/record.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import { signatureWord } from '../../../shared/status/work.ts';
import { Status } from '../../ui/Word.tsx';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { Signature, signaturesOf } from '../work/decisions/Signature.tsx';
import { EntityTable } from './EntityTable.tsx';
import type { TableRow } from './tableRow.ts';
import { fieldColumn, nameColumn } from './columns.tsx';
import type { SectionProps } from './sectionProps.ts';

/** People call a statement by its witness. */
function nameOf(record: CaseRecord, item: RecordItem, index: number): string {
  const witness = witnessOf(record, item);
  const number = valueOf(item.fields, 'number') || String(index + 1);
  return witness === '' ? `Statement ${number}` : `${witness}, ${number}`;
}

const witnessOf = (record: CaseRecord, item: RecordItem): string => {
  const of = valueOf(item.fields, 'witness');
  return [...record.lists.victims, ...record.lists.witnesses].find(({ id }) => id === of)?.name ?? '';
};

/** What was recorded of its signature, in a word. */
function SignedCell({ view, path }: { readonly view: CaseView; readonly path: string }) {
  const standing = signaturesOf(view, path).find(({ supersededBy }) => supersededBy === null);
  if (standing === undefined) return <span className="quiet">–</span>;
  return <Status word={signatureWord(standing, (view.work.changedSince[standing.id] ?? []).length > 0)} />;
}

export function Statements({ view, record, path }: SectionProps) {
  const place = useContext(RecordContext);
  const rows = record.lists.statements.map((item, index): TableRow => ({
    id: item.id,
    name: nameOf(record, item, index),
    item,
  }));
  return (
    <EntityTable
      list="statements"
      rows={rows}
      columns={[
        nameColumn('Of whom'),
        fieldColumn(record, 'statements', 'kind', '6rem'),
        fieldColumn(record, 'statements', 'taken', '7rem'),
        fieldColumn(record, 'statements', 'key', '5.5rem'),
        fieldColumn(record, 'statements', 'signed', '5rem'),
        {
          key: 'signature',
          title: 'Signature',
          width: 'minmax(0, 1fr)',
          cell: ({ id }) => <SignedCell view={view} path={`statements/${id}`} />,
        },
      ]}
      bulk={['kind', 'key', 'signed']}
      adds
      path={path}
      empty="No statement yet. Add one for each witness, and choose the file that holds it."
      below={({ id, item }) =>
        item !== null && (
          <Signature
            key={id}
            view={view}
            path={`statements/${id}`}
            item={valueOf(item.fields, 'file')}
            witness={witnessOf(record, item)}
            onSigned={() => {
              if (place?.mayWrite === true)
                setField(place.root, itemField('statements', id, 'signed'), 'yes', authorNow(place.name));
            }}
          />
        )
      }
    />
  );
}
