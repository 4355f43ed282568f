/** The second person's word: what goes and what remains is read once more, and a box is ticked before the act. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { WhatGoes } from './WhatGoes.tsx';

interface AgreeProps {
  readonly view: CaseView;
  readonly disposal: WorkState['disposals'][number];
  readonly onClose: () => void;
}

export function AgreeToDisposal({ view, disposal, onClose }: AgreeProps) {
  const [read, setRead] = useState(false);
  const doing = useAct();
  const { preview } = view.work.keeping;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!read) return;
    void doing
      .run(() => worker().doWork(view.row.case, { is: 'disposal agreed', disposal: disposal.id }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Confirm disposal" open onClose={onClose} wide urgent>
      <form className="stack" onSubmit={submit}>
        <p>
          {disposal.asked.by.personName} proposed it: {disposal.reason}
        </p>
        {preview !== null && <WhatGoes preview={preview} />}
        <Check selected={read} onChange={setRead}>
          I have read what is destroyed and what remains. It cannot be undone.
        </Check>
        {doing.wrong !== null && <Trouble sentence="The disposal was not confirmed." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!read} busy={doing.busy}>
            Confirm disposal
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
