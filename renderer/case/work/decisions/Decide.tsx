/**
 * Recording a charging decision: frozen the moment it is recorded. A later one replaces it, and both stay in sight.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Check.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { Charged, isCharged } from './Charged.tsx';
import type { Offences } from './Charged.tsx';
import { RecordedReasons } from '../RecordedReasons.tsx';
import { worker } from '../../../worker/connection.ts';

const OUTCOMES = [
  { value: 'charge', text: 'Charge' },
  { value: 'no further action', text: 'No further action' },
  { value: 'further evidence', text: 'Further evidence needed' },
] as const;
const TESTS = [
  { value: 'full code', text: 'Full code test' },
  { value: 'threshold', text: 'Threshold test' },
] as const;

export function Decide({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]['value']>('charge');
  const [test, setTest] = useState<(typeof TESTS)[number]['value']>('full code');
  const [offences, setOffences] = useState<Offences | null>(null);
  const [reasons, setReasons] = useState('');
  const [codes, setCodes] = useState<readonly string[]>([]);
  const doing = useAct();
  const { decisions } = view.work.state;
  const current = decisions.find(({ supersededBy }) => supersededBy === null);
  const route = view.work.may.includes('decided') ? 'prosecutor' : 'police';
  const area = view.areas.find(({ kind }) => kind === 'case file') ?? view.areas[0];
  const charges = offences === null || offences.length === 0 || offences.some(isCharged);
  const ready = reasons.trim() !== '' && (outcome !== 'charge' || charges);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'decided',
          supersedes: current?.id ?? null,
          outcome,
          route,
          test,
          offences: outcome === 'charge' ? (offences ?? []) : [],
          reasons: reasons.trim(),
          ...(outcome !== 'charge' && { codes: [...codes] }),
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Record a charging decision" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        {current !== undefined && (
          <p className="needs">
            This replaces the decision of {current.by.personName}. Both stay with the case, and both are seen.
          </p>
        )}
        <Radios
          label="Decision"
          options={OUTCOMES}
          value={outcome}
          onChange={(chosen) => {
            setOutcome(chosen);
            setCodes([]);
          }}
        />
        <Radios label="Test" options={TESTS} value={test} onChange={setTest} />
        {outcome === 'charge' && area !== undefined && <Charged area={area} chosen={offences} onChange={setOffences} />}
        {!charges && outcome === 'charge' && (
          <p className="needs small">Tick what is charged, or decide that no further action is taken.</p>
        )}
        {outcome !== 'charge' && (
          <RecordedReasons
            wanted={outcome === 'no further action' ? 'decline' : 'return'}
            chosen={codes}
            onChange={setCodes}
          />
        )}
        <Field label="Reasons" lines={6} value={reasons} onChange={setReasons} required autoFocus />
        {doing.wrong !== null && <Trouble sentence="The decision was not recorded." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            Record decision
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
