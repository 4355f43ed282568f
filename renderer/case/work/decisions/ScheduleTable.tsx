/**
 * The rows of a schedule as they would be, or were, certified.
 */
import type { ScheduleRow } from '../../../../shared/model/facts/deciding.ts';
import { ScheduleFrame } from '../../record/ScheduleFrame.tsx';

export function ScheduleTable({ label, rows }: { readonly label: string; readonly rows: readonly ScheduleRow[] }) {
  if (rows.length === 0) return <p className="quiet">No item is listed: that is what is certified.</p>;
  const mixed = new Set(rows.map(({ on }) => on)).size > 1;
  return (
    // A long list is scrolled by keyboard: it takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll-x schedule-rows" tabIndex={0} role="group" aria-label={label}>
      <ScheduleFrame>
        {rows.map((row) => (
          <tr key={`${row.on} ${row.id}`}>
            <td>{mixed ? `${row.on} ${row.number}` : row.number}</td>
            <td>{row.description === '' ? <span className="quiet">not described</span> : row.description}</td>
            <td>{row.location}</td>
            <td>{row.test}</td>
          </tr>
        ))}
      </ScheduleFrame>
    </div>
  );
}
