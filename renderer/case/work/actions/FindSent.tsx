/**
 * Answering an action by something that was sent already, where the action does not say which: what was sent is looked for
 * by name, and each found says when it went, its hash and who has opened it. One press answers.
 */
import { useEffect, useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { SentBefore } from '../../../../shared/model/facts/actions.ts';
import type { ActionState } from '../../../../shared/model/work/state.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Field } from '../../../ui/Field.tsx';
import { whenText } from '../../../ui/format.ts';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { worker } from '../../../worker/connection.ts';

interface FindSentProps {
  readonly view: CaseView;
  readonly action: ActionState;
  readonly onClose: () => void;
}

/** Everything that was sent before the action was raised, each version once; by a part of its name. */
function useSent(view: CaseView, action: ActionState, name: string): readonly SentBefore[] | null {
  const [found, setFound] = useState<readonly SentBefore[] | null>(null);
  const of = view.row.case;
  const { at } = action.raised;
  useEffect(() => {
    let overtaken = false;
    const items = view.items.map(({ file }) => file.item);
    const wanted = name.trim() === '' ? { items } : { name: name.trim() };
    const look = async (): Promise<void> => {
      const all = await worker().alreadySent(of, wanted);
      if (overtaken) return;
      const once = new Map(all.filter((sent) => sent.at < at).map((sent) => [sent.version, sent]));
      setFound([...once.values()]);
    };
    // A line that closes meanwhile: the next letter typed asks again.
    look().catch(() => undefined);
    return () => {
      overtaken = true;
    };
  }, [of, at, name, view.items]);
  return found;
}

export function FindSent({ view, action, onClose }: FindSentProps) {
  const [name, setName] = useState('');
  const found = useSent(view, action, name);
  const doing = useAct();
  const answer = (sent: SentBefore): void =>
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'action answered',
          action: action.id,
          outcome: 'already sent',
          reason: '',
          items: [],
          sent: [sent],
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  return (
    <Ask title="What was sent already" open onClose={onClose} wide>
      <div className="stack">
        <p className="quoted">{action.text}</p>
        <Field label="Look for a name" value={name} onChange={setName} autoFocus />
        {found?.length === 0 && (
          <p className="quiet" role="status">
            {name.trim() === ''
              ? 'Nothing was sent before this was asked for.'
              : 'Nothing of that name was sent before.'}
          </p>
        )}
        <ul className="findings choose-files" aria-label="Sent before">
          {(found ?? []).map((sent) => (
            <li key={sent.version} aria-label={sent.name}>
              <div className="row">
                <span>
                  <strong>{sent.name}</strong>, sent {whenText(sent.at)},{' '}
                  {sent.openedBy === null ? 'not opened yet' : `opened by ${sent.openedBy}`}{' '}
                  <span className="quiet mono small">SHA-256 {sent.sha256.slice(0, 16)}…</span>
                </span>
                <span className="push">
                  <Button small busy={doing.busy} onPress={() => answer(sent)}>
                    This was sent
                  </Button>
                </span>
              </div>
            </li>
          ))}
        </ul>
        {doing.wrong !== null && <Trouble sentence="The answer was not recorded." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
        </footer>
      </div>
    </Ask>
  );
}
