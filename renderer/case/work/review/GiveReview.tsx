/**
 * A supervisor's review: signed off as it stands, with the comments that go with the file, or sent back with a note and
 * comments tied to parts of the case. What the prosecutor reads of a supervisor is written in one place.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { ReviewState } from '../../../../shared/model/work/state.ts';
import { LISTS, LIST_NAMES } from '../../../../shared/model/formats/index.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Check.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Trouble } from '../../../ui/State.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { worker } from '../../../worker/connection.ts';
import { SupervisorComments } from './SupervisorComments.tsx';

interface GiveReviewProps {
  readonly view: CaseView;
  readonly review: ReviewState;
  readonly onClose: () => void;
}

const OUTCOMES = [
  { value: 'signed off', text: 'Sign off' },
  { value: 'sent back', text: 'Send back' },
] as const;

const PARTS = [
  { value: 'case', text: 'The case as a whole' },
  ...LIST_NAMES.map((list) => ({ value: list as string, text: LISTS[list].many })),
];

export function GiveReview({ view, review, onClose }: GiveReviewProps) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]['value']>('signed off');
  const [note, setNote] = useState('');
  const [path, setPath] = useState('case');
  const [comment, setComment] = useState('');
  const [comments, setComments] = useState<readonly { path: string; text: string }[]>([]);
  const [saved, setSaved] = useState(false);
  const doing = useAct();
  const all = comment.trim() === '' ? comments : [...comments, { path, text: comment.trim() }];
  const ready = outcome === 'signed off' ? saved : note.trim() !== '' || all.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, {
          is: 'review given',
          review: review.id,
          outcome,
          note: outcome === 'signed off' ? '' : note.trim(),
          comments: outcome === 'signed off' ? [] : [...all],
        }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title="Review this case" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <p>
          Signing off freezes what lies before you now: the record, the summary and every file, by hash. What is written
          afterwards is not covered by it.
        </p>
        <Radios label="Outcome" options={OUTCOMES} value={outcome} onChange={setOutcome} />
        {outcome === 'signed off' && <SupervisorComments view={view} onSaved={setSaved} />}
        {outcome === 'sent back' && (
          <>
            <Field
              label="Note to your colleague"
              lines={3}
              value={note}
              onChange={setNote}
              hint="It stays with your organisation."
            />
            {comments.map((each) => (
              <p key={`${each.path} ${each.text}`} className="small">
                {PARTS.find(({ value }) => value === each.path)?.text}: {each.text}
              </p>
            ))}
            <div className="two">
              <Choice label="About" value={path} options={PARTS} onChange={setPath} />
              <Field label="What is to be mended" lines={2} value={comment} onChange={setComment} />
            </div>
            <div>
              <Button
                small
                disabled={comment.trim() === ''}
                onPress={() => {
                  setComments(all);
                  setComment('');
                }}
              >
                Add another
              </Button>
            </div>
          </>
        )}
        {doing.wrong !== null && <Trouble sentence="The review was not recorded." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            {outcome === 'signed off' ? 'Sign off' : 'Send back'}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
