/**
 * The supervisor's comments that go with a file, where the supervisor signs it off: the field of the case itself, so that
 * nothing is said in two places. Promises to say whether what was written is saved: nothing is signed off before that.
 */
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import { valueOf } from '../../../../shared/model/record.ts';
import { Loading } from '../../../ui/State.tsx';
import { useCheck } from '../../../worker/views.ts';
import { RecordPlace } from '../../record/RecordPlace.tsx';
import { RegisterField } from '../../record/RegisterField.tsx';

export const COMMENTS = 'case/supervisorComments';
const KEY = 'supervisorComments';

interface CommentsProps {
  readonly view: CaseView;
  readonly onSaved: (is: boolean) => void;
}

export function SupervisorComments({ view, onSaved }: CommentsProps) {
  const place = useCheck(view.row.case)?.hints[COMMENTS]?.place;
  const area = view.areas.find(({ kind }) => kind === place);
  if (area === undefined) return <Loading what="the comments" />;
  return (
    <RecordPlace area={area} title="What goes with the file" onSaved={onSaved}>
      {(record) => {
        const value = record.fields.get(KEY);
        return (
          <>
            <p className={valueOf(record.fields, KEY) === '' ? 'needs' : 'quiet small'}>
              {valueOf(record.fields, KEY) === '' && 'There are none yet: write them, or sign off without. '}The
              prosecutor reads these comments with the file.
            </p>
            {value !== undefined && <RegisterField value={value} />}
          </>
        );
      }}
    </RecordPlace>
  );
}
