/** Requests for access: those that wait for this person, and their own; asked, answered, reminded of and expired. */
import { useState } from 'react';
import type { RequestRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText, whenText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { AskDialog } from './AskDialog.tsx';

const MAY = { reader: 'to read', contributor: 'to read and write' } as const;

export function Requests() {
  const view = useView('requests');
  const [asking, setAsking] = useState<'new' | RequestRow | null>(null);
  if (view === undefined) return <Loading what="requests" />;
  const waiting = view.rows.filter(({ can }) => can.decide || can.endorse);
  const others = view.rows.filter(({ can }) => !can.decide && !can.endorse);
  return (
    <div className="access-body">
      <div className="row">
        <p className="quiet">
          Access to a case that your post does not see is asked for, with a reason, and ends on a day.
        </p>
        <span className="push">
          <Button kind="main" onPress={() => setAsking('new')}>
            Ask for access…
          </Button>
        </span>
      </div>
      {waiting.length > 0 && <List title="Wait for you" rows={waiting} />}
      {others.length > 0 && <List title="Asked before" rows={others} onAskAgain={setAsking} />}
      {view.rows.length === 0 && (
        <Empty title="No requests">
          <p>What you ask for, and what is asked of your post, stays here on record.</p>
        </Empty>
      )}
      {asking !== null && (
        <AskDialog askWhom={view.askWhom} again={asking === 'new' ? null : asking} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

interface ListProps {
  readonly title: string;
  readonly rows: readonly RequestRow[];
  readonly onAskAgain?: (row: RequestRow) => void;
}

const List = ({ title, rows, onAskAgain = () => undefined }: ListProps) => (
  <section className="part" aria-label={title}>
    <h2>{title}</h2>
    <ul className="cards" aria-label={title}>
      {rows.map((row) => (
        <Request key={row.id} row={row} onAskAgain={() => onAskAgain(row)} />
      ))}
    </ul>
  </section>
);

function Request({ row, onAskAgain }: { readonly row: RequestRow; readonly onAskAgain: () => void }) {
  const [answering, setAnswering] = useState<'approve' | 'decline' | null>(null);
  const doing = useAct();
  return (
    <li className={row.answer === null ? 'card' : 'card past'} aria-label={`${row.by}: ${row.wanted}`}>
      <div className="row">
        <strong>{row.wanted}</strong>
        <Status word={row.word} />
        <span className="push row">
          {row.can.endorse && (
            <>
              <Button small onPress={() => setAnswering('decline')}>
                Decline…
              </Button>
              <Button
                small
                kind="main"
                busy={doing.busy}
                onPress={() => void doing.run(() => worker().answerRequest(row.id, { is: 'endorse', why: '' }))}
              >
                Approve as line manager
              </Button>
            </>
          )}
          {row.can.decide && (
            <>
              <Button small onPress={() => setAnswering('decline')}>
                Decline…
              </Button>
              <Button small kind="main" onPress={() => setAnswering('approve')}>
                Approve…
              </Button>
            </>
          )}
          {row.can.askAgain && (
            <Button small name={`Ask again for ${row.wanted}`} onPress={onAskAgain}>
              Ask again…
            </Button>
          )}
          {row.can.takeBack && (
            <Button
              small
              busy={doing.busy}
              onPress={() => void doing.run(() => worker().answerRequest(row.id, { is: 'take back' }))}
            >
              Take back
            </Button>
          )}
        </span>
      </div>
      <p>
        {row.mine ? 'You asked' : `${row.by} (${row.byPost}) ${row.answer === null ? 'asks' : 'asked'}`} {MAY[row.role]}{' '}
        it until {dayText(row.until)}: {row.why}
      </p>
      <p className="quiet small">
        {whenText(row.at)}, to {row.to}
        {row.endorsed !== null &&
          `. Approved first by the line manager ${row.endorsed.by}, ${whenText(row.endorsed.at)}`}
        {row.answer === null && row.word.why !== undefined && `. ${row.word.why.replace(/\.$/, '')}`}
      </p>
      {row.answer !== null && row.answer.why !== '' && (
        <p>
          {row.answer.by}: {row.answer.why}
        </p>
      )}
      {doing.wrong !== null && <Trouble sentence="It was not done." next={doing.wrong} />}
      {answering !== null && (
        <AnswerDialog row={row} approve={answering === 'approve'} onClose={() => setAnswering(null)} />
      )}
    </li>
  );
}
