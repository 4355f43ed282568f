/**
 * Later runs, and after every lock: the passphrase. A wrong one gets a clear word and a growing delay that is counted down.
 */
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import type { CopiesWord, LeaseFileCause, ProfileState, UnlockCause } from '../../shared/ipc/preload.ts';
import { Doorway } from '../enrol/Doorway.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { dayText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';
import { BeginAnew } from './BeginAnew.tsx';
import { now } from '../worker/now.ts';

type Locked = Extract<ProfileState, { readonly is: 'locked' }>;

const WHY: Record<Locked['why'], string> = {
  start: 'Everything on this computer is sealed until you unlock it.',
  asked: 'You locked Joinder. Everything is sealed, and what was on its way goes on when you unlock.',
  idle: 'Joinder locked itself because nothing was touched for a while. Nothing is lost.',
  sleep: 'Joinder locked itself because the computer went to sleep. Nothing is lost.',
  ended: 'Your organisation has ended this computer’s access.',
  lease: 'This computer has been off line for longer than your organisation allows, so Joinder has locked it.',
  clock: 'This computer’s clock was set back, so Joinder has locked it.',
};

const LEASE_NEXT =
  'Nothing was deleted, and what you wrote goes out when you are back. Connect to the network and unlock: your organisation lets the computer on by itself. If the network is down for long, ask your administrator for a lease file.';

const CLOCK_NEXT = 'Nothing was deleted. Set the clock right, or connect to the network, and unlock.';

const ENDED_NEXT =
  'Everything on it stays sealed, and nothing has been deleted so far. What was sent is with your colleagues; what was not is brought to them, sealed, while this computer is on line, and they decide about it. If you should still have access, ask your administrator for a new code, and enrol again in a fresh profile.';

const CAUSES: Record<UnlockCause, { readonly sentence: string; readonly next: string }> = {
  'access ended': { sentence: WHY.ended, next: ENDED_NEXT },
  'lease ended': {
    sentence: 'This computer has been off line for longer than your organisation allows.',
    next: LEASE_NEXT,
  },
  'clock behind': {
    sentence: 'The clock of this computer says less than it did before.',
    next: CLOCK_NEXT,
  },
  'lease file': {
    sentence: 'That lease file does not serve this computer.',
    next: 'It was made by another authority, for other computers, or has itself ended. Ask your administrator for a new one.',
  },
  'wrong passphrase': {
    sentence: 'This is not the passphrase.',
    next: 'Check Caps Lock and try again. Each wrong try makes the wait before the next one longer.',
  },
  wait: { sentence: 'Too soon after a wrong try.', next: 'Wait for the countdown, then try again.' },
  damaged: {
    sentence: 'The keys on this computer cannot be read: their file is damaged.',
    next: 'Try a backup of the profile. Without one, ask your administrator for a new code and enrol again; what was sent is safe.',
  },
  'disk error': {
    sentence: 'This computer’s disk could not be read or written.',
    next: 'Restart the computer and try again. If it comes back, have the disk looked at; what was sent is safe.',
  },
  'key store changed': {
    sentence: 'The key store of this computer no longer holds its half of the key.',
    next: 'Sign in to the computer as the person who enrolled it. If the account was made anew, ask your administrator for a new code.',
  },
  'disk full': {
    sentence: 'The disk of this computer is full, so Joinder cannot start.',
    next: 'Free some space, then unlock again. Nothing is lost.',
  },
};

export function Unlock({ profile }: { readonly profile: Locked }) {
  return profile.why === 'ended' ? <Ended profile={profile} /> : <Passphrase profile={profile} />;
}

/** Nothing that is typed here would open it again, so there is nothing to type. */
function Ended({ profile }: { readonly profile: Locked }) {
  return (
    <Doorway>
      <div className="stack">
        <div>
          <h1>Access ended</h1>
          <p>{whoseText(profile)}</p>
        </div>
        <p role="status">{WHY.ended}</p>
        <p className="quiet">{ENDED_NEXT}</p>
        {profile.copies !== null && <p>{copiesSentence(profile.org, profile.copies)}</p>}
      </div>
    </Doorway>
  );
}

/** A computer that had to forget whose it was says what it still knows. */
const whoseText = ({ person, org }: Locked): string => [person, org].filter((part) => part !== '').join(', ');

/** What becomes of what this computer holds. */
function copiesSentence(org: string, { day, isHeld, isUnsent }: CopiesWord): string {
  if (isUnsent)
    return `${org} has ordered that what this computer holds is deleted. What had not been sent is brought to your colleagues first: connect to the network.`;
  if (isHeld || day === null) return `${org} keeps what this computer holds until further notice.`;
  return `What this computer holds is deleted from ${dayText(day)} on, as soon as it is on line.`;
}

function Passphrase({ profile }: { readonly profile: Locked }) {
  const [passphrase, setPassphrase] = useState('');
  const [cause, setCause] = useState<UnlockCause | null>(null);
  const [busy, setBusy] = useState(false);
  const seconds = useCountdown(profile.waitUntil);

  const unlock = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    const outcome = await desktop().unlock(passphrase);
    setBusy(false);
    setPassphrase('');
    if (!outcome.ok) setCause(outcome.cause);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void unlock();
  };

  return (
    <Doorway>
      <form className="stack" onSubmit={submit}>
        <div>
          <h1>Unlock</h1>
          <p>{whoseText(profile)}</p>
        </div>
        <p className="quiet">{WHY[profile.why]}</p>
        {profile.copies !== null && <p>{copiesSentence(profile.org, profile.copies)}</p>}
        {cause === null && profile.why === 'lease' && <p>{LEASE_NEXT}</p>}
        {cause === null && profile.why === 'clock' && <p>{CLOCK_NEXT}</p>}
        <Field label="Passphrase" type="password" value={passphrase} onChange={setPassphrase} autoFocus />
        {cause !== null && <Trouble {...CAUSES[cause]} />}
        {needsLease(profile, cause) && <LeaseFile />}
        {seconds > 0 && <p role="timer">You can try again in {seconds} s.</p>}
        <div className="row">
          <Button kind="main" type="submit" disabled={seconds > 0 || passphrase === ''} busy={busy}>
            {busy ? 'Unlocking…' : 'Unlock'}
          </Button>
        </div>
        <LostPassphrase whose={whoseText(profile)} />
        {profile.keyStore === 'none' && (
          <p className="quiet small">
            This computer has no key store of its own that could help: the passphrase alone guards what is here.
          </p>
        )}
      </form>
    </Doorway>
  );
}

/** As docs/lost-laptop.md says it: a lost passphrase is a lost laptop. */
const LostPassphrase = ({ whose }: { readonly whose: string }) => (
  <details>
    <summary>Lost your passphrase?</summary>
    <ul className="bullets">
      <li>It is kept nowhere: nobody can bring it back, and there is no way round it.</li>
      <li>
        On another of your computers, under Access, Computers, remove this one and add a new one. If you have no other,
        ask a key-admin or administrator of your organisation to do both; a guest asks who answers for them.
      </li>
      <li>
        Your cases come to the new computer from your colleagues’ computers, or from two custodians. What this one had
        not sent stays sealed here.
      </li>
      <li>This computer itself can then begin anew, with a new code. What it had not sent is looked after first.</li>
    </ul>
    <BeginAnew whose={whose} />
  </details>
);

const needsLease = (profile: Locked, cause: UnlockCause | null): boolean =>
  cause === 'lease ended' || cause === 'clock behind' || cause === 'lease file' || profile.why === 'lease';

/** For a long outage: a file that the authority signed. The next unlocking judges it. */
function LeaseFile() {
  const [said, setSaid] = useState('');
  const choose = async (): Promise<void> => {
    const chosen = await desktop().chooseLeaseFile();
    if (!chosen.ok) setSaid(LEASE_FILE[chosen.cause]);
    else if (chosen.value) setSaid('The lease file was read. Unlock with your passphrase to use it.');
  };
  return (
    <div className="row">
      <Button onPress={() => void choose()}>Choose a lease file</Button>
      <span role="status">{said}</span>
    </div>
  );
}

const LEASE_FILE: Record<LeaseFileCause, string> = {
  'no lease': 'That is not a lease file. It is a short text that begins with joinder-lease-1.',
  'disk full': 'The disk of this computer is full. Free some space, then choose the file again.',
  'disk error': 'This computer’s disk could not be written. Try again.',
};

/** Whole seconds left until then. */
function useCountdown(until: number | null): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (until === null) return undefined;
    const timer = setInterval(() => setAt(now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - at) / 1000));
}
