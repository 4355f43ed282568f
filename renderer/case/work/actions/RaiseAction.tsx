/**
 * Raising an item of the action plan: what is needed, by when, and what it is about: a finding of the check, with its rule
 * and its place in the case, and files.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { ItemId } from '../../../../shared/primitives/ids.ts';
import type { Finding } from '../../../../shared/model/rules/preflight/preflight.ts';
import { addSpan } from '../../../../shared/primitives/calendar.ts';
import { AskForm } from '../../../ui/AskForm.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Field } from '../../../ui/Field.tsx';
import { worker } from '../../../worker/connection.ts';
import { useCheck } from '../../../worker/views.ts';
import { ChooseFiles } from './ChooseFiles.tsx';
import { today } from '../../../ui/today.ts';

interface RaiseActionProps {
  readonly view: CaseView;
  /** What of the check it is begun from. */
  readonly finding?: Finding;
  readonly onClose: () => void;
}

const NONE = { value: 'none', text: 'Nothing of the check' };
const keyOf = ({ code, path }: Finding): string => `${code} ${path}`;

const FIRST_DUE = { days: 7 };

export function RaiseAction({ view, finding, onClose }: RaiseActionProps) {
  const check = useCheck(view.row.case);
  const [text, setText] = useState(finding?.sentence ?? '');
  const [key, setKey] = useState(finding ? keyOf(finding) : NONE.value);
  const [due, setDue] = useState(() => addSpan(today(), FIRST_DUE) ?? '');
  const [items, setItems] = useState<readonly ItemId[]>([]);
  const findings = check?.findings ?? (finding ? [finding] : []);
  const about = findings.find((one) => keyOf(one) === key);
  /** The finding's sentence serves until somebody writes their own. */
  const choose = (chosen: string): void => {
    setKey(chosen);
    const fresh = findings.find((one) => keyOf(one) === chosen)?.sentence ?? '';
    if (text.trim() === '' || text === about?.sentence) setText(fresh);
  };
  const wrong = due !== '' && due < today() ? 'That day has passed. Choose today or a later day.' : null;
  const ready = text.trim() !== '' && wrong === null;
  const run = !ready
    ? null
    : () =>
        worker().doWork(view.row.case, {
          is: 'action raised',
          text: text.trim(),
          due: due === '' ? null : due,
          items: [...items],
          paths: about ? [about.path] : [],
          rule: about?.code ?? null,
          package: null,
        });
  return (
    <AskForm
      title="Raise an action"
      act="Raise action"
      failed="The action was not raised."
      run={run}
      onClose={onClose}
      wide
    >
      <Field label="What is needed" lines={4} value={text} onChange={setText} autoFocus required />
      <Field label="Due" type="date" value={due} onChange={setDue} wrong={wrong} optional />
      {findings.length > 0 && (
        <Choice
          label="About this finding of the check"
          value={key}
          options={[NONE, ...findings.map((one) => ({ value: keyOf(one), text: one.sentence, hint: one.reasonText }))]}
          onChange={choose}
        />
      )}
      <ChooseFiles view={view} label="About these files" chosen={items} onChange={setItems} />
    </AskForm>
  );
}
