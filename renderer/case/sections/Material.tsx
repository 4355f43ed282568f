/**
 * All other material, and the schedule that is made of it. Sensitive material has a place of its own (sensitive/); what is
 * marked sensitive and still here goes with no release, and is said to be moved there.
 */
import { isSaidHarmless, isSaidSensitive } from '../../../shared/model/disclosure/sensitive.ts';
import { countText } from '../../ui/format.ts';
import { MoveMaterial } from '../sensitive/MoveMaterial.tsx';
import { EntityTable } from './EntityTable.tsx';
import { fieldColumn, nameColumn, rowsOf } from './columns.tsx';
import { Schedules } from './Schedules.tsx';
import type { SectionProps } from './sectionProps.ts';

export function Material({ view, record, path }: SectionProps) {
  const items = record.lists.material;
  const sensitive = items.filter(isSaidSensitive);
  const unsaid = items.filter((item) => !isSaidSensitive(item) && !isSaidHarmless(item)).length;
  return (
    <div className="stack">
      {sensitive.length > 0 && <MoveMaterial view={view} items={sensitive} to="sensitive" />}
      {unsaid > 0 && (
        <p className="quiet small">
          {countText(unsaid, 'item does', 'items do')} not say whether it is sensitive: no release takes it along.
        </p>
      )}
      <EntityTable
        list="material"
        rows={rowsOf('material', items)}
        columns={[
          nameColumn('Reference', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'description', 'minmax(0, 1.4fr)'),
          fieldColumn(record, 'material', 'sensitivity', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'use', 'minmax(0, 0.5fr)'),
          fieldColumn(record, 'material', 'meetsTest', 'minmax(0, 0.4fr)', 'Meets test'),
          fieldColumn(record, 'material', 'disclosed', 'minmax(0, 0.4fr)'),
        ]}
        bulk={['use', 'relevant', 'sensitivity', 'presumption', 'meetsTest', 'disclosed']}
        renames="reference"
        adds
        path={path}
        empty="No unused material yet. Add what was gathered and is not evidence: it makes the schedule. What is sensitive has a place of its own."
      />
      <Schedules items={items.filter((item) => !isSaidSensitive(item))} sensitive={false} />
    </div>
  );
}
