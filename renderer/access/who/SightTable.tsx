/** Who can see what, as one table: by which post, what they may, since and until when, and what denies it. */
import type { ReactNode } from 'react';
import type { SeerRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText, whenText } from '../../ui/format.ts';
import { ROLES } from './seen.ts';

interface SightTableProps<R extends SeerRow> {
  readonly label: string;
  readonly rows: readonly R[];
  /** What stands first in a row, and what that column is called. */
  readonly first: string;
  readonly cell: (row: R) => ReactNode;
  /** Takes a post out; absent where this person may not. */
  readonly onEnd?: ((row: R) => void) | undefined;
}

export function SightTable<R extends SeerRow>({ label, rows, first, cell, onEnd }: SightTableProps<R>) {
  return (
    <table className="seers" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">By the post</th>
          <th scope="col">May</th>
          <th scope="col" className="since">
            Since and until
          </th>
          {onEnd && (
            <th scope="col" className="acts">
              Acts
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={`${row.person} ${row.seat} ${row.since} ${i}`}>
            <td>{cell(row)}</td>
            <td>{row.post}</td>
            <td>{ROLES[row.role]}</td>
            <td>
              <Since row={row} />
            </td>
            {onEnd && (
              <td>
                {row.own && !row.isEmergency && (
                  <Button small name={`End access of ${row.post}`} onPress={() => onEnd(row)}>
                    End…
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** From when, until when, and why it ends or does not count. */
const Since = ({ row }: { readonly row: SeerRow }) => (
  <>
    {row.since === null ? 'When this computer has sent it' : `Since ${whenText(row.since)}`}
    {row.until !== null && `, until ${whenText(row.until)}`}
    {row.until === null && row.lastDay !== null && `, last day ${dayText(row.lastDay)}`}
    {(row.by !== null || row.why !== null) && (
      <span className="quiet small block">
        {row.by !== null && `Let in by ${row.by}`}
        {row.why !== null && row.why !== '' && `${row.by === null ? '' : ': '}${row.why}`}
      </span>
    )}
    {row.denied !== null && <span className="denied block">No access now: {row.denied}.</span>}
  </>
);
