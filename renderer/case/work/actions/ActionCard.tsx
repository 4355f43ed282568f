/**
 * One item of the action plan: what is asked and by when, what it rests on, every answer, and what can be done with it.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { WorkAct } from '../../../../shared/ipc/work.ts';
import type { ActionState } from '../../../../shared/model/work/state.ts';
import { actionWord, dueWord } from '../../../../shared/status/work.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { Status } from '../../../ui/Word.tsx';
import { worker } from '../../../worker/connection.ts';
import { ReasonDialog } from '../../packages/ReasonDialog.tsx';
import { AnswerAction } from './AnswerAction.tsx';
import { FindSent } from './FindSent.tsx';
import { PathLink } from '../PathLink.tsx';
import { sentBefore } from './sentBefore.ts';
import { dayText, today } from '../../../ui/today.ts';

interface ActionCardProps {
  readonly view: CaseView;
  readonly action: ActionState;
}

type Asking = 'dispute' | 'answer' | 'sent' | 'close' | null;

export function ActionCard({ view, action }: ActionCardProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const doing = useAct();
  const { may } = view.work;
  const send = (what: WorkAct) => worker().doWork(view.row.case, what);
  const answer = (outcome: 'accepted' | 'disputed' | 'already sent', reason: string): WorkAct => ({
    is: 'action answered',
    action: action.id,
    outcome,
    reason,
    items: [],
    sent: outcome === 'already sent' ? [...before] : [],
  });
  const before = sentBefore(view, action);
  const open = action.state !== 'closed';
  return (
    <div className="card">
      <div className="row">
        <Status word={actionWord(action)} />
        {action.due !== null && open && (
          <span title={dayText(action.due)}>
            <Status word={dueWord(action.due, today())} />
          </span>
        )}
        <span className="push quiet small">
          Raised {timeText(action.raised.at)} by {action.raised.by.personName}
        </span>
      </div>
      <p className="said">{action.text}</p>
      <Rests view={view} action={action} />
      <Answers action={action} />
      {doing.wrong !== null && <Trouble sentence="This was not done." next={doing.wrong} />}
      {open && (
        <div className="row">
          {may.includes('action answered') && (
            <>
              {action.state === 'open' && (
                <Button small onPress={() => void doing.run(() => send(answer('accepted', '')))} busy={doing.busy}>
                  Accept this action
                </Button>
              )}
              <Button small onPress={() => setAsking('answer')}>
                Answer with material
              </Button>
              {before.length > 0 ? (
                <Button small busy={doing.busy} onPress={() => void doing.run(() => send(answer('already sent', '')))}>
                  Already sent
                </Button>
              ) : (
                view.packages.some(({ direction }) => direction === 'sent') && (
                  <Button small onPress={() => setAsking('sent')}>
                    Already sent…
                  </Button>
                )
              )}
              {action.state !== 'disputed' && (
                <Button small kind="bare" onPress={() => setAsking('dispute')}>
                  Dispute
                </Button>
              )}
            </>
          )}
          {may.includes('action closed') && (
            <span className="push">
              <Button small onPress={() => setAsking('close')}>
                Close this action
              </Button>
            </span>
          )}
        </div>
      )}
      {asking === 'dispute' && (
        <ReasonDialog
          title="Dispute this action"
          act="Dispute"
          about="The prosecutor reads your reason, and it is kept with the action."
          onClose={() => setAsking(null)}
          run={(reason) => send(answer('disputed', reason))}
        />
      )}
      {asking === 'close' && (
        <ReasonDialog
          title="Close this action"
          act="Close as met"
          about="It is closed as met. Your note is kept with it."
          onClose={() => setAsking(null)}
          run={(note) => send({ is: 'action closed', action: action.id, outcome: 'met', note })}
        />
      )}
      {asking === 'sent' && <FindSent view={view} action={action} onClose={() => setAsking(null)} />}
      {asking === 'answer' && <AnswerAction view={view} action={action} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** What of the case it rests on: items by name, places in the record as links, the rule that was not met. */
function Rests({ view, action }: ActionCardProps) {
  const names = action.items.map((id) => view.items.find(({ file }) => file.item === id)?.file.name ?? 'a file');
  if (names.length === 0 && action.paths.length === 0 && action.rule === null) return null;
  return (
    <p className="quiet small rests">
      About: {[...names, ...(action.rule === null ? [] : [`rule ${action.rule}`])].join(', ')}
      {action.paths.map((path) => (
        <PathLink key={path} of={view.row.case} path={path} />
      ))}
    </p>
  );
}

const OUTCOME = {
  accepted: 'accepted this',
  disputed: 'disputed this',
  answered: 'answered with material',
  'already sent': 'showed that it was sent already',
} as const;

const Answers = ({ action }: { readonly action: ActionState }) =>
  action.answers.length === 0 && action.closed === null ? null : (
    <ol className="answers">
      {action.answers.map((answer) => (
        <li key={answer.entry}>
          <span>
            <strong>{answer.by.personName}</strong> {OUTCOME[answer.outcome]},{' '}
            <span className="quiet">{timeText(answer.at)}</span>
          </span>
          {answer.reason !== '' && <p className="said">{answer.reason}</p>}
          {answer.items.map((item) => (
            <p key={item.version} className="small">
              {item.name}
            </p>
          ))}
          {answer.sent.map((sent) => (
            <p key={sent.version} className="small">
              {sent.name}: sent {timeText(sent.at)}
              {sent.openedBy === null ? ', not opened yet' : `, opened by ${sent.openedBy}`}{' '}
              <span className="quiet mono">SHA-256 {sent.sha256.slice(0, 16)}…</span>
            </p>
          ))}
        </li>
      ))}
      {action.closed !== null && (
        <li>
          <strong>{action.closed.by.personName}</strong> closed this,{' '}
          <span className="quiet">{timeText(action.closed.at)}</span>
          {action.closed.note !== '' && <p className="said">{action.closed.note}</p>}
        </li>
      )}
    </ol>
  );
