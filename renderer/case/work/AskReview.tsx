/**
 * Submitting a case for review: to a supervisor by name, or to whoever takes it.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { STAGE_WORDS } from '../../../shared/model/formats/stages.ts';
import type { Party } from '../../../shared/model/facts/parts.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';
import { Colleague } from './Colleague.tsx';

export function AskReview({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [note, setNote] = useState('');
  const doing = useAct();
  const { me, state } = view.work;
  const supervisors = (useView('colleagues') ?? []).flatMap(({ party, roles }) =>
    roles.includes('supervisor') && party.person !== me.person ? [party] : [],
  );
  const { stage } = state.stage;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (note.trim() === '') return;
    void doing
      .run(() => worker().doWork(view.row.case, { is: 'review asked', stage, to, note: note.trim() }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Submit for review" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>A supervisor is asked to review the case as it stands now, for {STAGE_WORDS[stage].name}.</p>
        <Colleague
          label="Reviewer"
          from={supervisors}
          value={to}
          onChange={setTo}
          nobody="Whoever of the supervisors takes it"
        />
        <Field label="Note to the reviewer" lines={3} value={note} onChange={setNote} autoFocus required />
        {doing.wrong !== null && <Trouble sentence="The case was not submitted." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={note.trim() === ''} busy={doing.busy}>
            Submit
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
