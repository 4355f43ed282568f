/**
 * Who works on a case: whose it is, who had it before, and to whom something of it is allocated.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { HandOver } from './HandOver.tsx';

export function WhoHasIt({ view }: { readonly view: CaseView }) {
  const [giving, setGiving] = useState(false);
  const { state, may } = view.work;
  const { holder } = state;
  const current = state.allocations.filter((one) => one.current);
  return (
    <section className="part" aria-labelledby="who-has-it">
      <div className="row">
        <h2 id="who-has-it">Who works on it</h2>
        {may.includes('handed over') && (
          <span className="push">
            <Button onPress={() => setGiving(true)}>Hand over…</Button>
          </span>
        )}
      </div>
      <dl className="facts">
        <dt>Held by</dt>
        <dd>{holder === null ? 'Nobody that is known here' : `${holder.personName}, ${holder.post}`}</dd>
        {current.map(({ role, to, by, at, entry }) => [
          <dt key={entry}>Allocated as {role}</dt>,
          <dd key={`to ${entry}`}>
            {to.personName}, {to.orgName}{' '}
            <span className="quiet small">
              by {by.personName}, {timeText(at)}
            </span>
          </dd>,
        ])}
      </dl>
      {state.handovers.length > 0 && (
        <ul className="quiet small">
          {state.handovers.map(({ entry, by, to, at, absent, reason }) => (
            <li key={entry}>
              {timeText(at)} {by.personName} handed it over to {to.personName}
              {absent && ', in absence'}
              {reason !== '' && `: ${reason}`}
            </li>
          ))}
        </ul>
      )}
      {giving && <HandOver view={view} onClose={() => setGiving(false)} />}
    </section>
  );
}
