/**
 * Handing a case over to a colleague, on a recorded reason; by its holder, or by a supervisor for somebody who is away.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Check } from '../../../ui/Check.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';
import { useView } from '../../../worker/views.ts';
import { Colleague } from './Colleague.tsx';

export function HandOver({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const { me, state } = view.work;
  const { holder } = state;
  const own = holder?.person === me.person;
  const [to, setTo] = useState<Party | null>(null);
  const [absent, setAbsent] = useState(false);
  const [reason, setReason] = useState('');
  const officers = (useView('colleagues') ?? []).flatMap(({ party, roles }) =>
    roles.includes('officer') && party.person !== holder?.person ? [party] : [],
  );
  const run =
    to === null || reason.trim() === ''
      ? null
      : () => worker().doWork(view.row.case, { is: 'handed over', to, reason: reason.trim(), absent });
  return (
    <AskForm
      title="Hand over this case"
      act="Hand over"
      failed="The case was not handed over."
      run={run}
      onClose={onClose}
    >
      <p>The case is theirs from then on. Who hands it over, to whom and why stays with it.</p>
      {officers.length === 0 ? (
        <p className="needs">The directory names no other officer of your organisation.</p>
      ) : (
        <Colleague label="To" from={officers} value={to} onChange={setTo} />
      )}
      {!own && holder !== null && (
        <Check selected={absent} onChange={setAbsent}>
          {holder.personName} is absent
        </Check>
      )}
      <Field label="Reason" lines={3} value={reason} onChange={setReason} required />
    </AskForm>
  );
}
