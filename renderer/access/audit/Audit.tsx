/** The auditor's view: who did what, when, to whom, and whether the records hold. It changes nothing; it can be taken out with its proof. */
import { useState } from 'react';
import type { AuditRow, AuditView } from '../../../shared/ipc/access.ts';
import { AUDITED } from '../../../shared/model/audit/act.ts';
import type { Audited } from '../../../shared/model/audit/act.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { Field } from '../../ui/Field.tsx';
import { capital, countText, groupedText, whenText } from '../../ui/format.ts';
import { Grid } from '../../ui/Grid.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { Lines } from '../../ui/Lines.tsx';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';
import { useView } from '../../worker/views.ts';

/** Written off line: it came so much later than it happened that both times are shown. */
const LATE = 10 * 60_000;

function arrivedText(at: number, arrived: number | null): string | null {
  if (arrived === null) return 'Not at the relay yet';
  return arrived - at > LATE ? `Came ${whenText(arrived)}` : null;
}

const COLUMNS: readonly Column<AuditRow>[] = [
  {
    key: 'at',
    title: 'When',
    width: '12rem',
    cell: ({ at, arrived }) => <Lines first={whenText(at)} below={[arrivedText(at, arrived)]} />,
  },
  {
    key: 'who',
    title: 'Who',
    width: 'minmax(0, 1.2fr)',
    cell: (row) => <Lines first={row.who} below={[`${row.post}, on ${row.computer}`]} />,
  },
  {
    key: 'what',
    title: 'What',
    width: 'minmax(0, 2fr)',
    cell: (row) => (
      <Lines first={row.said} below={[row.to === null ? capital(row.what) : `${capital(row.what)}, to ${row.to}`]} />
    ),
  },
  { key: 'case', title: 'Case', width: 'minmax(0, 1fr)', cell: (row) => <Clip text={row.title} /> },
];

const EVERY = 'everything';

export function Audit() {
  const view = useView('audit');
  const [search, setSearch] = useState('');
  const [what, setWhat] = useState<Audited | typeof EVERY>(EVERY);
  if (view === undefined) return <Loading what="the audit" />;
  if (view === null || view.chains.length === 0)
    return (
      <Empty title="Your post has nothing to audit yet">
        <p>Entries come from the moment that your post has its key. It gets one by itself.</p>
      </Empty>
    );
  const wanted = search.trim().toLowerCase();
  const rows = view.rows.filter(
    (row) =>
      (what === EVERY || row.what === what) &&
      [row.who, row.said, row.title, row.to ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <div className="access-body">
      <Chains view={view} />
      <div className="row">
        <Field label="Find" value={search} onChange={setSearch} placeholder="Person, case or words" />
        <Choice
          label="Show"
          value={what}
          onChange={setWhat}
          options={[
            { value: EVERY, text: 'Everything' },
            ...AUDITED.map((one) => ({ value: one, text: capital(one) })),
          ]}
        />
        <span className="quiet" role="status">
          {rows.length === view.acts ? countText(view.acts, 'act') : `${rows.length} of ${countText(view.acts, 'act')}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty title="No act fits" />
      ) : (
        <Grid fill label="Audit" columns={COLUMNS} rows={rows} idOf={(row) => row.id} nameOf={(row) => row.said} />
      )}
    </div>
  );
}

const Chains = ({ view }: { readonly view: AuditView }) => (
  <ul className="bullets" aria-label="Whether the records hold">
    {view.chains.map((chain) => (
      <li key={chain.seat}>
        <Chain chain={chain} />
      </li>
    ))}
  </ul>
);

function Chain({ chain }: { readonly chain: AuditView['chains'][number] }) {
  const [saved, setSaved] = useState<string | null>(null);
  const doing = useAct();
  const save = (as: 'jsonl' | 'csv'): void =>
    void doing.run(async () => {
      const token = await desktop().chooseSave(`audit.${as}`);
      if (token === null) return undefined;
      const outcome = await worker().exportAudit(chain.seat, as, token);
      if (outcome.ok) setSaved(outcome.value.sha256);
      return outcome;
    });
  return (
    <div className="stack tight">
      <div className="row">
        <span>
          {chain.holds
            ? `${chain.post}: every place to ${chain.places} follows the one before it, signed by the relay ${whenText(chain.at)}; ${countText(chain.computers, 'computer')}, none with a gap.`
            : `${chain.post}: the records do not hold. See the alarm above.`}
        </span>
        <span className="push row">
          <Button small busy={doing.busy} onPress={() => save('jsonl')}>
            Export with proof…
          </Button>
          <Button small busy={doing.busy} onPress={() => save('csv')}>
            Export as CSV…
          </Button>
        </span>
      </div>
      {saved !== null && (
        <p role="status">
          Saved. Its SHA-256 <span className="mono">{groupedText(saved)}</span>
        </p>
      )}
      {doing.wrong !== null && <Trouble sentence="The audit was not saved." next={doing.wrong} />}
    </div>
  );
}
