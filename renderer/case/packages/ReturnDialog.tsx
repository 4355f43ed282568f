/**
 * Returning a package: the recorded reasons that apply, which both organisations count, and what its sender reads.
 */
import { useState } from 'react';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import { RecordedReasons } from '../work/RecordedReasons.tsx';

export function ReturnDialog({ pkg, onClose }: { readonly pkg: PackageRow; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [respondBy, setRespondBy] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const run =
    reason.trim() === ''
      ? null
      : () =>
          worker().returnPackage(pkg.package, reason.trim(), {
            reasons: chosen,
            ...(respondBy !== '' && { respondBy }),
          });
  return (
    <AskForm title="Return this package" act="Return" failed="This was not done." run={run} onClose={onClose} wide>
      <p>{pkg.org} reads your reason and can answer with a new package. What you have stays here.</p>
      <Field label="Reason" lines={3} value={reason} onChange={setReason} autoFocus required />
      <Field label="Response wanted by" type="date" value={respondBy} onChange={setRespondBy} optional />
      <RecordedReasons wanted="return" note="counted under Measures" chosen={chosen} onChange={setChosen} />
    </AskForm>
  );
}
