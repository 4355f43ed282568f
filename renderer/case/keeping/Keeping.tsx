/**
 * Retention and disposal: whether the case is open, by which class it is kept and until when, the holds on it, its
 * reviews, and its disposal by two people.
 */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { closedWord, holdWord, reviewedWord } from '../../../shared/status/keeping.ts';
import { dueWord } from '../../../shared/status/work.ts';
import { Button } from '../../ui/Button.tsx';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { now } from '../../worker/now.ts';
import { ReasonDialog } from '../packages/ReasonDialog.tsx';
import { dayText, today } from '../../ui/today.ts';
import { CloseCase } from './CloseCase.tsx';
import { Disposal } from './Disposal.tsx';
import { PlaceHold } from './PlaceHold.tsx';
import { ClassText } from './RetentionClass.tsx';
import { RetentionReview } from './RetentionReview.tsx';

type Props = { readonly view: CaseView };

export const Keeping = ({ view }: Props) => (
  <div className="stack">
    <Closing view={view} />
    <Retention view={view} />
    <Holds view={view} />
    <Disposal view={view} />
  </div>
);

function Closing({ view }: Props) {
  const [closing, setClosing] = useState(false);
  const { state, may } = view.work;
  return (
    <section className="part" aria-labelledby="closing">
      <div className="row">
        <h2 id="closing">Case</h2>
        <Status word={closedWord(state.closed)} />
        {may.includes('closed') && (
          <span className="push">
            <Button onPress={() => setClosing(true)}>Close this case</Button>
          </span>
        )}
      </div>
      {state.closings.length === 0 ? (
        <p className="quiet">It has not been closed. How long it is kept runs from its closing.</p>
      ) : (
        <ul className="quiet small">
          {state.closings.map((one) => (
            <li key={one.entry}>
              {one.is === 'closed' ? `Closed: ${one.outcome}` : 'Reopened'} by {one.by.personName}, {one.by.orgName}:{' '}
              {one.reason}
            </li>
          ))}
        </ul>
      )}
      {closing && <CloseCase view={view} onClose={() => setClosing(false)} />}
    </section>
  );
}

/** Days are counted on the screen in the last three months; before that the date says enough. */
const isNear = (day: string): boolean => Date.parse(day) - now() < 90 * 86_400_000;

function Retention({ view }: Props) {
  const [reviewing, setReviewing] = useState(false);
  const { state, may, keeping } = view.work;
  const { review } = keeping;
  return (
    <section className="part" aria-labelledby="retention">
      <div className="row">
        <h2 id="retention">Retention</h2>
        {review !== null && isNear(review.on) && <Status word={dueWord(review.on, today())} />}
        {may.includes('retention reviewed') && (
          <span className="push">
            <Button onPress={() => setReviewing(true)}>Review for retention</Button>
          </span>
        )}
      </div>
      <dl className="facts">
        <dt>Class</dt>
        <dd>
          {keeping.class === null ? (
            <span className="quiet">None is set yet. Closing the case sets one.</span>
          ) : (
            <>
              {keeping.class.name}
              <ClassText found={keeping.class} />
            </>
          )}
        </dd>
        <dt>Next review</dt>
        <dd>
          {review === null ? (
            <span className="quiet">No day runs: it is counted from the closing of the case, by its class.</span>
          ) : (
            <>
              {dayText(review.on)} <span className="quiet small">{review.because}</span>
            </>
          )}
        </dd>
        <dt>Rules</dt>
        <dd className="quiet small">
          {keeping.rules.name}, edition {keeping.rules.edition}
        </dd>
      </dl>
      {state.retention.length > 0 && (
        <ol className="cards" aria-label="Retention reviews">
          {state.retention.toReversed().map((one) => (
            <li key={one.entry} className="card">
              <div className="row">
                <Status word={reviewedWord(one, one.next === null ? null : dayText(one.next))} />
                <span className="push quiet small">{one.by.personName}</span>
              </div>
              <p className="said">{one.rationale}</p>
            </li>
          ))}
        </ol>
      )}
      {reviewing && <RetentionReview view={view} onClose={() => setReviewing(false)} />}
    </section>
  );
}

type Hold = WorkState['holds'][number];

function Holds({ view }: Props) {
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold | null>(null);
  const { state, may } = view.work;
  return (
    <section className="part" aria-labelledby="holds">
      <div className="row">
        <h2 id="holds">Holds</h2>
        {may.includes('held') && (
          <span className="push">
            <Button onPress={() => setPlacing(true)}>Place a hold</Button>
          </span>
        )}
      </div>
      {state.holds.length === 0 ? (
        <p className="quiet">None. A hold stops any disposal, for as long as it stands.</p>
      ) : (
        <ol className="cards" aria-label="Holds">
          {state.holds.toReversed().map((hold) => (
            <li key={hold.id} className={hold.lifted === null ? 'card' : 'card past'}>
              <div className="row">
                <Status word={holdWord(hold)} />
                {hold.lifted === null && hold.until !== null && (
                  <span title={dayText(hold.until)}>
                    <Status word={dueWord(hold.until, today())} />
                  </span>
                )}
                <span className="push row">
                  <span className="quiet small">
                    {hold.placed.by.personName}, {hold.placed.by.orgName}
                  </span>
                  {hold.lifted === null && may.includes('hold lifted') && (
                    <Button small onPress={() => setLifting(hold)}>
                      Lift hold
                    </Button>
                  )}
                </span>
              </div>
              <p className="said">{hold.reason}</p>
              {hold.lifted !== null && <p className="quiet small">Lifted: {hold.lifted.reason}</p>}
            </li>
          ))}
        </ol>
      )}
      {placing && <PlaceHold view={view} onClose={() => setPlacing(false)} />}
      {lifting !== null && (
        <ReasonDialog
          title="Lift this hold"
          about={`It was placed by ${lifting.placed.by.personName}: ${lifting.reason}`}
          act="Lift hold"
          run={(reason) => worker().doWork(view.row.case, { is: 'hold lifted', hold: lifting.id, reason })}
          onClose={() => setLifting(null)}
        />
      )}
    </section>
  );
}
