/** Closing a case: with its outcome, the class by which it is kept, and why. */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
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
  const lacks = outcome === null || retention === null || reason.trim() === '';
  const run = lacks
    ? null
    : () => worker().doWork(view.row.case, { is: 'closed', outcome, retention, reason: reason.trim() });
  return (
    <AskForm
      title="Close this case"
      act="Close case"
      failed="The case was not closed."
      run={run}
      onClose={onClose}
      wide
    >
      <p>It can still be read, and nothing in it can be changed. Reopening it is one act.</p>
      <Choice label="Outcome" options={OUTCOMES} value={outcome} onChange={setOutcome} />
      <RetentionClass classes={keeping.classes} value={retention} onChange={setRetention} />
      <Field label="Reason" lines={3} value={reason} onChange={setReason} required />
    </AskForm>
  );
}
