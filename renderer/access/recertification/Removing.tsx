/** Removing posts in a review: who loses which case is said before, since it counts at once and is not taken back by another answer. */
import { useState } from 'react';
import type { ToReview } from '../../../shared/ipc/recertification.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import type { About } from './PassOn.tsx';
import { Picked } from './Picked.tsx';

interface RemovingProps {
  readonly about: About;
  readonly lines: readonly ToReview[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function Removing({ about, lines, onDone, onClose }: RemovingProps) {
  const [why, setWhy] = useState('');
  return (
    <AskForm
      title="Remove access"
      act="Remove"
      run={() => worker().recertify({ is: 'answer', ...about, answer: 'remove', to: null, why })}
      failed="It was not answered."
      onDone={onDone}
      onClose={onClose}
    >
      <p>These stop seeing the case at once. To let one in again, use Who can see this in the case.</p>
      <Picked label="What is removed" lines={lines} />
      <Field label="Reason" lines={2} optional value={why} onChange={setWhy} />
    </AskForm>
  );
}
