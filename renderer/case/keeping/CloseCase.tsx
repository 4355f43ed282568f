/** Closing a case: with its outcome, the class by which it is kept, and why. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { RetentionClass } from './RetentionClass.tsx';

const OUTCOMES = [
  'Convicted',
  'Acquitted',
  'Discontinued',
  'No further action',
  'Out-of-court disposal',
  'Transferred',
  'Other',
].map((value) => ({ value, text: value }));

export function CloseCase({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const { keeping } = view.work;
  const [outcome, setOutcome] = useState<string | null>(null);
  const [retention, setRetention] = useState(keeping.class?.code ?? null);
  const [reason, setReason] = useState('');
  const doing = useAct();
  const lacks = outcome === null || retention === null || reason.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (lacks) return;
    void doing
      .run(() => worker().doWork(view.row.case, { is: 'closed', outcome, retention, reason: reason.trim() }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Close this case" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <p>It can still be read, and nothing in it can be changed. Reopening it is one act.</p>
        <Choice label="Outcome" options={OUTCOMES} value={outcome} onChange={setOutcome} />
        <RetentionClass classes={keeping.classes} value={retention} onChange={setRetention} />
        <Field label="Reason" lines={3} value={reason} onChange={setReason} required />
        {doing.wrong !== null && <Trouble sentence="The case was not closed." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={lacks} busy={doing.busy}>
            Close case
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
