/**
 * An act that is recorded with its reason: what it does, the reason, and the act.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';

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
  const doing = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') return;
    void doing.run(() => run(reason.trim())).then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title={title} open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{about}</p>
        <Field label={label ?? 'Reason'} lines={3} value={reason} onChange={setReason} autoFocus required />
        {doing.wrong !== null && <Trouble sentence="This was not done." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={reason.trim() === ''} busy={doing.busy}>
            {act}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
