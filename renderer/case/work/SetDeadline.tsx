/**
 * Setting another date than the computed one, on a recorded reason.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { Deadline } from '../../../shared/model/rules/deadlines/deadlines.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

interface SetDeadlineProps {
  readonly view: CaseView;
  readonly deadline: Deadline;
  readonly onClose: () => void;
}

export function SetDeadline({ view, deadline, onClose }: SetDeadlineProps) {
  const [due, setDue] = useState<string>(deadline.due.day);
  const [reason, setReason] = useState('');
  const doing = useAct();
  const ready = due !== '' && reason.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'deadline set',
          key: deadline.key,
          due,
          time: null,
          reason: reason.trim(),
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Set another date" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>
          {deadline.what}. The computed date stays beside the one that you set, and everybody sees both with your
          reason.
        </p>
        <Field label="Date" type="date" value={due} onChange={setDue} />
        <Field label="Reason" lines={2} value={reason} onChange={setReason} required autoFocus />
        {doing.wrong !== null && <Trouble sentence="The date was not set." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            Set date
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
