/**
 * The officer's opposite of the Inbox: each package that was returned or has a Problem, and what else waits for this person,
 * with its case, oldest first. Opening a row leads to the place where it is mended.
 */
import '../cases/cases.css';
import type { NeedRow } from '../../shared/ipc/needs.ts';
import { CaseCell } from '../case/CaseCell.tsx';
import type { Route } from '../state/route.ts';
import { useScreens } from '../state/route.ts';
import { capital, timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { Empty, OpeningScreen } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';
import { AccessNeeds } from './AccessNeeds.tsx';
import { Queue } from './Queue.tsx';

const COLUMNS: readonly Column<NeedRow>[] = [
  {
    key: 'needs',
    title: 'What needs you',
    width: 'minmax(0, 2fr)',
    cell: (row) => <span className="needs">{capital(row.why)}</span>,
  },
  {
    key: 'package',
    title: 'Package',
    width: 'minmax(0, 1.3fr)',
    cell: ({ package: pkg }) =>
      pkg !== null && (
        <Lines first={capital(pkg.purpose)} below={[`${pkg.direction === 'sent' ? 'to' : 'from'} ${pkg.org}`]} />
      ),
  },
  {
    key: 'case',
    title: 'Case',
    width: 'minmax(0, 1.5fr)',
    cell: (row) => <CaseCell title={row.caseTitle} urn={row.urn} />,
  },
  {
    key: 'since',
    title: 'Since',
    width: '6.5rem',
    look: 'number',
    cell: (row) => <span className="quiet">{row.at === null ? '' : timeText(row.at)}</span>,
  },
];

const idOf = (row: NeedRow): string => row.package?.id ?? `case ${row.case} ${row.why}`;

function nameOf({ caseTitle, package: pkg, why }: NeedRow): string {
  const what = pkg === null ? why : `${pkg.purpose} ${pkg.direction === 'sent' ? 'to' : 'from'} ${pkg.org}`;
  return `${caseTitle}, ${what}`;
}

function placeOf({ case: of, package: pkg }: NeedRow): Route {
  if (pkg === null) return { at: 'case', case: of, place: 'working papers' };
  return pkg.direction === 'sent' ? { at: 'package', case: of, package: pkg.id } : { at: 'inbox', package: pkg.id };
}

export function NeedsMe() {
  const go = useScreens((screens) => screens.go);
  const rows = useView('needs');
  const queue = useView('queue');
  const access = useView('access');
  if (rows === undefined || queue === undefined || access === undefined)
    return <OpeningScreen title="Needs me" what="what needs you" />;
  return (
    <div className="screen full">
      <header>
        <h1>Needs me</h1>
        <span className="quiet">{rows.length > 0 && 'Oldest first'}</span>
      </header>
      <AccessNeeds needs={access.needs} />
      <Queue rows={queue} />
      {rows.length + queue.length + access.needs.length === 0 && (
        <Empty title="Nothing needs you">
          <p>
            Packages that were returned, files with a Problem, and what colleagues gave to you appear here until you
            have dealt with them. What was released to you waits in the Inbox.
          </p>
        </Empty>
      )}
      {rows.length > 0 && (
        <Grid
          fill
          label="What needs me"
          columns={COLUMNS}
          rows={rows}
          idOf={idOf}
          nameOf={nameOf}
          onOpen={(row) => go(placeOf(row))}
        />
      )}
    </div>
  );
}
