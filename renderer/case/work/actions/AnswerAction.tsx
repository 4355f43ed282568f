/**
 * Answering an action with material: what is said, and the files that answer it. Files still go by a release.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { ActionState } from '../../../../shared/model/work/state.ts';
import type { ItemId } from '../../../../shared/primitives/ids.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';
import { ChooseFiles, filesOf } from './ChooseFiles.tsx';

interface AnswerActionProps {
  readonly view: CaseView;
  readonly action: ActionState;
  readonly onClose: () => void;
}

export function AnswerAction({ view, action, onClose }: AnswerActionProps) {
  const [reason, setReason] = useState('');
  const [items, setItems] = useState<readonly ItemId[]>([]);
  const files = filesOf(view).filter(({ item }) => items.includes(item));
  const unsent = files.filter(
    (file) => !view.packages.some((pkg) => pkg.files.some(({ version }) => version === file.version)),
  );
  const ready = reason.trim() !== '' || files.length > 0;
  const run = !ready
    ? null
    : () =>
        worker().doWork(view.row.case, {
          is: 'action answered',
          action: action.id,
          outcome: 'answered',
          reason: reason.trim(),
          items: files.map(({ item, version, sha256, name }) => ({ item, version, sha256, name })),
          sent: [],
        });
  return (
    <AskForm
      title="Answer with material"
      act="Answer"
      failed="The answer was not recorded."
      run={run}
      onClose={onClose}
      wide
    >
      <p className="quoted">{action.text}</p>
      <Field label="Your answer" lines={3} value={reason} onChange={setReason} autoFocus />
      <ChooseFiles view={view} label="Files that answer it" chosen={items} onChange={setItems} />
      {unsent.length > 0 && (
        <p className="needs">
          {unsent.length === 1 ? 'One of these has' : `${unsent.length} of these have`} not been released yet. Release
          {unsent.length === 1 ? ' it' : ' them'} as a reply to the action plan, so that the prosecutor can open
          {unsent.length === 1 ? ' it' : ' them'}.
        </p>
      )}
    </AskForm>
  );
}
