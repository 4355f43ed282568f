/**
 * First run: from an address and a code, or a sign-in, to an enrolled computer. Owns what was typed until it is done; shows who this
 * computer will belong to before anything is confirmed. Codes and passphrases go to main and nowhere else.
 */
import './enrol.css';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { EnrolOffer, SignInCause, SignInOffer } from '../../shared/ipc/preload.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { whenText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';
import { Comparing } from './Comparing.tsx';
import { Confirm } from './Confirm.tsx';
import { Doorway } from './Doorway.tsx';
import { SignIn } from './SignIn.tsx';
import { SIGN_IN_SENTENCES } from './signInSentences.ts';

/** An organisation's code has five groups of five, an enrolment code eight; main checks either. */
const isOrgCode = (typed: string): boolean => typed.replaceAll(/[\s-]/g, '').length === 25;

interface Props {
  readonly comparing: string | null;
  /** What this computer held before, and was ordered to delete. */
  readonly erased: { readonly org: string; readonly at: Millis } | null;
}

export function Enrol({ comparing, erased }: Props) {
  const [relay, setRelay] = useState('');
  const [code, setCode] = useState('');
  const [offer, setOffer] = useState<EnrolOffer | null>(null);
  const [cause, setCause] = useState<SignInCause | null>(null);
  const [signIn, setSignIn] = useState<SignInOffer | null>(null);
  const [busy, setBusy] = useState(false);

  const lookUp = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    const typed = [relay.trim(), code.trim()] as const;
    if (isOrgCode(code)) {
      const found = await desktop().findSignIn(...typed);
      if (found.ok) setSignIn(found.value);
      else setCause(found.cause);
    } else {
      const outcome = await desktop().lookUp(...typed);
      if (outcome.ok) setOffer(outcome.value);
      else setCause(outcome.cause);
    }
    setBusy(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void lookUp();
  };

  if (offer !== null)
    return (
      <Doorway>
        {comparing !== null && <Comparing digits={comparing} isSignedIn={signIn !== null} />}
        <div hidden={comparing !== null}>
          <Confirm offer={offer} onBack={() => setOffer(null)} />
        </div>
      </Doorway>
    );
  if (signIn !== null)
    return (
      <Doorway>
        <SignIn offer={signIn} onSignedIn={setOffer} onBack={() => setSignIn(null)} />
      </Doorway>
    );
  return (
    <Doorway>
      <form className="stack" onSubmit={submit}>
        <h1>Enrol this computer</h1>
        {erased !== null && (
          <p role="status">
            What this computer held for {erased.org} has been deleted, as its authority ordered on {whenText(erased.at)}
            .
          </p>
        )}
        <p className="quiet">
          You have an address, and either your organisation’s code, to sign in with, or a code that works once: from
          your administrator, or a computer of yours under Access, Computers. This needs a network; afterwards Joinder
          works without one.
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
          hint="Eight groups of five; or five groups, your organisation’s, to sign in. Capitals and dashes do not matter."
        />
        {cause !== null && <Trouble {...SIGN_IN_SENTENCES[cause]} />}
        <div className="row">
          <Button kind="main" type="submit" disabled={relay.trim() === '' || code.trim() === ''} busy={busy}>
            {busy ? 'Looking up…' : isOrgCode(code) ? 'Find your organisation' : 'Look up'}
          </Button>
        </div>
      </form>
    </Doorway>
  );
}
