/**
 * Allocating a package to a lawyer by name, by who may: its sender sees who works on it.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import type { Party } from '../../../shared/model/facts/parts.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { Colleague } from '../work/Colleague.tsx';

export function Allocate({ pkg, onClose }: { readonly pkg: PackageRow; readonly onClose: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [note, setNote] = useState('');
  const doing = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to === null) return;
    void doing
      .run(() =>
        worker().doWork(pkg.case, {
          is: 'allocated',
          package: pkg.package,
          role: 'prosecutor',
          to,
          note: note.trim(),
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Allocate this package" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>It waits under “Needs me” of who is chosen. {pkg.org} sees the name, and reads the note.</p>
        <Colleague label="To" from={pkg.allocateTo} value={to} onChange={setTo} />
        <Field label="Note" lines={2} value={note} onChange={setNote} optional />
        {doing.wrong !== null && <Trouble sentence="The package was not allocated." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={to === null} busy={doing.busy}>
            Allocate
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
