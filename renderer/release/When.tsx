/**
 * When a package goes: at once (as soon as there is a link), or when all that is chosen here holds.
 */
import type { ReleaseWhen } from '../../shared/model/events.ts';
import { Check, Radios } from '../ui/Check.tsx';
import { Field } from '../ui/Field.tsx';

export interface WhenChoice {
  readonly mode: 'now' | 'when';
  readonly sealed: boolean;
  readonly timed: boolean;
  /** As a datetime-local field has it. */
  readonly at: string;
  readonly unmetered: boolean;
}

export const NOW: WhenChoice = { mode: 'now', sealed: false, timed: false, at: '', unmetered: false };

/** Null while a time is asked for and none is given. */
export function whenOf(choice: WhenChoice): ReleaseWhen | null {
  if (choice.mode === 'now') return { sealed: false, at: null, unmetered: false };
  const at = choice.timed ? new Date(choice.at).getTime() : null;
  return at !== null && Number.isNaN(at) ? null : { sealed: choice.sealed, at, unmetered: choice.unmetered };
}

export function When({
  value,
  onChange,
}: {
  readonly value: WhenChoice;
  readonly onChange: (value: WhenChoice) => void;
}) {
  const change = (part: Partial<WhenChoice>): void => onChange({ ...value, ...part });
  return (
    <div className="part">
      <Radios
        label="Send"
        value={value.mode}
        onChange={(mode) => change({ mode })}
        options={[
          { value: 'now', text: 'Now, or as soon as there is a link' },
          { value: 'when', text: 'When all of these hold' },
        ]}
      />
      {value.mode === 'when' && (
        <div className="part when">
          <Check selected={value.sealed} onChange={(sealed) => change({ sealed })}>
            Every file is sealed
          </Check>
          <Check selected={value.timed} onChange={(timed) => change({ timed })}>
            Not before a time
          </Check>
          {value.timed && (
            <Field label="Not before" type="datetime-local" value={value.at} onChange={(at) => change({ at })} />
          )}
          <Check selected={value.unmetered} onChange={(unmetered) => change({ unmetered })}>
            Not on a metered link
          </Check>
        </div>
      )}
    </div>
  );
}
