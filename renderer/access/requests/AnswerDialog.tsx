/** Answering a request: which of the cases that one leads it means, until when; or why not. */
import { useState } from 'react';
import type { AnswerRequest, RequestRow } from '../../../shared/ipc/access.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

interface AnswerDialogProps {
  readonly row: RequestRow;
  readonly approve: boolean;
  readonly onClose: () => void;
}

export function AnswerDialog({ row, approve, onClose }: AnswerDialogProps) {
  const fitting = row.cases.filter(({ fits }) => fits);
  const [of, setOf] = useState<CaseId | null>(fitting.length === 1 ? (fitting[0]?.case ?? null) : null);
  const [until, setUntil] = useState(row.until);
  const [why, setWhy] = useState('');
  const doing = useAct();
  const answer: AnswerRequest | null = approve
    ? of === null || until === ''
      ? null
      : { is: 'approve', case: of, until, why }
    : why.trim() === ''
      ? null
      : { is: 'decline', why };
  const run = (): void => {
    if (answer === null) return;
    void doing.run(() => worker().answerRequest(row.id, answer)).then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title={approve ? 'Approve request' : 'Decline request'} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p>
          {row.by} asks for “{row.wanted}”: {row.why}
        </p>
        {approve && row.cases.length === 0 && (
          <p className="needs">You lead no case, so that you cannot let anybody in. Decline, and say who leads it.</p>
        )}
        {approve && row.cases.length > 0 && (
          <>
            <Choice
              label="Case"
              value={of}
              onChange={setOf}
              placeholder="Choose a case"
              options={row.cases.map((one) => ({ value: one.case, text: one.title }))}
            />
            <Field
              label="Until"
              type="date"
              value={until}
              onChange={setUntil}
              hint="Access ends by itself after this day."
            />
            <p className="quiet small">
              Access is given to the post {row.byPost}: everybody who holds it can see the case until then.
            </p>
          </>
        )}
        <Field
          label="Reason"
          lines={2}
          value={why}
          onChange={setWhy}
          {...(approve ? { optional: true } : { required: true })}
        />
        {doing.wrong !== null && <Trouble sentence="It was not answered." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={answer === null} busy={doing.busy}>
            {approve ? 'Approve' : 'Decline'}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
