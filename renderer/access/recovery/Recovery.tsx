/**
 * Recovery: what cannot be opened here because its keys were on computers that are gone, asked of two custodians; what was asked,
 * with who and why, for each custodian to agree or decline; and, for all, who the custodians are and whether they are enough.
 */
import { useState } from 'react';
import type { LackingPlace, RecoveryRow, RecoveryView } from '../../../shared/ipc/recovery.ts';
import { AskForm } from '../../ui/AskForm.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText, whenText } from '../../ui/format.ts';
import { Loading, Trouble } from '../../ui/State.tsx';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';

const WITHOUT_CUSTODIANS =
  'where none has, two custodians could, and your organisation does not have two yet. Speak to your administrator.';

export function Recovery() {
  const view = useView('recovery');
  const [asking, setAsking] = useState(false);
  if (view === undefined) return <Loading what="recovery" />;
  return (
    <div className="access-body">
      <p className="quiet">
        When every computer that has a key is lost, or its passphrase, two custodians together bring the key back. None
        can alone, each sees who asks and why, and what they did is on record.
      </p>
      {!view.isEnough && (view.administers || view.isCustodian) && (
        <Trouble
          sentence="There are not two custodians: keys that are lost cannot be brought back."
          next="An administrator gives the role Custodian to two posts, under Posts, that two people hold who share none of them. Each starts Joinder once."
        />
      )}
      {view.lacking > 0 && (
        <section className="part stack" aria-label="Cannot be opened here">
          <h2>Cannot be opened here</h2>
          <p>
            {countText(view.lacking, 'place')} of your cases came without keys. A colleague’s computer gives them by
            itself where one has them; {view.isEnough ? 'where none has, ask the custodians.' : WITHOUT_CUSTODIANS}
          </p>
          <LackingPlaces places={view.places} all={view.lacking} />
          {view.isAsked ? (
            <p className="quiet">You have asked the custodians. What they say is shown below.</p>
          ) : (
            view.isEnough && (
              <div className="row">
                <Button kind="main" onPress={() => setAsking(true)}>
                  Ask the custodians…
                </Button>
              </div>
            )
          )}
        </section>
      )}
      {view.rows.length > 0 && (
        <section className="part" aria-label="Asked of the custodians">
          <h2>Asked of the custodians</h2>
          <ul className="cards" aria-label="Asked of the custodians">
            {view.rows.map((row) => (
              <RecoveryCard key={row.id} row={row} />
            ))}
          </ul>
        </section>
      )}
      <Custodians view={view} />
      {asking && <AskCustodians onClose={() => setAsking(false)} />}
    </div>
  );
}

const KINDS: Record<LackingPlace['kind'], string> = {
  'working papers': 'Working papers',
  'case file': 'Case file',
  sensitive: 'Sensitive material',
  guest: 'Shared with a guest',
  'disposal record': 'Record of a disposal',
};

/** Names and titles are sealed with the rest: what kind of place, and when it last changed, is all there is. */
function LackingPlaces({ places, all }: { readonly places: readonly LackingPlace[]; readonly all: number }) {
  return (
    <ul className="bullets" aria-label="Places that cannot be opened">
      {places.map((place) => (
        <li key={place.area}>
          {KINDS[place.kind]}, last changed {whenText(place.changed)}
          {place.wasAsked && ': asked for before, and not among the keys that were brought back'}
        </li>
      ))}
      {all > places.length && <li>and {all - places.length} more</li>}
    </ul>
  );
}

const Custodians = ({ view }: { readonly view: RecoveryView }) => (
  <section className="part" aria-label="Custodians">
    <h2>Custodians</h2>
    {view.custodians.length === 0 && <p className="quiet">Your organisation has none yet.</p>}
    <ul>
      {view.custodians.map(({ post, people, hasKey }) => (
        <li key={post}>
          {people.join(', ')} ({post}){!hasKey && ': has not started Joinder yet'}
        </li>
      ))}
    </ul>
  </section>
);

function RecoveryCard({ row }: { readonly row: RecoveryRow }) {
  const [answering, setAnswering] = useState<'agree' | 'decline' | 'withdraw' | null>(null);
  return (
    <li
      className={row.can === null && !row.mayWithdraw && row.word.tone !== 'attention' ? 'card past' : 'card'}
      aria-label={`${row.by}: ${row.why}`}
    >
      <div className="row">
        <strong>{row.mine ? 'You' : `${row.by} (${row.byPost})`}</strong>
        <Status word={row.word} live />
        {row.mayWithdraw && (
          <span className="push row">
            <Button small onPress={() => setAnswering('withdraw')}>
              Withdraw…
            </Button>
          </span>
        )}
        {row.can !== null && (
          <span className="push row">
            <Button small onPress={() => setAnswering('decline')}>
              Decline…
            </Button>
            <Button small kind="main" onPress={() => setAnswering('agree')}>
              Agree…
            </Button>
          </span>
        )}
      </div>
      <p>
        {countText(row.places, 'place')} of cases: {row.why}
      </p>
      <p className="quiet small">
        Asked {whenText(row.at)}. {row.acted.join(' ')}
      </p>
      {row.word.why !== undefined && <p className="small">{row.word.why}</p>}
      {answering === 'withdraw' && <WithdrawRecovery row={row} onClose={() => setAnswering(null)} />}
      {(answering === 'agree' || answering === 'decline') && (
        <AnswerRecovery row={row} agree={answering === 'agree'} onClose={() => setAnswering(null)} />
      )}
    </li>
  );
}

interface AnswerProps {
  readonly row: RecoveryRow;
  readonly agree: boolean;
  readonly onClose: () => void;
}

function AnswerRecovery({ row, agree, onClose }: AnswerProps) {
  const [why, setWhy] = useState('');
  const answer = () => worker().answerRecovery(row.id, agree ? null : why);
  return (
    <AskForm
      title={agree ? 'Bring keys back' : 'Decline to bring keys back'}
      act={agree ? 'Agree' : 'Decline'}
      run={agree || why.trim() !== '' ? answer : null}
      failed="Your word was not taken."
      onClose={onClose}
    >
      <p>
        <strong>{row.by}</strong> ({row.byPost}) asks for the keys of {countText(row.places, 'place')} of cases:{' '}
        {row.why}
      </p>
      {agree ? (
        <p>
          {row.can === 'agree first'
            ? 'You are the first of two. Nothing is opened before another custodian agrees too.'
            : 'You are the second of two: the keys go to who asked. You are shown no case.'}{' '}
          Speak to the person first: make sure that it is them, and that the computer is lost.
        </p>
      ) : (
        <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
      )}
    </AskForm>
  );
}

const WithdrawRecovery = ({ row, onClose }: { readonly row: RecoveryRow; readonly onClose: () => void }) => (
  <AskForm
    title="Withdraw this request?"
    act="Withdraw"
    run={() => worker().withdrawRecovery(row.id)}
    failed="The request was not withdrawn."
    onClose={onClose}
  >
    <p>The custodians are asked no more, and keys that they give after this are not taken. You can ask again.</p>
    <p className="quiet">{row.why}</p>
  </AskForm>
);

function AskCustodians({ onClose }: { readonly onClose: () => void }) {
  const [why, setWhy] = useState('');
  return (
    <AskForm
      title="Ask the custodians"
      act="Ask"
      run={why.trim() === '' ? null : () => worker().askRecovery(why)}
      failed="The custodians were not asked."
      onClose={onClose}
    >
      <Field
        label="Reason"
        lines={3}
        value={why}
        onChange={setWhy}
        required
        hint="What was lost, and when. The custodians read it, and speak to you before they agree."
      />
    </AskForm>
  );
}
