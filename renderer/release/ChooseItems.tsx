/**
 * Which files go along. Those never released are chosen to begin with, of each item the newest version alone.
 */
import type { ItemRow } from '../../shared/ipc/worker.ts';
import type { VersionId } from '../../shared/primitives/ids.ts';
import { fileRowName } from '../case/files/FileName.tsx';
import { Check } from '../ui/Check.tsx';
import { sizeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';

interface ChooseItemsProps {
  /** What the files are chosen for. */
  readonly label?: string;
  readonly items: readonly ItemRow[];
  readonly chosen: ReadonlySet<VersionId>;
  readonly onChange: (chosen: ReadonlySet<VersionId>) => void;
}

export function ChooseItems({ label = 'Files to release', items, chosen, onChange }: ChooseItemsProps) {
  const toggle = (version: VersionId, is: boolean): void => {
    const after = new Set(chosen);
    if (is) after.add(version);
    else after.delete(version);
    onChange(after);
  };
  const columns: readonly Column<ItemRow>[] = [
    {
      key: 'check',
      title: 'Chosen',
      width: '3.5rem',
      cell: ({ file }) => (
        <Check
          name={fileRowName(file)}
          selected={chosen.has(file.version)}
          onChange={(is) => toggle(file.version, is)}
        />
      ),
    },
    {
      key: 'name',
      title: 'File',
      width: 'minmax(0, 1fr)',
      cell: (item) => (
        <Lines
          first={fileRowName(item.file)}
          below={[
            item.file.isNewest ? null : 'A newer version is here',
            item.releasedTo.length > 0 ? `Released to ${item.releasedTo.join(', ')}` : null,
          ]}
        />
      ),
    },
    { key: 'size', title: 'Size', width: '4.5rem', look: 'number', cell: ({ file }) => sizeText(file.bytes) },
  ];
  const all = items.length > 0 && chosen.size === items.length;
  return (
    <section className="part choose" aria-label={label}>
      <div className="row">
        <h3>Files</h3>
        <span className="quiet">
          {chosen.size} of {items.length} chosen
        </span>
        <span className="push">
          <Check
            selected={all}
            some={!all && chosen.size > 0}
            onChange={(is) => onChange(new Set(is ? items.map((item) => item.file.version) : []))}
          >
            All
          </Check>
        </span>
      </div>
      <Grid
        label={label}
        columns={columns}
        rows={items}
        idOf={(item) => item.file.version}
        nameOf={(item) => fileRowName(item.file)}
        onOpen={({ file }) => toggle(file.version, !chosen.has(file.version))}
      />
    </section>
  );
}
