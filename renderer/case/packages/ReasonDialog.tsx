/**
 * An act that is recorded with its reason: what it does, the reason, and the act.
 */
import { useState } from 'react';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly about: string;
  /** What is asked for; a reason where nothing is said. */
  readonly label?: string;
  /** The button's name. */
  readonly act: string;
  readonly run: (reason: string) => Promise<Result<unknown, ActCause>>;
  readonly onClose: () => void;
}

export function ReasonDialog({ title, about, label, act, run, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <AskForm
      title={title}
      act={act}
      failed="This was not done."
      run={said === '' ? null : () => run(said)}
      onClose={onClose}
    >
      <p>{about}</p>
      <Field label={label ?? 'Reason'} lines={3} value={reason} onChange={setReason} autoFocus required />
    </AskForm>
  );
}
