/**
 * What computers that were shut out had not sent, one by one: what it is, whose, when it was written and why it is late; adopting
 * it, or declining it with a reason. Seen by who leads the case.
 */
import { useState } from 'react';
import type { LateRow } from '../../../shared/ipc/late.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { whenText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';

export function LateWork() {
  const rows = useView('late');
  if (rows === undefined) return <Loading what="late work" />;
  if (rows.length === 0)
    return (
      <Empty title="No late work">
        <p>
          When a computer is shut out before everything of it was sent, the rest waits here for 30 days, for who leads
          the case.
        </p>
      </Empty>
    );
  return (
    <ol className="cards" aria-label="Late work">
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ol>
  );
}

const WHAT: Record<LateRow['what'], string> = {
  summary: 'Summary',
  record: 'Case record',
  act: 'Act',
  file: 'File',
  case: 'Whole case',
  other: 'Acts that are not taken over',
};

function Row({ row }: { readonly row: LateRow }) {
  const { busy, wrong, run } = useAct();
  const [declining, setDeclining] = useState(false);
  const name = row.said === null ? `${WHAT[row.what]}, ${row.caseTitle}` : `${row.said}, ${row.caseTitle}`;
  return (
    <li className="card stack" aria-label={name}>
      <div>
        <h2>{row.caseTitle}</h2>
        <p>
          {WHAT[row.what]}
          {row.what === 'case' ? '' : ` in ${row.place}`}
          {row.said === null ? '' : `: ${row.said}`}
        </p>
      </div>
      <Why row={row} />
      <What row={row} />
      {wrong !== null && <Trouble sentence={wrong} />}
      <div className="row">
        {row.what !== 'other' && (
          <Button kind="main" onPress={() => void run(() => worker().decideLate(row.id, true, ''))} busy={busy}>
            Adopt
          </Button>
        )}
        <Button kind="danger" onPress={() => setDeclining(true)} busy={busy}>
          Decline
        </Button>
      </div>
      {declining && <Decline row={row} name={name} onClose={() => setDeclining(false)} />}
    </li>
  );
}

const Why = ({ row }: { readonly row: LateRow }) => (
  <dl className="facts">
    <dt>Written</dt>
    <dd>
      by {row.person} on {row.computer}, last on {whenText(row.at)}
    </dd>
    <dt>Late because</dt>
    <dd>
      the computer was shut out{row.ended === null ? '' : ` on ${whenText(row.ended)}`} before this was sent; it came on{' '}
      {whenText(row.arrived)}
    </dd>
  </dl>
);

function What({ row }: { readonly row: LateRow }) {
  switch (row.what) {
    case 'other':
      return (
        <>
          <p>None of these has happened. They are listed so that you know of them, and can be declined together.</p>
          <NotTaken row={row} />
        </>
      );
    case 'act':
    case 'file':
      return (
        <p className="quiet small">
          It comes in with its author’s name and time, marked as adopted from late work by you.
          {row.what === 'file' ? ' The file follows as its computer sends it.' : ''}
        </p>
      );
    case 'case':
      return (
        <>
          <p>Nobody else has this case. Adopted, it is yours to lead, with what was written in it.</p>
          <details>
            <summary>What is in it</summary>
            <Lines lines={row.after} />
          </details>
          {row.left.length > 0 && (
            <>
              <p>Not brought along:</p>
              <NotTaken row={row} />
            </>
          )}
        </>
      );
    case 'summary':
    case 'record':
      return <Changes row={row} />;
  }
}

const NotTaken = ({ row }: { readonly row: LateRow }) => (
  <ul className="bullets" aria-label="Not taken over">
    {row.left.map(({ said, why }, i) => (
      <li key={`${i} ${said}`}>
        {said}
        <span className="quiet small block">{why}</span>
      </li>
    ))}
  </ul>
);

const Changes = ({ row }: { readonly row: LateRow }) => (
  <dl className="facts">
    {row.before.length > 0 && (
      <>
        <dt>Now</dt>
        <dd>
          <Lines lines={row.before} />
        </dd>
      </>
    )}
    <dt>If adopted</dt>
    <dd>
      {row.after.length === 0 ? <p className="quiet">Nothing is added.</p> : <Lines lines={row.after} />}
      <p className="quiet small">It becomes your own edit. Whose it was stays on record.</p>
    </dd>
  </dl>
);

/** The reason stays on record in the case for as long as the case is kept. */
function Decline({
  row,
  name,
  onClose,
}: {
  readonly row: LateRow;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const [why, setWhy] = useState('');
  const reason = why.trim();
  return (
    <AskForm
      title="Decline late work"
      act="Decline it"
      run={reason === '' ? null : () => worker().decideLate(row.id, false, reason)}
      failed="It was not done."
      onClose={onClose}
    >
      <p>{name}</p>
      <p className="quiet">
        {row.what === 'case'
          ? 'Nobody will have this case any more.'
          : 'It does not come into the case. That it came, and your reason, stay on record there.'}
      </p>
      <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
    </AskForm>
  );
}

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <>
    {lines.map((line, i) => (
      <p key={`${i} ${line}`}>{line}</p>
    ))}
  </>
);
