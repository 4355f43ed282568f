/**
 * First run: from an address and a code to an enrolled computer. Owns what was typed until it is done; shows who this
 * computer will belong to before anything is confirmed. Codes and passphrases go to main and nowhere else.
 */
import './enrol.css';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { EnrolCause, EnrolOffer } from '../../shared/ipc/preload.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';
import { Comparing } from './Comparing.tsx';
import { Confirm } from './Confirm.tsx';
import { Doorway } from './Doorway.tsx';
import { ENROL_SENTENCES } from './sentences.ts';

export function Enrol({ comparing }: { readonly comparing: string | null }) {
  const [relay, setRelay] = useState('');
  const [code, setCode] = useState('');
  const [offer, setOffer] = useState<EnrolOffer | null>(null);
  const [cause, setCause] = useState<EnrolCause | null>(null);
  const [busy, setBusy] = useState(false);

  const lookUp = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    const outcome = await desktop().lookUp(relay.trim(), code.trim());
    setBusy(false);
    if (outcome.ok) setOffer(outcome.value);
    else setCause(outcome.cause);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void lookUp();
  };

  if (offer !== null)
    return (
      <Doorway>
        {comparing !== null && <Comparing digits={comparing} />}
        <div hidden={comparing !== null}>
          <Confirm offer={offer} onBack={() => setOffer(null)} />
        </div>
      </Doorway>
    );
  return (
    <Doorway>
      <form className="stack" onSubmit={submit}>
        <h1>Enrol this computer</h1>
        <p className="quiet">
          Your administrator, or a computer of yours under Access, Computers, gave you an address and a code that works
          once. This needs a network; afterwards Joinder works without one.
        </p>
        <Field
          label="Relay address"
          value={relay}
          onChange={setRelay}
          inputMode="url"
          placeholder="https://"
          autoFocus
          mono
        />
        <Field
          label="Enrolment code"
          value={code}
          onChange={setCode}
          mono
          hint="Eight groups of five. Capitals and dashes do not matter."
        />
        {cause !== null && <Trouble {...ENROL_SENTENCES[cause]} />}
        <div className="row">
          <Button kind="main" type="submit" disabled={relay.trim() === '' || code.trim() === ''} busy={busy}>
            {busy ? 'Looking up…' : 'Look up'}
          </Button>
        </div>
      </form>
    </Doorway>
  );
}
