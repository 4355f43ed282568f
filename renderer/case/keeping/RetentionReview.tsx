/** A retention review: keep until a day, or dispose; with the rationale that is recorded. */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Radios } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import { RetentionClass } from './RetentionClass.tsx';

const DECISIONS = [
  { value: 'keep', text: 'Keep it' },
  { value: 'dispose', text: 'Dispose of it' },
] as const;

export function RetentionReview({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const { keeping } = view.work;
  const [decision, setDecision] = useState<'keep' | 'dispose'>('keep');
  const [retention, setRetention] = useState(keeping.class?.code ?? null);
  const [next, setNext] = useState('');
  const [rationale, setRationale] = useState('');
  const keeps = decision === 'keep';
  const lacks = rationale.trim() === '' || (keeps && retention === null);
  const act = {
    is: 'retention reviewed',
    decision,
    retention,
    rationale: rationale.trim(),
    next: keeps && next !== '' ? next : null,
  } as const;
  const run = lacks ? null : () => worker().doWork(view.row.case, act);
  return (
    <AskForm
      title="Review for retention"
      act="Record review"
      failed="The review was not recorded."
      run={run}
      onClose={onClose}
      wide
    >
      <p>Is there still a reason to keep this case? The decision and its rationale are recorded.</p>
      <Radios label="Decision" options={DECISIONS} value={decision} onChange={setDecision} />
      {keeps ? (
        <>
          <RetentionClass classes={keeping.classes} value={retention} onChange={setRetention} />
          <Field
            label="Keep until"
            type="date"
            value={next}
            onChange={setNext}
            optional
            hint="Left empty, the class says when it is looked at again."
          />
        </>
      ) : (
        <p className="needs">This destroys nothing yet. Two people have to dispose of the case after it.</p>
      )}
      <Field label="Rationale" lines={4} value={rationale} onChange={setRationale} required />
    </AskForm>
  );
}
