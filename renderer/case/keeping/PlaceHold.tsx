/** Placing a hold: while it stands, nothing of the case is disposed of. Its last day reminds; a person lifts it. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

export function PlaceHold({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const doing = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') return;
    const act = { is: 'held', reason: reason.trim(), until: until === '' ? null : until } as const;
    void doing.run(() => worker().doWork(view.row.case, act)).then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Place a hold" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>While a hold stands, nothing of this case can be disposed of, by either organisation that reads it.</p>
        <Field label="Reason" lines={3} value={reason} onChange={setReason} autoFocus required />
        <Field
          label="Look at it again on"
          type="date"
          value={until}
          onChange={setUntil}
          optional
          hint="The hold does not end by itself: somebody lifts it."
        />
        {doing.wrong !== null && <Trouble sentence="The hold was not placed." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={reason.trim() === ''} busy={doing.busy}>
            Place hold
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
