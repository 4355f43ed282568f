/**
 * The officer's opposite of the Inbox: what was returned, what has a Problem, and what else waits for this person.
 */
import '../cases/cases.css';
import type { CaseRow } from '../../shared/ipc/worker.ts';
import { UrnText } from '../case/UrnText.tsx';
import { useScreens } from '../state/route.ts';
import { Clip } from '../ui/Clip.tsx';
import { timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Empty, Loading } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { useView } from '../worker/views.ts';
import { Queue } from './Queue.tsx';

const COLUMNS: readonly Column<CaseRow>[] = [
  {
    key: 'needs',
    title: 'What needs you',
    width: 'minmax(0, 2fr)',
    cell: (row) => <span className="needs">{row.needsMe}</span>,
  },
  {
    key: 'case',
    title: 'Case',
    width: 'minmax(0, 1.5fr)',
    cell: (row) => (
      <div className="title-cell">
        <strong>
          <Clip text={row.title} />
        </strong>
        <span className="small">
          <UrnText urn={row.urn} />
        </span>
      </div>
    ),
  },
  { key: 'word', title: 'Where it stands', width: 'minmax(0, 1.3fr)', cell: (row) => <Status word={row.word} /> },
  {
    key: 'changed',
    title: 'Changed',
    width: '6.5rem',
    look: 'number',
    cell: (row) => <span className="quiet">{timeText(row.changed)}</span>,
  },
];

export function NeedsMe() {
  const go = useScreens((screens) => screens.go);
  const cases = useView('cases');
  const queue = useView('queue');
  if (cases === undefined || queue === undefined)
    return (
      <div className="screen">
        <Loading what="what needs you" />
      </div>
    );
  const rows = cases.filter((row) => row.needsMe !== null).sort((a, b) => a.changed - b.changed);
  return (
    <div className="screen full">
      <header>
        <h1>Needs me</h1>
      </header>
      <Queue rows={queue} />
      {rows.length + queue.length === 0 && (
        <Empty title="Nothing needs you">
          <p>
            Packages that were returned, files with a Problem, and what colleagues gave to you appear here until you
            have dealt with them.
          </p>
        </Empty>
      )}
      {rows.length > 0 && (
        <Grid
          fill
          label="What needs me"
          columns={COLUMNS}
          rows={rows}
          idOf={(row) => row.case}
          nameOf={(row) => row.title}
          onOpen={(row) => go({ at: 'case', case: row.case, place: 'working papers' })}
        />
      )}
    </div>
  );
}
