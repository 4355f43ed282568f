/** A lead's word on an emergency that is over. Not justified needs a note: it is what comes of it. */
import { useState } from 'react';
import type { EmergencyRow } from '../../../shared/ipc/emergency.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';
import { Said } from './Said.tsx';

const WORDS = [
  { value: 'yes', text: 'Justified' },
  { value: 'no', text: 'Not justified' },
] as const;

export function JudgeDialog({ row, onClose }: { readonly row: EmergencyRow; readonly onClose: () => void }) {
  const [word, setWord] = useState<'yes' | 'no' | null>(null);
  const [note, setNote] = useState('');
  const ready = word !== null && (word === 'yes' || note.trim() !== '');
  const judge = () => worker().judgeEmergency(row.case, row.reason, word === 'yes', note);
  return (
    <AskForm
      title="Was this emergency access justified?"
      act="Save"
      run={ready ? judge : null}
      failed="It was not saved."
      onClose={onClose}
    >
      <Said row={row} />
      <Choice label="Your word" placeholder="Choose" options={WORDS} value={word} onChange={setWord} />
      <Field
        label="Note"
        lines={3}
        value={note}
        onChange={setNote}
        required={word === 'no'}
        hint="Stays in the case with your name, and the person sees it. Needed where it was not justified."
      />
    </AskForm>
  );
}
