/**
 * Where a case stands in one line: its stage, the next step and whose it is, by when. The steps are the process's; nothing
 * of it is known here.
 */
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { OpenStep } from '../../../shared/model/work/process/where.ts';
import { dueWord } from '../../../shared/status/work.ts';
import { Status } from '../../ui/Word.tsx';
import { PathLink } from './PathLink.tsx';
import { dayText, today } from './today.ts';

const whoseText = ({ whose }: OpenStep): string =>
  whose.people.length > 0 ? whose.people.join(', ') : `${whose.side}: ${whose.roles.join(' or ')}`;

export function WhereStrip({ view }: { readonly view: CaseView }) {
  const { where } = view.work;
  return (
    <section className="where" aria-label="Where this case stands">
      <p>
        <span className="quiet">Stage</span> <strong>{where.title}</strong>
        {where.over && <span className="quiet"> · closed</span>}
      </p>
      {where.open.length > 0 && (
        <ol className="steps" aria-label="Next steps">
          {where.open.map((step) => (
            <li key={step.id}>
              <span>
                <span className="quiet">Next</span> <strong>{step.title}</strong>
              </span>
              <span>{whoseText(step)}</span>
              {step.due !== null && (
                <span title={dayText(step.due.day)}>
                  <Status word={dueWord(step.due.day, today())} />
                </span>
              )}
              {step.needs.length > 0 && (
                <span className="quiet small">
                  Needs first:{' '}
                  {step.needs.map(({ text, paths }) =>
                    paths[0] === undefined ? (
                      <span key={text}>{text} </span>
                    ) : (
                      <PathLink key={text} of={view.row.case} path={paths[0]} text={text} />
                    ),
                  )}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
