/**
 * "I need access in an emergency": which case, found by its URN or title before anything is opened; why; for how long. What
 * follows is said before the act.
 */
import { useState } from 'react';
import type { EmergencyFound } from '../../../shared/ipc/emergency.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';

const HOURS = [
  { value: '1', text: '1 hour' },
  { value: '4', text: '4 hours' },
  { value: '12', text: '12 hours' },
  { value: '24', text: '24 hours' },
] as const;
type Hours = (typeof HOURS)[number]['value'];

interface AskEmergencyDialogProps {
  readonly isOnLine: boolean;
  readonly onClose: () => void;
}

export function AskEmergencyDialog({ isOnLine, onClose }: AskEmergencyDialogProps) {
  const [wanted, setWanted] = useState('');
  const [why, setWhy] = useState('');
  const [hours, setHours] = useState<Hours>('4');
  const [found, setFound] = useState<{ readonly wanted: string; readonly is: EmergencyFound | null } | null>(null);
  const known = found?.wanted === wanted ? found.is : undefined;
  const find = async (): Promise<Result<unknown, ActCause>> => {
    const answer = await worker().findInEmergency(wanted);
    setFound({ wanted, is: answer.ok ? answer.value : null });
    return answer.ok || answer.cause === 'not found' ? STAY : answer;
  };
  const open = () => worker().askEmergency({ wanted, why, hours: Number(hours) });
  const mayOpen = known && why.trim() !== '' && isOnLine;
  return (
    <AskForm
      title="Access in an emergency"
      act={known ? 'Open it in an emergency' : 'Find the case'}
      run={known ? (mayOpen ? open : null) : wanted.trim() === '' ? null : find}
      failed={known ? 'It was not asked for.' : 'The case was not looked for.'}
      staysOn={STAY}
      wide
      urgent
      onClose={onClose}
    >
      <Field
        label="Case"
        value={wanted}
        onChange={setWanted}
        hint="Its URN, or its whole title. Cases that you do not see cannot be listed; one that you can name is found."
        required
        autoFocus
      />
      {known === null && (
        <p role="status">
          No case of your organisation is known by that name. Check the URN; or ask a lead, under Requests. A case that
          was made off line is found once its computer has been on line.
        </p>
      )}
      {known && <Found found={known} />}
      {known && (
        <>
          <Field
            label="Reason"
            lines={3}
            value={why}
            onChange={setWhy}
            required
            hint="Who is in danger, and what you need to know. The leads read it at once."
          />
          <Choice label="For how long" options={HOURS} value={hours} onChange={setHours} />
          <p className="quiet">
            You can read the case on this computer alone, until then or until a lead ends it. What was opened is on
            record, and a lead judges it. Looking at a case without need is misconduct, and may be a crime.
          </p>
          {!isOnLine && (
            <p role="status">This computer is off line: the case is not on it, and cannot be asked for now.</p>
          )}
        </>
      )}
    </AskForm>
  );
}

/** Looking it up was done, and the dialog goes on. */
const STAY: Result<null, ActCause> = { ok: true, value: null };

const Found = ({ found }: { readonly found: EmergencyFound }) => (
  <p role="status">
    There is such a case. It is with{' '}
    {found.asked.map(({ post, people }) => `${people.join(', ') || 'nobody'} (${post})`).join('; ')}: ask them first,
    where there is time.
  </p>
);
