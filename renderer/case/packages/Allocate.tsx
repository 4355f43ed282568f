/**
 * Allocating a package to a lawyer by name, by who may: its sender sees who works on it.
 */
import { useState } from 'react';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import type { Party } from '../../../shared/model/facts/parts.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import { Colleague } from '../work/standing/Colleague.tsx';

export function Allocate({ pkg, onClose }: { readonly pkg: PackageRow; readonly onClose: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [note, setNote] = useState('');
  const run =
    to === null
      ? null
      : () =>
          worker().doWork(pkg.case, {
            is: 'allocated',
            package: pkg.package,
            role: 'prosecutor',
            to,
            note: note.trim(),
          });
  return (
    <AskForm
      title="Allocate this package"
      act="Allocate"
      failed="The package was not allocated."
      run={run}
      onClose={onClose}
    >
      <p>It waits under “Needs me” of who is chosen. {pkg.org} sees the name, and reads the note.</p>
      <Colleague label="To" from={pkg.allocateTo} value={to} onChange={setTo} />
      <Field label="Note" lines={2} value={note} onChange={setNote} optional />
    </AskForm>
  );
}
