/**
 * A field that loses nothing. One value: it can be edited, and is set a moment after the typing stops. Two (both were set
 * by people who had not seen the other): both are shown with who and when, until somebody chooses.
 */
import { useContext, useEffect, useRef, useState } from 'react';
import { checkField } from '../../shared/model/fields.ts';
import type { FieldValue } from '../../shared/model/record.ts';
import { chooseValue, readField, setField } from '../../shared/model/register.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { timeText } from '../ui/format.ts';
import { RecordContext } from './recordContext.ts';
import { authorNow } from './useRecord.ts';

const SET_AFTER = 500;

export function RegisterField({ value }: { readonly value: FieldValue }) {
  const place = useContext(RecordContext);
  if (place === null) return null;
  if (value.values.length > 1) return <Conflict value={value} />;
  const now = value.values[0]?.value ?? '';
  if (!place.mayWrite) return <ReadOnly label={value.field.label} value={now} />;
  if (value.field.choices !== undefined) {
    return (
      <Choice
        label={value.field.label} value={now === '' ? null : now} options={value.field.choices.map((choice) => ({ value: choice, text: choice }))}
        onChange={(chosen) => setField(place.root, value.path, chosen, authorNow(place.name), value.values.map((claim) => claim.key))}
      />
    );
  }
  return <TextRegister value={value} now={now} />;
}

const ReadOnly = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className="field"><span className="label">{label}</span><span>{value === '' ? <span className="quiet">not given</span> : value}</span></div>
);

function TextRegister({ value, now }: { readonly value: FieldValue; readonly now: string }) {
  const { draft, type, settle } = useDraft(value);
  const checked = draft === null ? null : checkField(value.field, draft);
  const wrong = checked !== null && !checked.ok ? checked.cause : null;
  const advice = checked?.ok === true ? checked.value.advice : null;
  return (
    <Field
      label={value.field.label} value={draft ?? now} onChange={type} onBlur={settle} wrong={wrong}
      mono={value.field.type === 'urn'}
      {...(value.field.type === 'date' && { type: 'date' as const })}
      {...(value.field.type === 'long text' && { lines: 2 })}
      {...(advice !== null && { hint: advice })}
    />
  );
}

/** What is being typed in a field, until it is set. Replaces only what its writer saw when beginning. */
function useDraft(value: FieldValue) {
  const place = useContext(RecordContext);
  const [draft, setDraft] = useState<string | null>(null);
  const saw = useRef<readonly string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef<{ readonly draft: string | null; readonly value: FieldValue }>({ draft, value });
  latest.current = { draft, value };

  const set = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const { draft: typed } = latest.current;
    if (place === null || typed === null) return;
    const checked = checkField(value.field, typed);
    if (!checked.ok) return;
    const own = readField(place.root, value.path).filter((claim) => claim.client === place.client).map((claim) => claim.key);
    setField(place.root, value.path, checked.value.value, authorNow(place.name), [...saw.current, ...own]);
    place.onTyping(value.path, false);
  };
  const type = (text: string): void => {
    if (draft === null) saw.current = value.values.map((claim) => claim.key);
    setDraft(text);
    latest.current = { draft: text, value };
    place?.onTyping(value.path, true);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(set, SET_AFTER);
  };
  const settle = (): void => {
    set();
    // A value that cannot be kept stays in the field with what is wrong; a set one is the document's from here on.
    if (draft !== null && checkField(value.field, draft).ok) setDraft(null);
  };
  // A screen that closes while something is typed sets it first.
  const leave = useRef(set);
  leave.current = set;
  useEffect(() => () => leave.current(), []);
  return { draft, type, settle };
}

function Conflict({ value }: { readonly value: FieldValue }) {
  const place = useContext(RecordContext);
  if (place === null) return null;
  return (
    <div className="conflict" role="group" aria-label={`${value.field.label}: ${value.values.length} values`}>
      <span className="label">{value.field.label}: {value.values.length === 2 ? 'two' : value.values.length} values</span>
      <ul>
        {value.values.map((claim) => (
          <li key={claim.key}>
            <span className="title-cell"><strong>{claim.value === '' ? '(left empty)' : claim.value}</strong><span className="quiet small">{claim.by}, {timeText(claim.at)}</span></span>
            {place.mayWrite && <Button small name={`Keep this: ${claim.value}`} onPress={() => chooseValue(place.root, value.path, claim, authorNow(place.name))}>Keep this</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}
