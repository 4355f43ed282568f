/** Placing a hold: while it stands, nothing of the case is disposed of. Its last day reminds; a person lifts it. */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';

export function PlaceHold({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const act = { is: 'held', reason: reason.trim(), until: until === '' ? null : until } as const;
  const run = reason.trim() === '' ? null : () => worker().doWork(view.row.case, act);
  return (
    <AskForm title="Place a hold" act="Place hold" failed="The hold was not placed." run={run} onClose={onClose}>
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
    </AskForm>
  );
}
