/**
 * Who this computer will belong to, and the passphrase that will guard it: the last step before its keys are made.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { EnrolCause, EnrolOffer } from '../../shared/ipc/preload.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';
import { Fingerprint } from './Fingerprint.tsx';
import { ENROL_SENTENCES } from './sentences.ts';
import { strengthOf } from './strength.ts';
import { postText } from '../../shared/seal/directory/postText.ts';

export function Confirm({ offer, onBack }: { readonly offer: EnrolOffer; readonly onBack: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [computer, setComputer] = useState('Laptop');
  const [cause, setCause] = useState<EnrolCause | null>(null);
  const [busy, setBusy] = useState(false);
  const strength = strengthOf(passphrase);
  const differs = again !== '' && again !== passphrase;

  const enrol = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    const outcome = await desktop().enrol(passphrase, computer.trim());
    setBusy(false);
    if (!outcome.ok) setCause(outcome.cause);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void enrol();
  };

  return (
    <form className="stack" onSubmit={submit}>
      <h1>Is this you?</h1>
      <dl className="offer">
        <dt>Name</dt>
        <dd>{offer.person}</dd>
        <dt>Organisation</dt>
        <dd>{offer.org}</dd>
        <dt>{offer.posts.length === 1 ? 'Post' : 'Posts'}</dt>
        <dd>
          {offer.posts.length === 0
            ? 'None yet'
            : offer.posts.map((post) => <div key={post.title + post.unit}>{postText(post)}</div>)}
        </dd>
        <Fingerprint of={offer.fingerprint} />
      </dl>
      <Field
        label="Passphrase"
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        hint={strength.sentence}
        autoFocus
      />
      <div className="strength" data-level={strength.level} aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      <Field
        label="Passphrase again"
        type="password"
        value={again}
        onChange={setAgain}
        wrong={differs ? 'The two are not the same.' : null}
      />
      <Field
        label="Name of this computer"
        value={computer}
        onChange={setComputer}
        hint="Shown to colleagues and on receipts."
      />
      <ul className="bullets">
        <li>Unsent work cannot be opened without the passphrase. Nobody can reset it, not even your administrator.</li>
        <li>When you open a file that was released to you, its sender sees that you did, and when.</li>
      </ul>
      {cause !== null && <Trouble {...ENROL_SENTENCES[cause]} />}
      <div className="row">
        <Button onPress={onBack} busy={busy}>
          Not me: go back
        </Button>
        <Button
          kind="main"
          type="submit"
          disabled={!strength.enough || again !== passphrase || computer.trim() === ''}
          busy={busy}
        >
          {busy ? 'Making this computer’s keys…' : 'Enrol this computer'}
        </Button>
      </div>
    </form>
  );
}
