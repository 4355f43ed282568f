/** Asking about a past day: who could see something then, or what somebody could see. A day is one of this computer's time zone. */
import { useState } from 'react';
import { stoodWithin } from '../../../shared/model/access/sights.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { dayText } from '../../ui/format.ts';

type Span = Parameters<typeof stoodWithin>[0];

/** `text`: the day in words. */
export interface Day {
  readonly text: string;
  readonly has: (span: Span) => boolean;
}

/** Null: no day, or not one of the calendar. */
function dayOf(value: string): Day | null {
  const from = new Date(`${value}T00:00:00`);
  if (value === '' || Number.isNaN(from.getTime())) return null;
  const to = new Date(from);
  to.setDate(to.getDate() + 1); // not 24 hours on two days of the year
  return { text: dayText(value), has: (span) => stoodWithin(span, from.getTime(), to.getTime()) };
}

/** The day that somebody chose, and the field to choose it in. Null: none, so that what is shown is of now. */
export function useDay(): { readonly day: Day | null; readonly field: React.ReactNode } {
  const [value, setValue] = useState('');
  const field = (
    <div className="row beside">
      <Field label="On a past day" type="date" value={value} onChange={setValue} />
      {value !== '' && (
        <Button small onPress={() => setValue('')}>
          Now
        </Button>
      )}
    </div>
  );
  return { day: dayOf(value), field };
}
