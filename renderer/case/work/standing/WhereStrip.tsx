/**
 * Where a case stands in a few lines: its stage, who has it, which dates run next, the next step and whose it is, by when. The
 * steps are the process's, the dates the rules'; nothing of them is known here.
 */
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { OpenStep } from '../../../../shared/model/work/process/where.ts';
import { agreementInForce, agreementsWaiting } from '../../../../shared/model/work/agreement/inForce.ts';
import { dueWord } from '../../../../shared/status/work.ts';
import { useScreens } from '../../../state/route.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { Status } from '../../../ui/Word.tsx';
import { useCheck } from '../../../worker/views.ts';
import { onceEach, packagesText } from './onceEach.ts';
import { PathLink } from '../PathLink.tsx';
import { dayText, today } from '../../../ui/today.ts';

const whoseText = ({ whose }: OpenStep): string =>
  whose.people.length > 0 ? whose.people.join(', ') : `${whose.side}: ${whose.roles.join(' or ')}`;

/** Which version is in force, and whether another waits. */
function agreementText({ work: { state, me } }: CaseView): string {
  const now = agreementInForce(state);
  const last = agreementsWaiting(state).at(-1);
  const text = now?.inForce
    ? `version ${now.agreement.number}, in force since ${timeText(now.inForce.at)}`
    : 'none in force';
  if (last === undefined || state.closed !== null) return text;
  const whom = last.offered.by.org === me.org ? 'waits for the other side' : 'waits for your organisation';
  return `${text}; version ${last.agreement.number} ${whom}`;
}

/** So many dates are named here; all stand under Deadlines. */
const DATES = 3;

/** Who has it on either side, and the dates that come next. */
function WhoAndWhen({ view }: { readonly view: CaseView }) {
  const go = useScreens((screens) => screens.go);
  const deadlines = useCheck(view.row.case)?.deadlines ?? [];
  const dates = onceEach(deadlines);
  const { holder, allocations } = view.work.state;
  const people = [
    ...(holder === null ? [] : [`${holder.personName}, ${holder.orgName}`]),
    ...allocations.filter(({ current }) => current).map(({ to, role }) => `${to.personName}, ${role}, ${to.orgName}`),
  ];
  return (
    <>
      {people.length > 0 && (
        <p>
          <span className="quiet">With</span> {[...new Set(people)].join('; ')}
        </p>
      )}
      {deadlines.length > 0 && (
        <ul className="dates" aria-label="Next deadlines">
          {dates.slice(0, DATES).map(({ first: { key, what, due }, packages }) => (
            <li key={key}>
              <span className="quiet">{what}</span> <strong>{dayText(due.day)}</strong>
              {due.time !== null && ` ${due.time}`} <Status word={dueWord(due.day, today())} />
              {packages.length > 1 && <span className="quiet"> {packagesText(packages, view.packages)}</span>}
            </li>
          ))}
          <li>
            <Button
              small
              kind="bare"
              onPress={() => go({ at: 'case', case: view.row.case, place: 'working papers', section: 'deadlines' })}
            >
              {deadlines.length > Math.min(dates.length, DATES)
                ? `All ${deadlines.length} deadlines`
                : 'Open deadlines'}
            </Button>
          </li>
        </ul>
      )}
    </>
  );
}

export function WhereStrip({ view }: { readonly view: CaseView }) {
  const { where } = view.work;
  const go = useScreens((screens) => screens.go);
  const route = useScreens((screens) => screens.route);
  const place = route.at === 'case' ? route.place : 'working papers';
  return (
    <section className="where" aria-label="Where this case stands">
      <p>
        <span className="quiet">Stage</span> <strong>{where.title}</strong>
        {where.over && <span className="quiet"> · closed</span>}
      </p>
      <p>
        <span className="quiet">Sharing agreement</span> {agreementText(view)}{' '}
        <Button small kind="bare" onPress={() => go({ at: 'case', case: view.row.case, place, section: 'agreement' })}>
          Open the agreement
        </Button>
      </p>
      <WhoAndWhen view={view} />
      {where.open.length > 0 && (
        <ol className="steps" aria-label="Next steps">
          {where.open.map((step) => (
            <li key={step.id}>
              <span>
                <span className="quiet">Next</span> <strong>{step.title}</strong>
              </span>
              <span>
                {whoseText(step)}
                {step.whose.agreed && <span className="quiet small"> by the sharing agreement</span>}
                {step.whose.note !== '' && <span className="quiet small">: {step.whose.note}</span>}
              </span>
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
