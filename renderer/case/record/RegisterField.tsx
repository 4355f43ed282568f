/**
 * A field that loses nothing. One value: it can be edited, and is set a moment after the typing stops. Two (both were set
 * by people who had not seen the other): both are shown with who and when, until somebody chooses.
 */
import { useContext } from 'react';
import { checkField } from '../../../shared/model/formats/check.ts';
import type { FieldValue } from '../../../shared/model/record.ts';
import { chooseValue, setField } from '../../../shared/model/register.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { timeText } from '../../ui/format.ts';
import { RecordContext } from './recordContext.ts';
import { useDraft } from './useDraft.ts';
import { authorNow } from './useRecord.ts';

export function RegisterField({ value }: { readonly value: FieldValue }) {
  const place = useContext(RecordContext);
  if (place === null) return null;
  if (value.values.length > 1) return <Conflict value={value} />;
  const now = value.values[0]?.value ?? '';
  if (!place.mayWrite) return <ReadOnly label={value.field.label} value={now} />;
  if (value.field.choices !== undefined) {
    return (
      <Choice
        label={value.field.label}
        value={now === '' ? null : now}
        options={value.field.choices.map((choice) => ({ value: choice, text: choice }))}
        onChange={(chosen) =>
          setField(
            place.root,
            value.path,
            chosen,
            authorNow(place.name),
            value.values.map((claim) => claim.key),
          )
        }
      />
    );
  }
  return <TextRegister value={value} />;
}

const ReadOnly = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className="field">
    <span className="label">{label}</span>
    <span>{value === '' ? <span className="quiet">not given</span> : value}</span>
  </div>
);

function TextRegister({ value }: { readonly value: FieldValue }) {
  const { shown, isPending, type, settle } = useDraft(value);
  const checked = checkField(value.field, shown);
  // A value that stands is never called wrong: whoever wrote it may have had another version of the rules.
  const wrong = isPending && !checked.ok ? checked.cause : null;
  const advice = checked.ok ? checked.value.advice : null;
  return (
    <Field
      label={value.field.label}
      value={shown}
      onChange={type}
      onBlur={settle}
      wrong={wrong}
      mono={value.field.type === 'urn'}
      {...(value.field.type === 'date' && { type: 'date' as const })}
      {...(value.field.type === 'long text' && { lines: 2 })}
      {...(advice !== null && { hint: advice })}
    />
  );
}

function Conflict({ value }: { readonly value: FieldValue }) {
  const place = useContext(RecordContext);
  if (place === null) return null;
  return (
    <div className="conflict" role="group" aria-label={`${value.field.label}: ${value.values.length} values`}>
      <span className="label">
        {value.field.label}: {value.values.length === 2 ? 'two' : value.values.length} values
      </span>
      <ul>
        {value.values.map((claim) => (
          <li key={claim.key}>
            <span className="title-cell">
              <strong>{claim.value === '' ? '(left empty)' : claim.value}</strong>
              <span className="quiet small">
                {claim.by}, {timeText(claim.at)}
              </span>
            </span>
            {place.mayWrite && (
              <Button
                small
                name={`Keep this: ${claim.value}`}
                onPress={() => chooseValue(place.root, value.path, claim, authorNow(place.name))}
              >
                Keep this
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
