/**
 * What colleagues and the other side gave to this person, over all cases: reviews that wait, what was sent back, cases
 * handed over, packages allocated or still to allocate, sharing agreements to answer. Each opens at the place where it is dealt with. Reviews that another supervisor was asked for stand last, and are not counted.
 */
import { useState } from 'react';
import type { QueueRow } from '../../shared/ipc/work.ts';
import { Allocate } from '../case/packages/Allocate.tsx';
import { CaseCell } from '../case/CaseCell.tsx';
import type { Route } from '../state/route.ts';
import { useScreens } from '../state/route.ts';
import type { Section } from '../state/sections.ts';
import { Button } from '../ui/Button.tsx';
import { timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { Status } from '../ui/Word.tsx';
import { useView } from '../worker/views.ts';

const WHAT: Readonly<Record<QueueRow['is'], string>> = {
  review: 'Review this case',
  'sent back': 'Sent back to you',
  'handed over': 'This case is now yours',
  unallocated: 'Allocate this package',
  allocated: 'Allocated to you',
  'agreement offered': 'Answer the sharing agreement',
  'agreement declined': 'Your sharing agreement was declined',
};
const ACT: Readonly<Record<QueueRow['is'], string>> = {
  review: 'Open review',
  'sent back': 'Open comments',
  'handed over': 'Open case',
  unallocated: 'Allocate…',
  allocated: 'Open package',
  'agreement offered': 'Open agreement',
  'agreement declined': 'Open agreement',
};
const SECTION: Readonly<Record<QueueRow['is'], Section>> = {
  review: 'review',
  'sent back': 'review',
  'handed over': 'overview',
  unallocated: 'overview',
  allocated: 'overview',
  'agreement offered': 'agreement',
  'agreement declined': 'agreement',
};

const placeOf = (row: QueueRow): Route =>
  row.package === null
    ? { at: 'case', case: row.case, place: 'working papers', section: SECTION[row.is] }
    : { at: 'inbox', package: row.package };

const columns = (act: (row: QueueRow) => void): readonly Column<QueueRow>[] => [
  {
    key: 'what',
    title: 'What waits',
    width: 'minmax(0, 1.6fr)',
    cell: (row) => (
      <Lines
        first={
          <span className={row.mine ? 'needs' : 'quiet'}>{row.mine ? WHAT[row.is] : 'For another supervisor'}</span>
        }
        below={[row.note]}
      />
    ),
  },
  {
    key: 'case',
    title: 'Case',
    width: 'minmax(0, 1.5fr)',
    cell: (row) => <CaseCell title={row.title} urn={row.urn} />,
  },
  {
    key: 'word',
    title: 'Where it stands',
    width: 'minmax(0, 1.4fr)',
    cell: (row) => (
      <Lines first={<Status word={row.word} />} below={[row.is === 'review' ? `Asked by ${row.by}` : null]} />
    ),
  },
  {
    key: 'since',
    title: 'Since',
    width: '6.5rem',
    look: 'number',
    cell: (row) => <span className="quiet">{timeText(row.at)}</span>,
  },
  {
    key: 'acts',
    title: 'Acts',
    width: '9rem',
    look: 'acts',
    cell: (row) => (
      <Button small onPress={() => act(row)}>
        {ACT[row.is]}
      </Button>
    ),
  },
];

export function Queue({ rows }: { readonly rows: readonly QueueRow[] }) {
  const go = useScreens((screens) => screens.go);
  const open = (row: QueueRow): void => go(placeOf(row));
  const [allocating, setAllocating] = useState<string | null>(null);
  const pkg = useView('inbox')?.find((one) => one.package === allocating);
  if (rows.length === 0) return null;
  return (
    <section className="part" aria-labelledby="queue">
      <h2 id="queue">Given to you</h2>
      <Grid
        label="Given to you"
        columns={columns((row) => (row.is === 'unallocated' ? setAllocating(row.id) : open(row)))}
        rows={rows}
        idOf={(row) => row.id}
        nameOf={(row) => `${row.title}, ${row.word.text}`}
        onOpen={open}
      />
      {pkg !== undefined && <Allocate pkg={pkg} onClose={() => setAllocating(null)} />}
    </section>
  );
}
