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
      <RelayWords view={view} />
      <Limits />
      <div className="row beside">
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
        <Empty title="No act fits">
          <p>Choose Everything, or look for less. What another organisation did is with its own auditors.</p>
        </Empty>
      ) : (
        <Grid fill label="Audit" columns={COLUMNS} rows={rows} idOf={(row) => row.id} nameOf={(row) => row.said} />
      )}
    </div>
  );
}

/** As docs/audit.md says them. */
const Limits = () => (
  <details>
    <summary>What this cannot show</summary>
    <ul className="bullets">
      <li>That somebody looked, or did not, is the word of their own computer. What changes a case is signed.</li>
      <li>A look is opening a case, or a page or frame of a file: not how long, and not which page.</li>
      <li>Joinder does not print. A PDF is exported; what becomes of it outside is not seen.</li>
      <li>A computer that never comes back takes with it what it had not sent.</li>
      <li>The relay can hold back the newest acts for a while. It cannot change, drop or add one in between.</li>
      <li>Partners audit for themselves; what administrators do is in the records of authority and relay.</li>
    </ul>
  </details>
);

const Chains = ({ view }: { readonly view: AuditView }) => (
  <ul className="bullets" aria-label="Whether the records hold">
    {view.chains.map((chain) => (
      <li key={chain.seat}>
        <Chain chain={chain} />
      </li>
    ))}
  </ul>
);

/** Asks where to, writes there, and holds the hash of what was written. */
function useSaving() {
  const [saved, setSaved] = useState<string | null>(null);
  const doing = useAct();
  const save = (name: string, write: (token: string) => ReturnType<ReturnType<typeof worker>['exportAudit']>): void =>
    void doing.run(async () => {
      const token = await desktop().chooseSave(name);
      if (token === null) return undefined;
      const outcome = await write(token);
      if (outcome.ok) setSaved(outcome.value.sha256);
      return outcome;
    });
  return { save, doing, saved };
}
type Saving = ReturnType<typeof useSaving>;

const Saved = ({ saved, doing }: Saving) => (
  <>
    {saved !== null && (
      <p role="status">
        Saved. Its SHA-256 <span className="mono">{groupedText(saved)}</span>
      </p>
    )}
    {doing.wrong !== null && <Trouble sentence="The file was not saved." next={doing.wrong} />}
  </>
);

/** What the relay is held to by, over all cases: who keeps a word elsewhere holds it to everything before. */
function RelayWords({ view: { relay } }: { readonly view: AuditView }) {
  const saving = useSaving();
  if (relay === null) return <p className="quiet">The relay has given no signed word on what it accepted yet.</p>;
  return (
    <div className="stack tight">
      <div className="row">
        <span>
          {`The relay’s word number ${relay.n} on all that it accepted, signed ${whenText(relay.at)}; ${countText(relay.kept, 'word')} kept here and passed on to others.`}
        </span>
        <span className="push row">
          <Button
            small
            busy={saving.doing.busy}
            onPress={() => saving.save('relay-words.txt', (token) => worker().saveRelayWords(token))}
          >
            Save its words…
          </Button>
        </span>
      </div>
      <Saved {...saving} />
    </div>
  );
}

function Chain({ chain }: { readonly chain: AuditView['chains'][number] }) {
  const saving = useSaving();
  const { doing } = saving;
  const save = (as: 'jsonl' | 'csv'): void =>
    saving.save(`audit.${as}`, (token) => worker().exportAudit(chain.seat, as, token));
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
      <Saved {...saving} />
    </div>
  );
}
