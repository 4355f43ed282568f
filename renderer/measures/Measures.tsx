/**
 * Shared measures: how both organisations build files together, counted from the facts that this computer has. The same
 * facts give the same numbers on either side. Shows and exports; it changes nothing.
 */
import '../case/case.css';
import './measures.css';
import { useState } from 'react';
import type { ReasonRow } from '../../shared/ipc/work.ts';
import type { SaveCause } from '../../shared/ipc/preload.ts';
import { measuresCsv } from '../../shared/model/work/measures/csv.ts';
import type { AllMeasures, Measures as Counted } from '../../shared/model/work/measures/measures.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Empty, OpeningScreen, Trouble } from '../ui/State.tsx';
import { today } from '../ui/today.ts';
import { desktop } from '../worker/desktop.ts';
import { useView } from '../worker/views.ts';
import { Charts } from './Charts.tsx';
import { Table } from './Table.tsx';
import { monthText, shareOf, shareText, spanText } from './texts.ts';

const EVERY = 'every unit';
const unitText = (unit: string): string => (unit === '' ? 'Unit not known' : unit);

export function Measures() {
  const found = useView('measures');
  const reasons = useView('reasons');
  if (found === undefined || reasons === undefined) return <OpeningScreen title="Measures" what="the measures" />;
  return <Counts found={found} reasons={reasons} />;
}

interface CountsProps {
  readonly found: AllMeasures;
  readonly reasons: readonly ReasonRow[];
}

function Counts({ found, reasons }: CountsProps) {
  const [unit, setUnit] = useState(EVERY);
  const reasonText = (code: string): string =>
    reasons.find((reason) => reason.code === code)?.text ?? (code === 'other' ? 'No recorded reason' : code);
  const every = unit === EVERY;
  const all = every ? found.all : (found.units.find((one) => one.unit === unit) ?? found.all);
  const rows = every ? found.rows : found.rows.filter((row) => row.unit === unit);
  const months = every ? found.months : rows;
  const empty = found.rows.length === 0;
  return (
    <div className="screen">
      <header>
        <h1>Measures</h1>
        {!empty && <SaveCsv csv={() => measuresCsv(rows, reasonText)} />}
        <p className="quiet wide">
          Counted from the facts of the cases on this computer: what was released, delivered, opened, accepted, returned
          and asked for. The other organisation counts the same from the same facts.
        </p>
      </header>
      {empty ? (
        <Empty title="Nothing to count yet">
          <p>The first package that is released, or the first action that is raised, is counted here.</p>
        </Empty>
      ) : (
        <>
          <div className="measures-unit">
            <Choice
              label="Unit that sent"
              value={unit}
              onChange={setUnit}
              options={[
                { value: EVERY, text: 'Every unit' },
                ...found.units.map((one) => ({ value: one.unit, text: unitText(one.unit) })),
              ]}
            />
          </div>
          <Totals all={all} />
          <Charts all={all} months={months} reasonText={reasonText} />
          <div className="part">
            <h2>By month and unit</h2>
            <Table
              label="By month and unit"
              heads={HEADS}
              rows={rows.map((row) => [`${monthText(row.month)}, ${unitText(row.unit)}`, ...cells(row)])}
            />
          </div>
        </>
      )}
    </div>
  );
}

const HEADS = [
  'Month and unit',
  'Released',
  'Answered first',
  'Accepted first time',
  'Returned',
  'To delivered',
  'To opened',
  'Actions raised',
  'Actions answered',
  'Actions closed',
  'To answer',
];

const cells = (row: Counted): readonly string[] => [
  ...[row.released, row.decidedFirst, row.acceptedFirst, row.returned].map(String),
  spanText(row.toDelivered),
  spanText(row.toOpened),
  ...[row.actionsRaised, row.actionsAnswered, row.actionsClosed].map(String),
  spanText(row.turnaround),
];

function Totals({ all }: { readonly all: Counted }) {
  const share = shareText(shareOf(all.acceptedFirst, all.decidedFirst));
  return (
    <dl className="totals" aria-label="All in all">
      <div>
        <dt>Packages released</dt>
        <dd>{all.released}</dd>
      </div>
      <div>
        <dt>Accepted first time</dt>
        <dd>
          {share}{' '}
          <span className="quiet small">
            {all.acceptedFirst} of {all.decidedFirst}
          </span>
        </dd>
      </div>
      <div>
        <dt>Returned</dt>
        <dd>{all.returned}</dd>
      </div>
      <div>
        <dt>Release to delivered</dt>
        <dd>{spanText(all.toDelivered)}</dd>
      </div>
      <div>
        <dt>Delivered to opened</dt>
        <dd>{spanText(all.toOpened)}</dd>
      </div>
      <div>
        <dt>Actions answered in</dt>
        <dd>
          {spanText(all.turnaround)}{' '}
          <span className="quiet small">
            {all.actionsAnswered} of {all.actionsRaised}
          </span>
        </dd>
      </div>
    </dl>
  );
}

const CAUSES: Readonly<Record<SaveCause, string>> = {
  'disk full': 'The disk is full. Make room on it, or choose another place.',
  'disk error': 'The place could not be written to. Choose another folder.',
};

/** Writes what is shown as CSV to where the person says. Numbers and units only: no case, and nobody's name. */
function SaveCsv({ csv }: { readonly csv: () => string }) {
  const [said, setSaid] = useState<'saved' | SaveCause | null>(null);
  const save = async (): Promise<void> => {
    setSaid(null);
    const outcome = await desktop().saveText(`measures ${today()}.csv`, csv());
    setSaid(outcome.ok ? (outcome.value ? 'saved' : null) : outcome.cause);
  };
  return (
    <div className="row push">
      <span role="status">{said === 'saved' && 'Saved.'}</span>
      {said !== null && said !== 'saved' && <Trouble sentence="The table was not saved." next={CAUSES[said]} />}
      <Button onPress={() => void save()}>Export as CSV…</Button>
    </div>
  );
}
