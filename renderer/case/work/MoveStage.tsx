/**
 * Moving a file on to another stage, with the reason: from then on it is judged for that stage.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { STAGES, STAGE_WORDS } from '../../../shared/model/formats/stages.ts';
import type { Stage } from '../../../shared/model/formats/stages.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

export function MoveStage({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const now = view.work.state.stage.stage;
  const [stage, setStage] = useState<Stage | null>(null);
  const [reason, setReason] = useState('');
  const doing = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (stage === null || reason.trim() === '') return;
    void doing
      .run(() => worker().doWork(view.row.case, { is: 'staged', stage, reason: reason.trim() }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Move to another stage" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
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
        {doing.wrong !== null && <Trouble sentence="The stage was not changed." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={stage === null || reason.trim() === ''} busy={doing.busy}>
            Move
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
