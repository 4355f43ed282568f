/**
 * What was sent and received, across all cases and for good: when each file was released, delivered and opened, or how it
 * ended. Filtered as one types; what is shown can be taken out as CSV.
 */
import './transfers.css';
import { useMemo, useState } from 'react';
import type { PastExported } from '../../shared/ipc/worker.ts';
import type { End, PastFilter, PastTransfer } from '../../shared/model/transfers/past.ts';
import { ENDS, filterPast } from '../../shared/model/transfers/past.ts';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { capital, countText, sizeText, timeText } from '../ui/format.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';
import { Empty, Loading, Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';
import { useView } from '../worker/views.ts';

const two = (upper: string, lower: string) => <Lines first={upper} below={[lower]} />;
const when = (at: number | null): string => (at === null ? '' : timeText(at));

const COLUMNS: readonly Column<PastTransfer>[] = [
  { key: 'name', title: 'File', width: 'minmax(0, 1.4fr)', cell: (row) => two(row.name, sizeText(row.bytes)) },
  {
    key: 'way',
    title: 'Way',
    width: 'minmax(0, 1.2fr)',
    cell: (row) => two(row.direction === 'sent' ? `To ${row.org}` : `From ${row.org}`, row.caseTitle),
  },
  {
    key: 'end',
    title: 'State',
    width: '8.5rem',
    cell: (row) => (row.byStick ? two(capital(row.end), 'by stick') : capital(row.end)),
  },
  { key: 'released', title: 'Released', width: '9rem', cell: (row) => two(when(row.released), row.by) },
  { key: 'delivered', title: 'Delivered', width: '8rem', cell: (row) => when(row.delivered) },
  { key: 'opened', title: 'Opened', width: '8rem', cell: (row) => when(row.opened) },
];

const WAYS = [
  { value: 'any', text: 'Sent and received' },
  { value: 'sent', text: 'Sent' },
  { value: 'received', text: 'Received' },
] as const;
const STATES = [
  { value: 'any', text: 'Any state' },
  ...ENDS.map((end) => ({ value: end, text: capital(end) })),
] as const;

export function History() {
  const go = useScreens((screens) => screens.go);
  const past = useView('past transfers');
  const [words, setWords] = useState('');
  const [way, setWay] = useState<'any' | PastTransfer['direction']>('any');
  const [end, setEnd] = useState<'any' | End>('any');
  const filter = useMemo(
    (): PastFilter => ({ words, direction: way === 'any' ? null : way, end: end === 'any' ? null : end }),
    [words, way, end],
  );
  const rows = useMemo(() => filterPast(past ?? [], filter), [past, filter]);
  return (
    <div className="screen full">
      <header>
        <h1>Transfer history</h1>
        <span className="quiet">
          {past !== undefined && past.length > 0 && `${rows.length} of ${countText(past.length, 'file')}`}
        </span>
        <span className="push row">
          <SaveCsv filter={filter} disabled={rows.length === 0} />
          <Button onPress={() => go({ at: 'transfers' })}>What moves now</Button>
        </span>
      </header>
      <div className="past-filter row">
        <Field label="Find" value={words} onChange={setWords} placeholder="File, case, URN, organisation or name" />
        <Choice label="Way" options={WAYS} value={way} onChange={setWay} />
        <Choice label="State" options={STATES} value={end} onChange={setEnd} />
      </div>
      <Rows past={past} rows={rows} />
    </div>
  );
}

function Rows({
  past,
  rows,
}: {
  readonly past: readonly PastTransfer[] | undefined;
  readonly rows: readonly PastTransfer[];
}) {
  const go = useScreens((screens) => screens.go);
  if (past === undefined) return <Loading what="the history" />;
  if (past.length === 0)
    return (
      <Empty title="Nothing has been sent or received">
        <p>Every file that is released stands here from then on, with when it was delivered and opened.</p>
      </Empty>
    );
  if (rows.length === 0)
    return (
      <Empty title="No file is like that">
        <p>Take away a word, or choose another way or state.</p>
      </Empty>
    );
  return (
    <Grid
      fill
      label="Transfer history"
      columns={COLUMNS}
      rows={rows}
      idOf={(row) => `${row.package} ${row.version}`}
      nameOf={(row) => row.name}
      onOpen={(row) =>
        go(
          row.direction === 'received'
            ? { at: 'inbox', package: row.package }
            : { at: 'package', case: row.case, package: row.package },
        )
      }
    />
  );
}

function SaveCsv({ filter, disabled }: { readonly filter: PastFilter; readonly disabled: boolean }) {
  const [saved, setSaved] = useState<PastExported | null>(null);
  const act = useAct();
  const save = (): void => {
    setSaved(null);
    void act.run(async () => {
      const token = await desktop().chooseSave('transfers.csv');
      if (token === null) return undefined;
      const outcome = await worker().exportPast(filter, token);
      if (outcome.ok) setSaved(outcome.value);
      return outcome;
    });
  };
  return (
    <>
      {saved && <span role="status">{savedText(saved)}</span>}
      {act.wrong !== null && <Trouble sentence="The history was not saved." next={act.wrong} />}
      <Button onPress={save} busy={act.busy} disabled={disabled}>
        Export as CSV…
      </Button>
    </>
  );
}

const savedText = ({ rows, left }: PastExported): string =>
  left === 0
    ? `${countText(rows, 'row')} saved.`
    : `${countText(rows, 'row')} saved; ${left} left out, of cases that you may not export.`;
