/**
 * A field that loses nothing. One value: it can be edited, and is set a moment after the typing stops. Two (both were set
 * by people who had not seen the other): both are shown with who and when, until somebody chooses.
 */
import { useContext } from 'react';
import { checkField } from '../../../shared/model/formats/check.ts';
import type { Field as ModelField } from '../../../shared/model/formats/field.ts';
import type { FieldValue } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { useArrival } from '../../ui/useArrival.ts';
import { Conflict } from './Conflict.tsx';
import { RecordContext } from './recordContext.ts';
import { NOT_GIVEN, RefField, asRead } from './RefField.tsx';
import { SettledBefore } from './SettledBefore.tsx';
import { useDraft } from './useDraft.ts';
import { authorNow } from './useRecord.ts';

interface RegisterFieldProps {
  readonly value: FieldValue;
  /** Somebody followed a link to this field. */
  readonly focus?: boolean;
}

export function RegisterField({ value, focus }: RegisterFieldProps) {
  const place = useContext(RecordContext);
  const here = useArrival<HTMLDivElement>(focus === true);
  if (place === null) return null;
  const { field, path, values } = value;
  if (values.length > 1) return <Conflict value={value} />;
  const now = values[0]?.value ?? '';
  const wide = field.type === 'long text' || field.type === 'refs';
  return (
    <div ref={here} className={wide ? 'register wide' : 'register'}>
      {place.mayWrite ? (
        <OneValue
          value={value}
          now={now}
          onSet={(chosen) =>
            setField(
              place.root,
              path,
              chosen,
              authorNow(place.name),
              values.map((claim) => claim.key),
            )
          }
        />
      ) : (
        <ReadOnly label={labelOf(field)} value={asRead(place.record, field, now)} />
      )}
      <SettledBefore path={path} />
    </div>
  );
}

interface OneValueProps {
  readonly value: FieldValue;
  readonly now: string;
  readonly onSet: (value: string) => void;
}

function OneValue({ value, now, onSet }: OneValueProps) {
  const { field } = value;
  if (field.type === 'ref' || field.type === 'refs') return <RefField field={field} now={now} onSet={onSet} />;
  if (field.choices === undefined) return <TextRegister value={value} />;
  return (
    <Choice
      label={labelOf(field)}
      value={now === '' ? null : now}
      placeholder="Not given"
      options={[
        ...(now === '' || field.type === 'marking' ? [] : [NOT_GIVEN]),
        ...field.choices.map((choice) => ({ value: choice, text: choice })),
      ]}
      onChange={(chosen) => onSet(chosen === NOT_GIVEN.value ? '' : chosen)}
    />
  );
}

/** What somebody makes of it is kept apart from what somebody saw (Data Protection Act 2018, s.38). */
const labelOf = (field: ModelField): string => (field.nature === 'opinion' ? `${field.label} (opinion)` : field.label);

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
      label={labelOf(value.field)}
      value={shown}
      onChange={type}
      onBlur={settle}
      wrong={wrong}
      mono={value.field.type === 'urn'}
      {...(value.field.type === 'date' && { type: 'date' as const })}
      {...(value.field.type === 'time' && { type: 'time' as const })}
      {...(value.field.type === 'long text' && { lines: 2 })}
      {...(advice !== null && { hint: advice })}
    />
  );
}
