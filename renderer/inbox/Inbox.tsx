/**
 * What came, or is expected, across all my posts and cases: oldest first. The list on one side, the chosen package beside.
 */
import '../case/case.css';
import './inbox.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PackageRow } from '../../shared/ipc/worker.ts';
import type { PackageId } from '../../shared/primitives/ids.ts';
import { PackageDetails } from '../case/packages/PackageDetails.tsx';
import { PackageWords } from '../case/packages/PackageWords.tsx';
import { useScreens } from '../state/route.ts';
import { chosenOf } from './chosen.ts';
import { ImportStick } from '../stick/ImportStick.tsx';
import { countText, timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { Empty, OpeningScreen } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';

const COLUMNS: readonly Column<PackageRow>[] = [
  {
    key: 'package',
    title: 'Package',
    width: 'minmax(0, 1fr)',
    cell: (pkg) => (
      <Lines strong first={pkg.caseTitle} below={[`${pkg.purpose} · ${pkg.by}, ${pkg.org}`]}>
        <PackageWords pkg={pkg} />
      </Lines>
    ),
  },
  {
    key: 'when',
    title: 'Urgency',
    width: '5.5rem',
    look: 'number',
    cell: (pkg) => (
      <div className="title-cell small">
        <span className={pkg.urgency === 'routine' ? 'quiet' : 'needs'}>{pkg.urgency}</span>
        <span className="quiet">{timeText(pkg.at)}</span>
      </div>
    ),
  },
];

export function Inbox({ open }: { readonly open: PackageId | null }) {
  const go = useScreens((screens) => screens.go);
  const inbox = useView('inbox');
  const cases = useView('cases');
  const oldestFirst = useMemo(() => [...(inbox ?? [])].sort((a, b) => a.at - b.at), [inbox]);
  const chosen = useChosen(oldestFirst, open);
  const details = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open !== null) details.current?.focus();
  }, [open]);
  if (inbox === undefined) return <OpeningScreen title="Inbox" what="the Inbox" />;
  const held = (cases ?? []).some((row) => row.case === chosen?.case);
  return (
    <div className="screen full">
      <header>
        <h1>Inbox</h1>
        <span className="quiet">{inbox.length > 0 && `${countText(inbox.length, 'package')}, oldest first`}</span>
        <span className="push row">
          <ImportStick />
        </span>
      </header>
      {inbox.length === 0 ? (
        <Empty title="Nothing has been released to your posts">
          <p>
            A package appears here as soon as a partner releases one, while it is still on its way. You can open each
            file when it is whole; opening early cancels nothing.
          </p>
        </Empty>
      ) : (
        <div className="inbox">
          <Grid
            fill
            label="Inbox"
            columns={COLUMNS}
            rows={oldestFirst}
            idOf={(pkg) => pkg.package}
            nameOf={(pkg) => `${pkg.caseTitle}, ${pkg.purpose}, from ${pkg.org}`}
            chosen={chosen?.package ?? null}
            onOpen={(pkg) => go({ at: 'inbox', package: pkg.package })}
            onPick={(pkg) => go({ at: 'inbox', package: pkg.package })}
          />
          <div className="inbox-details" ref={details} tabIndex={-1}>
            {chosen === undefined ? (
              <Empty title="This package is not in your Inbox">
                <p>Choose one from the list.</p>
              </Empty>
            ) : (
              <PackageDetails key={chosen.package} pkg={chosen} view={undefined} held={held} />
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function useChosen(rows: readonly PackageRow[], open: PackageId | null): PackageRow | undefined {
  const [first, setFirst] = useState<PackageId | null>(null);
  const chosen = chosenOf(rows, open, first);
  if (chosen.first !== first) setFirst(chosen.first);
  return chosen.shown;
}
