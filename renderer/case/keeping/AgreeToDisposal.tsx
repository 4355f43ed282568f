/** The second person's word: what goes and what remains is read once more, and a box is ticked before the act. */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Check } from '../../ui/Check.tsx';
import { worker } from '../../worker/connection.ts';
import { WhatGoes } from './WhatGoes.tsx';

interface AgreeProps {
  readonly view: CaseView;
  readonly disposal: WorkState['disposals'][number];
  readonly onClose: () => void;
}

export function AgreeToDisposal({ view, disposal, onClose }: AgreeProps) {
  const [read, setRead] = useState(false);
  const { preview } = view.work.keeping;
  const run = !read ? null : () => worker().doWork(view.row.case, { is: 'disposal agreed', disposal: disposal.id });
  return (
    <AskForm
      title="Confirm disposal"
      act="Confirm disposal"
      failed="The disposal was not confirmed."
      run={run}
      onClose={onClose}
      wide
      urgent
    >
      <p>
        {disposal.asked.by.personName} proposed it: {disposal.reason}
      </p>
      {preview !== null && <WhatGoes preview={preview} />}
      <Check selected={read} onChange={setRead}>
        I have read what is destroyed and what remains. It cannot be undone.
      </Check>
    </AskForm>
  );
}
