/**
 * Setting another date than the computed one, on a recorded reason.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { Deadline } from '../../../../shared/model/rules/deadlines/deadlines.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';

interface SetDeadlineProps {
  readonly view: CaseView;
  readonly deadline: Deadline;
  readonly onClose: () => void;
}

export function SetDeadline({ view, deadline, onClose }: SetDeadlineProps) {
  const [due, setDue] = useState<string>(deadline.due.day);
  const [reason, setReason] = useState('');
  const ready = due !== '' && reason.trim() !== '';
  const run = !ready
    ? null
    : () =>
        worker().doWork(view.row.case, {
          is: 'deadline set',
          key: deadline.key,
          due,
          time: null,
          reason: reason.trim(),
        });
  return (
    <AskForm title="Set another date" act="Set date" failed="The date was not set." run={run} onClose={onClose}>
      <p>
        {deadline.what}. The computed date stays beside the one that you set, and everybody sees both with your reason.
      </p>
      <Field label="Date" type="date" value={due} onChange={setDue} />
      <Field label="Reason" lines={2} value={reason} onChange={setReason} required autoFocus />
    </AskForm>
  );
}
