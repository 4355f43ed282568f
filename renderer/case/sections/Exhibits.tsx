/**
 * Exhibits by their references: who produces each, and where it is.
 */
import { EntityTable } from './EntityTable.tsx';
import { fieldColumn, nameColumn, rowsOf } from './columns.tsx';
import type { SectionProps } from './sectionProps.ts';

export const Exhibits = ({ record, path }: SectionProps) => (
  <EntityTable
    list="exhibits"
    rows={rowsOf('exhibits', record.lists.exhibits)}
    columns={[
      nameColumn('Reference', 'minmax(0, 0.5fr)'),
      fieldColumn(record, 'exhibits', 'description', 'minmax(0, 1.4fr)'),
      fieldColumn(record, 'exhibits', 'media', 'minmax(0, 0.6fr)', 'Kind'),
      fieldColumn(record, 'exhibits', 'producer', 'minmax(0, 0.8fr)'),
      fieldColumn(record, 'exhibits', 'key', 'minmax(0, 0.4fr)'),
    ]}
    bulk={['media', 'key', 'viewable']}
    renames="reference"
    adds
    path={path}
    empty="No exhibit yet. Add one for each thing that a witness produces."
  />
);
