/**
 * A new case: what it is called and who is in it. Needs no network and no URN. Owns what is typed until it is made.
 */
import './cases.css';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { NewCase } from '../../shared/ipc/worker.ts';
import { CASE_KINDS } from '../../shared/model/events.ts';
import type { CaseKind } from '../../shared/model/events.ts';
import type { CaseId } from '../../shared/primitives/ids.ts';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';
import { People } from './People.tsx';
import { useRows } from './rows.ts';
import { urnHint } from './urnHint.ts';

const KIND_TEXT: Record<CaseKind, string> = {
  charging: 'For a charging decision',
  'first hearing': 'For a first hearing',
  trial: 'For trial',
  enquiry: 'Enquiry only',
};
const KINDS = CASE_KINDS.map((value) => ({ value, text: KIND_TEXT[value] }));
const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function NewCaseForm() {
  const { go, back } = useScreens();
  const me = useView('link')?.me.name;
  const [title, setTitle] = useState('');
  const [typedUrn, setTypedUrn] = useState('');
  const [kind, setKind] = useState<CaseKind>('charging');
  const [officer, setOfficer] = useState<string | null>(null);
  const [untitled, setUntitled] = useState(false);
  const suspects = useRows({ name: '', born: '' }, 1);
  const offences = useRows({ wording: '', code: '', date: '', place: '' }, 1);
  const victims = useRows({ name: '' });
  const witnesses = useRows({ name: '' });
  const act = useAct();
  const urn = urnHint(typedUrn);

  const create = async (): Promise<void> => {
    const made: NewCase = {
      title: title.trim(),
      urn: urn.urn,
      kind,
      officer: (officer ?? me ?? '').trim(),
      suspects: suspects.values
        .filter((one) => given(one.name))
        .map((one) => ({ name: one.name.trim(), born: given(one.born) })),
      offences: offences.values
        .filter((one) => given(one.wording) ?? given(one.code))
        .map((one) => ({
          code: one.code.trim().toUpperCase(),
          wording: one.wording.trim(),
          date: given(one.date),
          place: one.place.trim(),
        })),
      people: [
        ...victims.values.map((one) => ({ role: 'victim' as const, name: one.name.trim() })),
        ...witnesses.values.map((one) => ({ role: 'witness' as const, name: one.name.trim() })),
      ].filter((one) => one.name !== ''),
    };
    let id: CaseId | null = null;
    const done = await act.run(async () => {
      const outcome = await worker().createCase(made);
      if (outcome.ok) id = outcome.value;
      return outcome;
    });
    if (done && id !== null) go({ at: 'case', case: id, place: 'working papers' });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setUntitled(title.trim() === '');
    if (title.trim() !== '' && urn.wrong === null) void create();
  };

  return (
    <div className="screen">
      <form className="form" onSubmit={submit} aria-label="New case">
        <header>
          <h1>New case</h1>
          <p className="quiet">It is kept on this computer and shared with nobody. You can change everything later.</p>
        </header>
        <section className="form-part" aria-label="The case">
          <header>
            <h2>The case</h2>
          </header>
          <div>
            <Field
              label="Title"
              value={title}
              onChange={setTitle}
              autoFocus
              wrong={untitled && title.trim() === '' ? 'Give the case a title by which you will find it again.' : null}
              placeholder="R v …"
            />
            <div className="two">
              <Field
                label="URN"
                value={typedUrn}
                onChange={setTypedUrn}
                mono
                optional
                hint={urn.hint}
                wrong={urn.wrong}
              />
              <Choice label="Kind" options={KINDS} value={kind} onChange={setKind} />
              <Field label="Officer in the case" value={officer ?? me ?? ''} onChange={setOfficer} />
            </div>
          </div>
        </section>
        <People suspects={suspects} offences={offences} victims={victims} witnesses={witnesses} />
        {act.wrong !== null && <Trouble sentence="The case was not made." next={act.wrong} />}
        <footer>
          <Button kind="main" type="submit" busy={act.busy}>
            {act.busy ? 'Making the case…' : 'Create case'}
          </Button>
          <Button onPress={back}>Cancel</Button>
        </footer>
      </form>
    </div>
  );
}
