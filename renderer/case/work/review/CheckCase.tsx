/**
 * What this case would be sent back for, live: each finding with its reason, its rule and the place to mend it; each
 * question that no machine can answer, to be answered by a person. None found never says that it will be accepted.
 */
import './mend.css';
import { useState } from 'react';
import type { CheckView } from '../../../../shared/ipc/check.ts';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import { answerTo } from '../../../../shared/model/rules/preflight/answered.ts';
import type { Finding } from '../../../../shared/model/rules/preflight/preflight.ts';
import { Button } from '../../../ui/Button.tsx';
import { countText } from '../../../ui/format.ts';
import { LongList } from '../../../ui/LongList.tsx';
import { Loading } from '../../../ui/State.tsx';
import { useCheck } from '../../../worker/views.ts';
import { partsOf } from '../inOrder.ts';
import { MoveStage } from '../standing/MoveStage.tsx';
import { PathLink } from '../PathLink.tsx';
import { Questions } from './Questions.tsx';
import { RaiseAction } from '../actions/RaiseAction.tsx';
import { dayText } from '../../../ui/today.ts';

export function CheckCase({ view }: { readonly view: CaseView }) {
  const check = useCheck(view.row.case);
  const [moving, setMoving] = useState(false);
  if (check === undefined) return <Loading what="the check" />;
  const faults = check.findings.filter(({ severity }) => severity === 'fault');
  const advice = check.findings.filter(({ severity }) => severity === 'advice');
  const open = check.questions.filter((one) => answerTo(one, view.work.state.answers) === null);
  return (
    <section className="part" aria-labelledby="check">
      <div className="row">
        <h2 id="check">What would this be sent back for?</h2>
        {view.work.may.includes('staged') && (
          <span className="push">
            <Button small onPress={() => setMoving(true)}>
              Move to another stage
            </Button>
          </span>
        )}
      </div>
      <p className="quiet small">
        {STAGE_WORDS[check.stage].name}, as of {dayText(check.on)}. Judged by {check.rules.name}, edition{' '}
        {check.rules.edition} <span className="mono">({check.rules.sha256.slice(0, 12)})</span>.
      </p>
      {check.notRead !== null && (
        <p className="quiet small">
          Judged by what you can read. Reviews, and what was answered to the questions of the rules, stand in the
          Working papers of {check.notRead === '' ? 'the other organisation' : check.notRead}.
        </p>
      )}
      <p role="status" className={faults.length + open.length === 0 ? 'verdict' : 'verdict needs'}>
        {verdict(faults.length, open.length)}
      </p>
      <Findings view={view} check={check} title="To mend" findings={faults} />
      <Questions view={view} questions={check.questions} />
      <Findings view={view} check={check} title="Advice" findings={advice} />
      {moving && <MoveStage view={view} onClose={() => setMoving(false)} />}
    </section>
  );
}

/** What was found, and never what will become of it: that is the prosecutor's to say. */
function verdict(faults: number, questions: number): string {
  if (faults + questions === 0)
    return 'None found: nothing that these rules can see. Whether the file is accepted is for the prosecutor to say.';
  const parts = [
    faults > 0 ? `${countText(faults, 'thing')} to mend` : '',
    questions > 0 ? `${countText(questions, 'question')} to answer` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

/** Pixels that a finding takes, about. */
const FINDING = 70;

interface FindingsProps {
  readonly view: CaseView;
  readonly check: CheckView;
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** By the part of the case in which they are mended. */
function Findings({ view, check, title, findings }: FindingsProps) {
  const [raising, setRaising] = useState<Finding | null>(null);
  const may = view.work.may.includes('action raised');
  if (findings.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {partsOf(findings, check.hints).map((part) => (
        <section key={part.section} aria-label={`${title}: ${part.title}`} className="finding-part">
          <h4>
            {part.title} <span className="quiet">{part.findings.length}</span>
          </h4>
          <LongList
            className="findings"
            label={part.title}
            items={part.findings}
            keyOf={({ code, path }) => `${code} ${path}`}
            height={FINDING}
          >
            {(finding) => (
              <>
                <div className="row">
                  <p>{finding.sentence}</p>
                  <span className="push row">
                    {may && (
                      <Button
                        small
                        kind="bare"
                        name={`Raise an action: ${finding.sentence}`}
                        onPress={() => setRaising(finding)}
                      >
                        Raise an action
                      </Button>
                    )}
                    <PathLink of={view.row.case} path={finding.mend} hint={check.hints[finding.mend]} />
                  </span>
                </div>
                <p className="quiet small">
                  {finding.reasonText} · <span className="mono">{finding.code}</span>
                  {!finding.verified && ' · rule not verified'}
                </p>
              </>
            )}
          </LongList>
        </section>
      ))}
      {raising !== null && <RaiseAction view={view} finding={raising} onClose={() => setRaising(null)} />}
    </>
  );
}
