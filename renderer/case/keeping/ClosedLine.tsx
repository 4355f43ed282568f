/**
 * Above everything of a closed case: that it can only be read, since when, and the one act that opens it again.
 */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { Button } from '../../ui/Button.tsx';
import { timeText } from '../../ui/format.ts';
import { worker } from '../../worker/connection.ts';
import { ReasonDialog } from '../packages/ReasonDialog.tsx';

/** So many are named; Activity names all. */
const SHOWN = 3;

export function ClosedLine({ view }: { readonly view: CaseView }) {
  const [reopening, setReopening] = useState(false);
  const { state, may, keeping } = view.work;
  const { closed } = state;
  const { setAside } = keeping;
  if (closed === null) return null;
  return (
    <div className="closed-line row" role="note" aria-label="This case is closed">
      <p>
        <strong>Closed: {closed.outcome}.</strong> {closed.by.personName}, {timeText(closed.at)}. It can be read, and
        nothing in it can be changed.
        {setAside.length > 0 && (
          <>
            {' '}
            Set aside, because it came afterwards: {setAside.slice(0, SHOWN).join('; ')}
            {setAside.length > SHOWN && ` and ${setAside.length - SHOWN} more`}. It comes in if the case is reopened.
          </>
        )}
      </p>
      {may.includes('reopened') && (
        <span className="push">
          <Button small onPress={() => setReopening(true)}>
            Reopen
          </Button>
        </span>
      )}
      {reopening && (
        <ReasonDialog
          title="Reopen this case"
          about="Work on it goes on where it stopped. Who reopened it, and why, stays with it."
          act="Reopen"
          run={(reason) => worker().doWork(view.row.case, { is: 'reopened', reason })}
          onClose={() => setReopening(false)}
        />
      )}
    </div>
  );
}
