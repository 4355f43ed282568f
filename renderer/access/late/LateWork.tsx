/**
 * What computers that were shut out had not sent, text by text: what it would change, and taking it over or letting it go.
 * Seen by who leads the case.
 */
import type { LateRow } from '../../../shared/ipc/late.ts';
import { Button } from '../../ui/Button.tsx';
import { countText, whenText } from '../../ui/format.ts';
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
  other: 'Acts and files',
};

function Row({ row }: { readonly row: LateRow }) {
  const { busy, wrong, run } = useAct();
  const decide = (keep: boolean): void => void run(() => worker().decideLate(row.id, keep));
  return (
    <li className="card stack" aria-label={`${WHAT[row.what]}, ${row.caseTitle}`}>
      <div>
        <h2>{row.caseTitle}</h2>
        <p className="quiet">
          {WHAT[row.what]} in {row.place}. Written by {row.person} on {row.computer}, last on {whenText(row.at)}; not
          sent before the computer was shut out.
        </p>
      </div>
      {row.what === 'other' ? (
        <p>
          {countText(row.entries, 'entry', 'entries')} that only their writer could make, such as files that were added
          or messages. They cannot be taken over.
        </p>
      ) : (
        <Changes row={row} />
      )}
      {wrong !== null && <Trouble sentence={wrong} />}
      <div className="row">
        {row.what !== 'other' && (
          <Button kind="main" onPress={() => decide(true)} busy={busy}>
            Take over
          </Button>
        )}
        <Button kind="danger" onPress={() => decide(false)} busy={busy}>
          Let it go
        </Button>
      </div>
    </li>
  );
}

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
    <dt>If taken over</dt>
    <dd>
      {row.after.length === 0 ? <p className="quiet">Nothing is added.</p> : <Lines lines={row.after} />}
      <p className="quiet small">It becomes your own edit, with your name.</p>
    </dd>
  </dl>
);

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <>
    {lines.map((line, i) => (
      <p key={`${i} ${line}`}>{line}</p>
    ))}
  </>
);
