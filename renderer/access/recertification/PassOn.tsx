/** "I don't know": to whom the question goes who does. Whoever is named must be able to open every case that is ticked. */
import { useState } from 'react';
import type { RecertifyAct, ToReview } from '../../../shared/ipc/recertification.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import { Picked } from './Picked.tsx';

/** What is answered of, in which round. */
export type About = Pick<Extract<RecertifyAct, { is: 'answer' }>, 'campaign' | 'round' | 'of'>;

interface PassOnProps {
  readonly about: About;
  readonly lines: readonly ToReview[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function PassOn({ about, lines, onDone, onClose }: PassOnProps) {
  const [to, setTo] = useState<PersonId | null>(null);
  const [why, setWhy] = useState('');
  const known = (lines[0]?.passTo ?? []).filter(({ person }) =>
    lines.every(({ passTo }) => passTo.some((one) => one.person === person)),
  );
  return (
    <AskForm
      title="Pass on to somebody who knows"
      act="Pass on"
      run={to === null ? null : () => worker().recertify({ is: 'answer', ...about, answer: 'pass', to, why })}
      failed="It was not passed on."
      onDone={onDone}
      onClose={onClose}
    >
      <Picked label="What is passed on" lines={lines} />
      <p>
        Until they answer, {lines.length === 1 ? 'it counts' : 'they count'} as not reviewed, and what nobody reviews is
        removed after the last day.
      </p>
      {known.length === 0 ? (
        <p className="needs">Nobody else writes in every one of these cases. Tick fewer posts, or answer yourself.</p>
      ) : (
        <Choice
          label="To"
          value={to}
          onChange={setTo}
          placeholder="Choose a colleague"
          options={known.map(({ person, name }) => ({ value: person, text: name }))}
        />
      )}
      <Field label="What they should know" lines={2} optional value={why} onChange={setWhy} />
    </AskForm>
  );
}
