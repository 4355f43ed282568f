/**
 * All cases that this computer holds, each with its one word.
 */
import './cases.css';
import { useMemo, useState } from 'react';
import type { CaseRow } from '../../shared/ipc/worker.ts';
import { UrnText } from '../case/UrnText.tsx';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Clip } from '../ui/Clip.tsx';
import { countText, timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { Empty, OpeningScreen } from '../ui/State.tsx';
import { Status } from '../ui/Word.tsx';
import { useView } from '../worker/views.ts';
import { HandOverCases } from './HandOverCases.tsx';
import { Disposed } from './Disposed.tsx';
import { ImportCase } from './ImportCase.tsx';
import { LackingKeys } from './LackingKeys.tsx';
import { findCases } from './find.ts';

const COLUMNS: readonly Column<CaseRow>[] = [
  {
    key: 'title',
    title: 'Case',
    width: 'minmax(0, 2.4fr)',
    cell: (row) => (
      <Lines
        strong
        first={
          <span className="two-lines" title={row.title}>
            {row.title}
          </span>
        }
        below={[row.needsMe === null ? row.suspects.join(', ') || 'No suspect named yet' : null]}
      >
        {row.needsMe !== null && <Clip className="needs small" text={row.needsMe} />}
      </Lines>
    ),
  },
  { key: 'urn', title: 'URN', width: '9rem', cell: (row) => <UrnText urn={row.urn} /> },
  {
    key: 'officer',
    title: 'Officer in the case',
    width: 'minmax(0, 1fr)',
    cell: (row) => <Lines first={row.officer} below={[row.kind]} />,
  },
  { key: 'word', title: 'Where it stands', width: 'minmax(0, 1.9fr)', cell: (row) => <Status word={row.word} /> },
  {
    key: 'changed',
    title: 'Changed',
    width: '6.5rem',
    look: 'number',
    cell: (row) => <span className="quiet">{timeText(row.changed)}</span>,
  },
];

type Shown = 'open' | 'closed' | 'disposed of';
const SHOWN = [
  { value: 'open', text: 'Open cases' },
  { value: 'closed', text: 'Closed cases' },
  { value: 'disposed of', text: 'Disposed of' },
] as const;

export function Cases() {
  const { search, find, go } = useScreens();
  const [shown, setShown] = useState<Shown>('open');
  const all = useView('cases');
  const cases = useMemo(() => all?.filter(({ closed }) => closed === (shown === 'closed')), [all, shown]);
  const found = useMemo(() => (cases === undefined ? [] : findCases(cases, search)), [cases, search]);
  if (cases === undefined) return <OpeningScreen title="Cases" what="your cases" />;
  const newCase = (): void => go({ at: 'new case' });
  return (
    <div className="screen full">
      <header>
        <h1>Cases</h1>
        <span className="quiet" role="status">
          {shown === 'disposed of'
            ? ''
            : search === ''
              ? countText(cases.length, 'case')
              : `${found.length} of ${countText(cases.length, 'case')}`}
        </span>
        <span className="push row">
          <Choice label="Show" options={SHOWN} value={shown} onChange={setShown} />
          <InEmergency />
          <HandOverCases />
          <ImportCase />
          <Button kind="main" onPress={newCase}>
            <PlusIcon />
            New case
          </Button>
        </span>
      </header>
      <LackingKeys />
      {shown === 'disposed of' ? (
        <Disposed />
      ) : found.length > 0 ? (
        <Grid
          fill
          label="Cases"
          columns={COLUMNS}
          rows={found}
          idOf={(row) => row.case}
          nameOf={(row) => row.title}
          onOpen={(row) => go({ at: 'case', case: row.case, place: 'working papers' })}
        />
      ) : cases.length === 0 && shown === 'closed' ? (
        <Empty title="No closed case on this computer">
          <p>A case that is closed leaves the list of open cases and is found here. It can be read, and reopened.</p>
        </Empty>
      ) : cases.length === 0 ? (
        <Empty title="No cases on this computer yet">
          <p>
            Make one with New case; it needs no network. A case that a colleague shares with your post appears here by
            itself.
          </p>
        </Empty>
      ) : (
        <Empty title={`No case has “${search}” in its title, URN, officer or suspects`}>
          <p>Only cases that this computer holds are searched.</p>
          <div className="row">
            <Button onPress={() => find('')}>Show all cases</Button>
            <InEmergency />
          </div>
        </Empty>
      )}
    </div>
  );
}

/** For whose posts may: a case that is not on this computer is opened in an emergency under Access. */
function InEmergency() {
  const go = useScreens((screens) => screens.go);
  const may = useView('emergencies')?.may === true;
  if (!may) return null;
  return (
    <Button onPress={() => go({ at: 'access', part: 'emergency', id: null })}>I need access in an emergency</Button>
  );
}
