/**
 * The documents and exhibits in a place, with every word about each always in sight.
 */
import type { AreaView, CaseView, ItemRow } from '../../../shared/ipc/worker.ts';
import { countText, sizeText, timeText } from '../../ui/format.ts';
import { Grid } from '../../ui/Grid.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { FileActs } from './FileActs.tsx';
import { FileName, fileRowName } from './FileName.tsx';
import { Offline } from './Offline.tsx';
import { FileWords } from './FileWords.tsx';

const addedText = (item: ItemRow): string =>
  [
    `Added ${timeText(item.addedAt)} by ${item.addedBy}`,
    item.releasedTo.length > 0 ? `released to ${item.releasedTo.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');

const COLUMNS: readonly Column<ItemRow>[] = [
  {
    key: 'name',
    title: 'File',
    width: 'minmax(0, 1.2fr)',
    cell: (item) => <FileName file={item.file} more={addedText(item)} />,
  },
  { key: 'words', title: 'Where it is', width: 'minmax(0, 1.3fr)', cell: (item) => <FileWords file={item.file} /> },
  { key: 'acts', title: 'Acts', width: '9.5rem', look: 'acts', cell: (item) => <FileActs file={item.file} /> },
];

interface EvidenceProps {
  readonly view: CaseView;
  readonly items: readonly ItemRow[];
  readonly place: AreaView['kind'];
}

export function Evidence({ view, items, place }: EvidenceProps) {
  const total = items.reduce((sum, item) => sum + item.file.bytes, 0);
  return (
    <section aria-labelledby="evidence" className="part">
      <div className="row">
        <h2 id="evidence">Evidence</h2>
        {items.length > 0 && (
          <span className="quiet">
            {countText(items.length, 'file')}, {sizeText(total)}
          </span>
        )}
        {items.length > 0 && <Offline row={view.row} offline={view.offline} />}
      </div>
      {items.length === 0 ? (
        <p className="quiet">
          {place === 'working papers'
            ? 'No files yet. Use Add files, or drop files and folders anywhere on this screen.'
            : 'No file has been released into the Case file.'}
        </p>
      ) : (
        <Grid
          label="Evidence"
          columns={COLUMNS}
          rows={items}
          idOf={(item) => item.file.version}
          nameOf={(item) => fileRowName(item.file)}
        />
      )}
    </section>
  );
}
