/**
 * All other material, and the schedules that are made of it. Sensitive material is a list of its own: it is never copied
 * into the Case file with a release, and never in anything that is made for the defence.
 */
import { useState } from 'react';
import { valueOf } from '../../../shared/model/record.ts';
import type { RecordItem } from '../../../shared/model/record.ts';
import { Radios } from '../../ui/Check.tsx';
import { EntityTable } from './EntityTable.tsx';
import { fieldColumn, nameColumn, rowsOf } from './columns.tsx';
import { Schedules } from './Schedules.tsx';
import type { SectionProps } from './sectionProps.ts';

const SHOWN = [
  { value: 'non-sensitive', text: 'Non-sensitive' },
  { value: 'sensitive', text: 'Sensitive' },
] as const;
type Shown = (typeof SHOWN)[number]['value'];

const isSensitive = (item: RecordItem): boolean => valueOf(item.fields, 'sensitivity') === 'sensitive';

export function Material({ record, path }: SectionProps) {
  const wanted = record.lists.material.find(({ id }) => path?.startsWith(`material/${id}`) === true);
  const [shown, setShown] = useState<Shown>(wanted && isSensitive(wanted) ? 'sensitive' : 'non-sensitive');
  const items = record.lists.material.filter((item) => isSensitive(item) === (shown === 'sensitive'));
  return (
    <div className="stack">
      <Radios label="Material" options={SHOWN} value={shown} onChange={setShown} />
      {shown === 'sensitive' && (
        <p className="needs">
          Sensitive material never goes into the Case file with a release, and is in no schedule for the defence.
        </p>
      )}
      <EntityTable
        key={shown}
        list="material"
        rows={rowsOf('material', items)}
        columns={[
          nameColumn('Reference', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'description', 'minmax(0, 1.4fr)'),
          fieldColumn(record, 'material', 'use', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'meetsTest', 'minmax(0, 0.4fr)', 'Meets test'),
          fieldColumn(record, 'material', 'disclosed', 'minmax(0, 0.4fr)'),
        ]}
        bulk={['use', 'relevant', 'sensitivity', 'presumption', 'meetsTest', 'disclosed']}
        renames="reference"
        adds
        path={path}
        empty={
          shown === 'sensitive'
            ? 'No sensitive material.'
            : 'No other material yet. Add what was gathered and is not evidence: it makes the schedules.'
        }
      />
      <Schedules items={items} sensitive={shown === 'sensitive'} />
    </div>
  );
}
