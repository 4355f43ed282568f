/**
 * Signing in with one's organisation in the system browser: what will open, the wait with a way out, and why it did not do.
 * Whoever is sent back signed in goes on to "Is this you?". Nothing of the sign-in itself passes here.
 */
import { useEffect, useRef, useState } from 'react';
import type { EnrolOffer, SignInOffer, SignInRefused } from '../../shared/ipc/preload.ts';
import { Button } from '../ui/Button.tsx';
import { dayText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';
import { Fingerprint } from './Fingerprint.tsx';
import { SIGN_IN_SENTENCES } from './signInSentences.ts';

interface Props {
  readonly offer: SignInOffer;
  readonly onSignedIn: (offer: EnrolOffer) => void;
  readonly onBack: () => void;
}

export function SignIn({ offer, onSignedIn, onBack }: Props) {
  const [refused, setRefused] = useState<SignInRefused | null>(null);
  const [waiting, setWaiting] = useState(false);
  useEffect(() => () => void desktop().cancelSignIn(), []); // whoever left this page waits no more

  const signIn = async (): Promise<void> => {
    setWaiting(true);
    setRefused(null);
    const outcome = await desktop().signIn();
    setWaiting(false);
    if (outcome.ok) onSignedIn(outcome.value);
    else setRefused(outcome.cause);
  };

  if (waiting) return <Waiting host={offer.host} />;
  return (
    <div className="stack">
      <h1>Sign in with your organisation</h1>
      <dl className="offer">
        <dt>Organisation</dt>
        <dd>{offer.org}</dd>
        <dt>Sign-in page</dt>
        <dd className="mono">{offer.host}</dd>
        <Fingerprint of={offer.fingerprint} />
      </dl>
      <p className="quiet">
        Your browser opens your organisation’s own page. Joinder never sees your password, and keeps nothing of the
        sign-in.
      </p>
      {refused !== null && <Refused {...refused} />}
      <div className="row">
        <Button onPress={onBack}>Back</Button>
        <Button kind="main" autoFocus onPress={() => void signIn()}>
          {refused === null ? 'Sign in with your organisation' : 'Try again'}
        </Button>
      </div>
    </div>
  );
}

function Refused({ cause, day }: SignInRefused) {
  if (cause === 'not in' && day !== null)
    return (
      <Trouble
        sentence={`Your access begins on ${dayText(day)}.`}
        next="You are known, and this was a good sign-in. Come back on that day."
      />
    );
  return <Trouble {...SIGN_IN_SENTENCES[cause]} />;
}

/** While the browser is asked: everything else waits, but the way out. */
function Waiting({ host }: { readonly host: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="stack">
      <h1 ref={heading} tabIndex={-1}>
        Sign in in your browser
      </h1>
      <p role="status">Waiting for you to sign in at {host}. This page goes on by itself.</p>
      <p className="quiet">No page to be seen? It may be behind this window, or another browser may have it.</p>
      <div className="row">
        <Button onPress={() => void desktop().cancelSignIn()}>Cancel</Button>
        <Button onPress={() => void desktop().openBrowserAgain()}>Open the page again</Button>
      </div>
    </div>
  );
}
