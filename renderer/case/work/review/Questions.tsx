/**
 * The questions that no machine can answer, each to those whom the rules ask. Everybody sees them with their answers; who is
 * not asked cannot answer, and an answer that came of another program counts for nothing and is shown as that.
 */
import type { Asked } from '../../../../shared/ipc/check.ts';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { answerTo } from '../../../../shared/model/rules/preflight/answered.ts';
import type { AnswerGiven } from '../../../../shared/model/work/state.ts';
import { Button } from '../../../ui/Button.tsx';
import { timeText } from '../../../ui/format.ts';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { worker } from '../../../worker/connection.ts';

const ANSWERS = [
  { answer: 'yes', text: 'Yes' },
  { answer: 'no', text: 'No' },
  { answer: 'not applicable', text: 'Does not apply' },
] as const;

export function Questions({ view, questions }: { readonly view: CaseView; readonly questions: readonly Asked[] }) {
  const doing = useAct();
  const { answers } = view.work.state;
  if (questions.length === 0) return null;
  const may = view.work.may.includes('answered');
  const give = (question: Asked, answer: (typeof ANSWERS)[number]['answer']): void =>
    void doing.run(() => worker().doWork(view.row.case, { is: 'answered', question: question.key, answer, note: '' }));
  return (
    <>
      <h3>To be answered by a person</h3>
      {doing.wrong !== null && <Trouble sentence="The answer was not recorded." next={doing.wrong} />}
      <ul className="findings">
        {questions.map((question) => (
          <OneQuestion
            key={question.key}
            question={question}
            newest={answers[question.key]}
            counts={answerTo(question, answers)}
            may={may && question.mine}
            onGive={(answer) => give(question, answer)}
          />
        ))}
      </ul>
    </>
  );
}

interface OneQuestionProps {
  readonly question: Asked;
  readonly newest: AnswerGiven | undefined;
  /** The one that counts. */
  readonly counts: AnswerGiven | null;
  readonly may: boolean;
  readonly onGive: (answer: AnswerGiven['answer']) => void;
}

function OneQuestion({ question, newest, counts, may, onGive }: OneQuestionProps) {
  const asked = `To be answered by: ${question.by.join(', ')}`;
  const passedOver = newest !== undefined && newest.entry !== counts?.entry;
  return (
    <li>
      <p>{question.text}</p>
      <div className="row" role="group" aria-label={question.text}>
        {ANSWERS.map(({ answer, text }) => (
          <Button key={answer} small disabled={!may} pressed={counts?.answer === answer} onPress={() => onGive(answer)}>
            {text}
          </Button>
        ))}
        <span className="quiet small">
          {counts === null ? asked : `${counts.by.personName}, ${timeText(counts.at)}`}
        </span>
      </div>
      {passedOver && (
        <p className="needs small">
          {newest.by.personName} answered {timeText(newest.at)}, and is not asked: that answer does not count.
        </p>
      )}
    </li>
  );
}
