/**
 * The record by which a case is begun: its first fields, and who and what it is about. The rest has screens of its own.
 */
import type { AreaView } from '../../../shared/ipc/worker.ts';
import { BASIC_CASE, BASIC_LIST_NAMES } from '../../../shared/model/formats/basic.ts';
import { EntityList } from './EntityList.tsx';
import { RecordPlace } from './RecordPlace.tsx';
import { RegisterField } from './RegisterField.tsx';

export const RecordFields = ({ area }: { readonly area: AreaView }) => (
  <RecordPlace area={area} title="Case record">
    {(record) => (
      <>
        <div className="record-fields">
          {[...record.fields.values()]
            .filter((value) => BASIC_CASE.includes(value.field.key))
            .map((value) => (
              <RegisterField key={value.path} value={value} />
            ))}
        </div>
        {BASIC_LIST_NAMES.map((list) => (
          <EntityList key={list} list={list} items={record.lists[list]} />
        ))}
      </>
    )}
  </RecordPlace>
);
