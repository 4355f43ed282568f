/**
 * Review and decisions: a supervisor's review and sign-off, who works on what, and the decisions that stand as they were
 * signed. What a later one replaced stays in sight.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { DecisionState, ReviewState } from '../../../../shared/model/work/state.ts';
import { decisionWord, reviewWord } from '../../../../shared/status/work.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { Status } from '../../../ui/Word.tsx';
import { AskReview } from './AskReview.tsx';
import { Certificates } from '../decisions/Certificates.tsx';
import { Decide } from '../decisions/Decide.tsx';
import { GiveReview } from './GiveReview.tsx';
import { newestFirst } from '../newestFirst.ts';
import { PathLink } from '../PathLink.tsx';
import { RecordedWords } from '../RecordedReasons.tsx';
import { SignedStatements } from '../decisions/SignedStatements.tsx';
import { WhoHasIt } from '../standing/WhoHasIt.tsx';

type Asking = 'review' | 'give' | 'decide' | null;

export function Review({ view }: { readonly view: CaseView }) {
  const [asking, setAsking] = useState<Asking>(null);
  const { state, may, me } = view.work;
  const waiting = state.reviews.find(({ given, withdrawn }) => given === null && withdrawn === null);
  const close = (): void => setAsking(null);
  const ours = view.areas.some(({ kind }) => kind === 'working papers');
  const own = waiting?.asked.by.person === me.person;
  return (
    <div className="stack">
      <section className="part" aria-labelledby="review">
        <div className="row">
          <h2 id="review">Review</h2>
          <span className="push row">
            {waiting === undefined && may.includes('review asked') && (
              <Button onPress={() => setAsking('review')}>Submit for review</Button>
            )}
            {waiting !== undefined && !own && may.includes('signed off') && (
              <Button kind="main" onPress={() => setAsking('give')}>
                Review this case
              </Button>
            )}
          </span>
        </div>
        {waiting !== undefined && own && (
          <p className="quiet small">You asked for this review. Somebody else gives it: nobody signs off their own.</p>
        )}
        {state.reviews.length === 0 ? (
          <p className="quiet">
            {ours
              ? 'Not reviewed yet. A release for a charging decision goes with a supervisor’s sign-off, or on a recorded reason.'
              : 'The police keep their reviews in their Working papers, which you do not read. What the supervisor wrote for you stands in File information.'}
          </p>
        ) : (
          <ol className="cards">
            {newestFirst(state.reviews).map((review) => (
              <ReviewCard key={review.id} view={view} review={review} />
            ))}
          </ol>
        )}
      </section>
      <WhoHasIt view={view} />
      <section className="part" aria-labelledby="decisions">
        <div className="row">
          <h2 id="decisions">Charging decision</h2>
          {(may.includes('decided') || may.includes('decided by police')) && (
            <span className="push">
              <Button onPress={() => setAsking('decide')}>Record a decision</Button>
            </span>
          )}
        </div>
        {state.decisions.length === 0 ? (
          <p className="quiet">No decision has been recorded.</p>
        ) : (
          <ol className="cards">
            {newestFirst(state.decisions).map((decision) => (
              <DecisionCard key={decision.id} decision={decision} />
            ))}
          </ol>
        )}
      </section>
      <Certificates view={view} />
      <SignedStatements view={view} />
      {asking === 'review' && <AskReview view={view} onClose={close} />}
      {asking === 'give' && waiting !== undefined && <GiveReview view={view} review={waiting} onClose={close} />}
      {asking === 'decide' && <Decide view={view} onClose={close} />}
    </div>
  );
}

const Said = ({ by, text }: { readonly by: string; readonly text: string }) =>
  text === '' ? null : (
    <p className="said">
      <span className="quiet">{by}:</span> {text}
    </p>
  );

function ReviewCard({ view, review }: { readonly view: CaseView; readonly review: ReviewState }) {
  const { given, asked, note } = review;
  return (
    <li className="card">
      <div className="row">
        <Status word={reviewWord(review)} />
        <span className="push quiet small">
          Asked by {asked.by.personName}, {timeText(asked.at)}
        </span>
      </div>
      <Said by={asked.by.personName} text={note} />
      {(view.work.changedSince[review.id] ?? []).map((sentence) => (
        <p key={sentence} className="needs small">
          {sentence}
        </p>
      ))}
      {given !== null && (
        <>
          <Said by={given.by.personName} text={given.note} />
          <p className="quiet small">
            What lay before the reviewer is frozen: {given.about.files.length} files, the record{' '}
            <span className="mono">{given.about.record.slice(0, 12)}</span> and the summary{' '}
            <span className="mono">{given.about.summary.slice(0, 12)}</span>.
          </p>
          {given.comments.length > 0 && (
            <ul className="findings">
              {given.comments.map((comment) => (
                <li key={`${comment.path} ${comment.text}`}>
                  <p>{comment.text}</p>
                  <PathLink of={view.row.case} path={comment.path} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </li>
  );
}

const OFFENCE = { charge: 'charged', 'no further action': 'no further action' } as const;

const DecisionCard = ({ decision }: { readonly decision: DecisionState }) => (
  <li className={decision.supersededBy === null ? 'card' : 'card past'}>
    <div className="row">
      <Status word={decisionWord(decision)} />
      <span className="push quiet small">
        {decision.by.personName}, {decision.by.orgName}
      </span>
    </div>
    <p className="quiet small">
      {decision.test === null ? '' : `By the ${decision.test} test. `}
      {decision.route === 'police' ? 'Decided by the police.' : 'Decided by the prosecutor.'}
    </p>
    {decision.offences.map((offence) => (
      <p key={offence.path}>
        <span className="mono">{offence.code}</span> {offence.wording}
        {offence.outcome !== undefined && <span className="quiet small"> · {OFFENCE[offence.outcome]}</span>}
      </p>
    ))}
    <RecordedWords codes={decision.codes ?? []} />
    <p className="said">{decision.reasons}</p>
  </li>
);
