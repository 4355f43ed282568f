/** Opening a campaign: its name, until when, whether it comes again, and which posts in which cases it asks about. */
import { useState } from 'react';
import type { RecertificationView } from '../../../shared/ipc/recertification.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { worker } from '../../worker/connection.ts';

const AGAIN = [
  { value: '0', text: 'Once' },
  { value: '3', text: 'Every 3 months' },
  { value: '6', text: 'Every 6 months' },
  { value: '12', text: 'Every year' },
] as const;

const ABOUT = [
  { value: 'all', text: 'Every post in every case' },
  { value: 'unit', text: 'The posts of a unit' },
  { value: 'person', text: 'The posts of a person' },
  { value: 'cases', text: 'Cases by name or URN' },
] as const;

export function OpenCampaign({ view, onClose }: { readonly view: RecertificationView; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [until, setUntil] = useState('');
  const [again, setAgain] = useState<(typeof AGAIN)[number]['value']>('0');
  const [about, setAbout] = useState<(typeof ABOUT)[number]['value']>('all');
  const [unit, setUnit] = useState<string | null>(null);
  const [person, setPerson] = useState<PersonId | null>(null);
  const [cases, setCases] = useState('');
  const named = cases.split('\n').filter((line) => line.trim() !== '');
  const scope = {
    units: about === 'unit' && unit !== null ? [unit] : [],
    people: about === 'person' && person !== null ? [person] : [],
    cases: about === 'cases' ? named : [],
  };
  const isChosen = about === 'all' || Object.values(scope).some((list) => list.length > 0);
  const ready = name.trim() !== '' && until !== '' && isChosen;
  const every = again === '0' ? null : Number(again);
  return (
    <AskForm
      title="Open a campaign"
      act="Open"
      run={ready ? () => worker().recertify({ is: 'open', name, until, every, ...scope }) : null}
      failed="It was not opened."
      onClose={onClose}
    >
      <p>
        Leads of cases, and managers who write in them, are asked about every post that is in. You see how many were
        kept and removed, and no word of a case.
      </p>
      <Field label="Name" value={name} onChange={setName} placeholder="Spring review" required />
      <Field label="Last day" type="date" value={until} onChange={setUntil} required />
      <Choice label="Comes again" value={again} onChange={setAgain} options={AGAIN} />
      <Choice label="About" value={about} onChange={setAbout} options={ABOUT} />
      {about === 'unit' && (
        <Choice
          label="Unit"
          value={unit}
          onChange={setUnit}
          placeholder="Choose a unit"
          options={view.units.map((one) => ({ value: one, text: one }))}
        />
      )}
      {about === 'person' && (
        <Choice
          label="Person"
          value={person}
          onChange={setPerson}
          placeholder="Choose a person"
          options={view.people.map((one) => ({ value: one.person, text: one.name }))}
        />
      )}
      {about === 'cases' && (
        <Field label="Cases" lines={3} value={cases} onChange={setCases} hint="A name or URN on each line." required />
      )}
    </AskForm>
  );
}
