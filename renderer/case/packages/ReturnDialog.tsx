/**
 * Returning a package: the recorded reasons that apply, which both organisations count, and what its sender reads.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { RecordedReasons } from '../work/RecordedReasons.tsx';

export function ReturnDialog({ pkg, onClose }: { readonly pkg: PackageRow; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [respondBy, setRespondBy] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const doing = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') return;
    void doing
      .run(() =>
        worker().returnPackage(pkg.package, reason.trim(), { reasons: chosen, ...(respondBy !== '' && { respondBy }) }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Return this package" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <p>{pkg.org} reads your reason and can answer with a new package. What you have stays here.</p>
        <Field label="Reason" lines={3} value={reason} onChange={setReason} autoFocus required />
        <Field label="Response wanted by" type="date" value={respondBy} onChange={setRespondBy} optional />
        <RecordedReasons wanted="return" note="counted under Measures" chosen={chosen} onChange={setChosen} />
        {doing.wrong !== null && <Trouble sentence="This was not done." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={reason.trim() === ''} busy={doing.busy}>
            Return
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
