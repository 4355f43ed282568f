/**
 * Submitting a case for review: to a supervisor by name, or to whoever takes it.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';
import { useView } from '../../../worker/views.ts';
import { Colleague } from '../standing/Colleague.tsx';

export function AskReview({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [note, setNote] = useState('');
  const { me, state } = view.work;
  const supervisors = (useView('colleagues') ?? []).flatMap(({ party, roles }) =>
    roles.includes('supervisor') && party.person !== me.person ? [party] : [],
  );
  const { stage } = state.stage;
  const run =
    note.trim() === ''
      ? null
      : () => worker().doWork(view.row.case, { is: 'review asked', stage, to, note: note.trim() });
  return (
    <AskForm title="Submit for review" act="Submit" failed="The case was not submitted." run={run} onClose={onClose}>
      <p>A supervisor is asked to review the case as it stands now, for {STAGE_WORDS[stage].name}.</p>
      <Colleague
        label="Reviewer"
        from={supervisors}
        value={to}
        onChange={setTo}
        nobody="Whoever of the supervisors takes it"
      />
      <Field label="Note to the reviewer" lines={3} value={note} onChange={setNote} autoFocus required />
    </AskForm>
  );
}
