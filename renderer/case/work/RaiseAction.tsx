/**
 * Raising an item of the action plan: what is needed, by when, and the files it is about.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { ItemId } from '../../../shared/primitives/ids.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { ChooseFiles } from './ChooseFiles.tsx';
import { today } from './today.ts';

interface RaiseActionProps {
  readonly view: CaseView;
  readonly onClose: () => void;
}

const FIRST_DUE = { days: 7 };

export function RaiseAction({ view, onClose }: RaiseActionProps) {
  const [text, setText] = useState('');
  const [due, setDue] = useState(() => addSpan(today(), FIRST_DUE) ?? '');
  const [items, setItems] = useState<readonly ItemId[]>([]);
  const doing = useAct();
  const wrong = due !== '' && due < today() ? 'That day has passed. Choose today or a later day.' : null;
  const ready = text.trim() !== '' && wrong === null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'action raised',
          text: text.trim(),
          due: due === '' ? null : due,
          items: [...items],
          paths: [],
          rule: null,
          package: null,
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Raise an action" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <Field label="What is needed" lines={4} value={text} onChange={setText} autoFocus required />
        <Field label="Due" type="date" value={due} onChange={setDue} wrong={wrong} optional />
        <ChooseFiles view={view} label="About these files" chosen={items} onChange={setItems} />
        {doing.wrong !== null && <Trouble sentence="The action was not raised." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            Raise action
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
