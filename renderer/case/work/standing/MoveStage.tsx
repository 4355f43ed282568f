/**
 * Moving a file on to another stage, with the reason: from then on it is judged for that stage.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { STAGES, STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import type { Stage } from '../../../../shared/model/formats/stages.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';

export function MoveStage({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const now = view.work.state.stage.stage;
  const [stage, setStage] = useState<Stage | null>(null);
  const [reason, setReason] = useState('');
  const run =
    stage === null || reason.trim() === ''
      ? null
      : () => worker().doWork(view.row.case, { is: 'staged', stage, reason: reason.trim() });
  return (
    <AskForm title="Move to another stage" act="Move" failed="The stage was not changed." run={run} onClose={onClose}>
      <p>Now: {STAGE_WORDS[now].name}.</p>
      <Choice
        label="Next stage"
        value={stage}
        onChange={setStage}
        options={STAGES.filter((each) => each !== now).map((each) => ({
          value: each,
          text: STAGE_WORDS[each].name,
          hint: STAGE_WORDS[each].says,
        }))}
      />
      <Field label="Reason" lines={2} value={reason} onChange={setReason} required />
    </AskForm>
  );
}
