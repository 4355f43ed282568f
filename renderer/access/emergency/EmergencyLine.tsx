/** On top of a case: who has it open in an emergency, and what was opened so and waits for a lead's word. */
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { Status } from '../../ui/Word.tsx';
import { EmergencyActs } from './EmergencyCard.tsx';
import { Said } from './Said.tsx';

export function EmergencyLine({ view }: { readonly view: CaseView }) {
  const rows = view.emergencies.filter((row) => row.judged === null);
  if (rows.length === 0) return null;
  return (
    <section className="emergencies" aria-label="Emergency access">
      {rows.map((row) => (
        <div key={row.reason} className="emergency">
          <div className="row">
            <strong>{row.mine ? 'You opened this case in an emergency' : 'Opened in an emergency'}</strong>
            <Status word={row.word} />
            <span className="push row">
              <EmergencyActs row={row} />
            </span>
          </div>
          <Said row={row} />
        </div>
      ))}
    </section>
  );
}
