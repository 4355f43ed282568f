/**
 * Everything that moves, across all cases: how far, how fast, why not; pause and resume, each and all; what
 * goes first, and what transfers may take.
 */
import '../case/case.css';
import { useState } from 'react';
import type { LimitsView } from '../../shared/ipc/limits.ts';
import type { TransferRow } from '../../shared/ipc/worker.ts';
import { leftText, together } from '../../shared/status/progress.ts';
import { FileActs } from '../case/files/FileActs.tsx';
import { FileName, nameId } from '../case/files/FileName.tsx';
import { FileWords } from '../case/files/FileWords.tsx';
import { useScreens } from '../state/route.ts';
import { ExportStick } from '../stick/ExportStick.tsx';
import { ImportStick } from '../stick/ImportStick.tsx';
import { Button } from '../ui/Button.tsx';
import { countText, rateText, sizeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { Empty, OpeningScreen } from '../ui/State.tsx';
import { ask } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';
import { LimitsDialog } from './LimitsDialog.tsx';
import { limitText } from './limitText.ts';

const COLUMNS: readonly Column<TransferRow>[] = [
  { key: 'name', title: 'File', width: 'minmax(0, 1.4fr)', cell: (row) => <FileName file={row.file} /> },
  {
    key: 'way',
    title: 'Way',
    width: 'minmax(0, 1.2fr)',
    cell: (row) => (
      <Lines first={row.direction === 'up' ? `To ${row.org}` : `From ${row.org}`} below={[row.caseTitle]} />
    ),
  },
  { key: 'words', title: 'Where it is', width: 'minmax(0, 1.6fr)', cell: (row) => <FileWords file={row.file} /> },
  { key: 'acts', title: 'Acts', width: '16rem', look: 'acts', cell: (row) => <Acts row={row} /> },
];

function Acts({ row: { file, first, byStick } }: { readonly row: TransferRow }) {
  return (
    <>
      {!file.paused && !byStick && (
        <Button small about={nameId(file)} disabled={first} onPress={() => ask((to) => to.moveFirst(file.version))}>
          {first ? 'Goes first' : 'Move first'}
        </Button>
      )}
      <FileActs file={file} />
    </>
  );
}

export function Transfers() {
  const go = useScreens((screens) => screens.go);
  const transfers = useView('transfers');
  const link = useView('link');
  const pausedAll = link?.pausedAll ?? false;
  const limits = useView('limits');
  const [asking, setAsking] = useState(false);
  const [exporting, setExporting] = useState(false);
  if (transfers === undefined) return <OpeningScreen title="Transfers" what="transfers" />;
  const open = (row: TransferRow): void =>
    go(row.direction === 'down' ? { at: 'inbox', package: row.package } : { at: 'transfers' });
  return (
    <div className="screen full">
      <header>
        <h1>Transfers</h1>
        <span className="quiet">{transfers.length > 0 && totals(transfers, link?.rate ?? 0)}</span>
        <span className="push row">
          {limits && limitText(limits.limits) !== '' && <span className="quiet">{limitText(limits.limits)}</span>}
          <ImportStick />
          <Button onPress={() => setExporting(true)}>Export to stick…</Button>
          <Button onPress={() => go({ at: 'transfers', past: true })}>History</Button>
          {limits && <Button onPress={() => setAsking(true)}>Limits…</Button>}
          {pausedAll && <strong className="needs">All transfers are paused.</strong>}
          {pausedAll ? (
            <Button kind="main" onPress={() => ask((to) => to.resume('all'))}>
              Resume all
            </Button>
          ) : (
            <Button onPress={() => ask((to) => to.pause('all'))}>Pause all</Button>
          )}
        </span>
      </header>
      {limits && (limits.held || limits.once) && <OnThisLink {...limits} />}
      {exporting && <ExportStick onClose={() => setExporting(false)} />}
      {asking && limits && <LimitsDialog now={limits.limits} onClose={() => setAsking(false)} />}
      {transfers.length === 0 ? (
        <Empty title="Nothing is moving">
          <p>Files that are sent or received appear here while they are on their way, whatever case they belong to.</p>
        </Empty>
      ) : (
        <Grid
          fill
          label="Transfers"
          columns={COLUMNS}
          rows={transfers}
          idOf={(row) => `${row.direction} ${row.package} ${row.file.version}`}
          nameOf={(row) => row.file.name}
          onOpen={open}
        />
      )}
    </div>
  );
}

/** What goes by stick is no part of what is left for the link. */
function totals(all: readonly TransferRow[], rate: number): string {
  const rows = all.filter(({ byStick }) => !byStick);
  const carried = all.length - rows.length;
  const sticks = carried === 0 ? [] : [`${countText(carried, 'file')} on a stick`];
  return [...(rows.length === 0 ? [] : [linkTotals(rows, rate)]), ...sticks].join('; ');
}

function linkTotals(rows: readonly TransferRow[], measured: number): string {
  const parts = rows.map(
    ({ file: { progress, bytes } }) => progress ?? { done: 0, total: bytes, rate: 0, stands: true },
  );
  const all = together(parts, rows.length > 1 ? measured : null);
  if (all === null) return countText(rows.length, 'file');
  const { done, total, rate, left } = all;
  const now = `${rate > 0 ? ` at ${rateText(rate)}` : ''}${left === null ? '' : `, ${leftText(left)}`}`;
  return `${countText(rows.length, 'file')}, ${sizeText(total - done)} to go${now}`;
}

/** Why no file moves on this link, or that it does this once; and how to change that. */
function OnThisLink({ link, held }: LimitsView) {
  return (
    <div className="row">
      <strong className="needs" role="status">
        {held
          ? `Files wait: this link is ${link}. They go on by themselves on another.`
          : `Files go on over this ${link} link until it changes.`}
      </strong>
      <Button small onPress={() => ask((to) => to.goOnOnce(held))}>
        {held ? 'Go on this once' : 'Wait again'}
      </Button>
    </div>
  );
}
