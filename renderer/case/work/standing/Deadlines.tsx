/**
 * The dates that run in a case, the next first: each with the rule and the data it was computed from. Another date stands
 * beside the computed one with its reason, and never in silence in its place.
 */
import { useState } from 'react';
import type { CheckView } from '../../../../shared/ipc/check.ts';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { Deadline } from '../../../../shared/model/rules/deadlines/deadlines.ts';
import { dueWord } from '../../../../shared/status/work.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/State.tsx';
import { Status } from '../../../ui/Word.tsx';
import { useCheck } from '../../../worker/views.ts';
import { PathLink } from '../PathLink.tsx';
import { SetDeadline } from './SetDeadline.tsx';
import { dayText } from '../../../ui/today.ts';

export function Deadlines({ view }: { readonly view: CaseView }) {
  const check = useCheck(view.row.case);
  const [setting, setSetting] = useState<Deadline | null>(null);
  if (check === undefined) return <Loading what="the dates" />;
  return (
    <section className="part" aria-labelledby="deadlines">
      <h2 id="deadlines">Deadlines</h2>
      <p className="quiet small">
        Computed by {check.rules.name}, edition {check.rules.edition}, from what the case says. Check each before you
        rely on it.
      </p>
      {check.deadlines.length === 0 ? (
        <p className="quiet">No deadline runs yet: nothing in the case starts one.</p>
      ) : (
        <ol className="cards">
          {check.deadlines.map((deadline) => (
            <DeadlineCard
              key={deadline.key}
              view={view}
              deadline={deadline}
              check={check}
              onSet={() => setSetting(deadline)}
            />
          ))}
        </ol>
      )}
      {setting !== null && <SetDeadline view={view} deadline={setting} onClose={() => setSetting(null)} />}
    </section>
  );
}

interface DeadlineCardProps {
  readonly view: CaseView;
  readonly deadline: Deadline;
  readonly check: CheckView;
  readonly onSet: () => void;
}

const dueText = ({ day, time }: Deadline['due']): string => `${dayText(day)}${time === null ? '' : `, ${time}`}`;

function DeadlineCard({ view, deadline, check, onSet }: DeadlineCardProps) {
  const { set } = deadline;
  return (
    <li className="card" aria-label={deadline.what}>
      <div className="row">
        <strong>{deadline.what}</strong>
        <span>{dueText(deadline.due)}</span>
        <Status word={dueWord(deadline.due.day, check.on)} />
        {view.work.may.includes('deadline set') && (
          <span className="push">
            <Button small onPress={onSet}>
              Set another date
            </Button>
          </span>
        )}
      </div>
      {set !== null && (
        <p className="needs">
          Set by hand, in place of {dueText(deadline.computed)} as computed: {set.reason}
        </p>
      )}
      <p className="small">{deadline.sentence}</p>
      <p className="quiet small rests">
        <span className="mono">{deadline.code}</span>
        {!deadline.verified && ' · rule not verified'} · {deadline.source}
        {deadline.data.map(({ path, value }) => (
          <PathLink key={path} of={view.row.case} path={path} text={value} hint={check.hints[path]} />
        ))}
      </p>
    </li>
  );
}
