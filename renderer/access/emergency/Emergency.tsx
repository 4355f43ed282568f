/**
 * Emergency access: opening a case that one does not see, for a reason and a time; what became of it; and, for leads, what was
 * opened so in their cases and waits for their word.
 */
import { useState } from 'react';
import type { EmergencyRow } from '../../../shared/ipc/emergency.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty, Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { AskEmergencyDialog } from './AskEmergencyDialog.tsx';
import { EmergencyCard } from './EmergencyCard.tsx';

export function Emergency() {
  const view = useView('emergencies');
  const [asking, setAsking] = useState(false);
  if (view === undefined) return <Loading what="emergency access" />;
  const mine = view.rows.filter((row) => row.mine);
  const others = view.rows.filter((row) => !row.mine);
  return (
    <div className="access-body">
      <div className="row">
        <p className="quiet">
          {view.may
            ? 'For when somebody is in danger and no lead can be reached. You see one case, to read, on this computer, for some hours. Its leads are told at once, and judge it afterwards.'
            : 'Your posts may not open cases in an emergency: an administrator gives the role Emergency access to posts. Ask for access under Requests.'}
        </p>
        {view.may && (
          <span className="push">
            <Button kind="main" onPress={() => setAsking(true)}>
              I need access in an emergency…
            </Button>
          </span>
        )}
      </div>
      {view.may && !view.isOnLine && (
        <p className="quiet" role="status">
          This computer is off line. The case is not on it, so that nothing can be opened until it is on line.
        </p>
      )}
      <Cards title="Opened by you" rows={mine} />
      <Cards title="In your cases" rows={others} />
      {view.rows.length === 0 && (
        <Empty title="No case was opened in an emergency">
          <p>Each that is stays here on record, with its reason and how it was judged.</p>
        </Empty>
      )}
      {asking && <AskEmergencyDialog isOnLine={view.isOnLine} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Cards({ title, rows }: { readonly title: string; readonly rows: readonly EmergencyRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="part" aria-label={title}>
      <h2>{title}</h2>
      <ul className="cards" aria-label={title}>
        {rows.map((row) => (
          <EmergencyCard key={row.reason} row={row} />
        ))}
      </ul>
    </section>
  );
}
