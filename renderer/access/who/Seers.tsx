/** People who can see something, or could: through which post, what they may do, since and until when, and what denies it. */
import type { SeenPlace, SeerRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { dayText, whenText } from '../../ui/format.ts';
import { useScreens } from '../../state/route.ts';

export const ROLES: Record<SeerRow['role'], string> = {
  reader: 'Reads',
  contributor: 'Reads and writes',
  lead: 'Reads, writes and lets others in',
};

/** From when, until when, and why it ends or does not count. */
export const Since = ({ row }: { readonly row: SeerRow }) => (
  <>
    {row.since === null ? 'When this computer has sent it' : `Since ${whenText(row.since)}`}
    {row.until !== null && `, until ${whenText(row.until)}`}
    {row.until === null && row.lastDay !== null && `, last day ${dayText(row.lastDay)}`}
    {(row.by !== null || row.why !== null) && (
      <span className="quiet small block">
        {row.by !== null && `Let in by ${row.by}`}
        {row.why !== null && row.why !== '' && `: ${row.why}`}
      </span>
    )}
    {row.denied !== null && <span className="denied block">No access: {row.denied}.</span>}
  </>
);

interface SeersProps {
  readonly place: SeenPlace;
  /** Takes a post out; absent where this person may not. */
  readonly onEnd?: ((row: SeerRow) => void) | undefined;
}

export function Seers({ place, onEnd }: SeersProps) {
  return (
    <section className="part" aria-label={place.title}>
      <h2>{place.title}</h2>
      {place.now.length === 0 ? (
        <p className="quiet">Nobody can see it now.</p>
      ) : (
        <SeerTable label={`Who can see ${place.title}`} rows={place.now} onEnd={onEnd} />
      )}
      {place.empty.length > 0 && (
        <p className="quiet small">Whoever comes to hold it can see it too: {place.empty.join('; ')}.</p>
      )}
      {place.before.length > 0 && (
        <details>
          <summary>Who could see it before ({place.before.length})</summary>
          <SeerTable label={`Who could see ${place.title} before`} rows={place.before} />
        </details>
      )}
    </section>
  );
}

interface SeerTableProps {
  readonly label: string;
  readonly rows: readonly SeerRow[];
  readonly onEnd?: SeersProps['onEnd'];
}

function SeerTable({ label, rows, onEnd }: SeerTableProps) {
  const go = useScreens((screens) => screens.go);
  return (
    <table className="seers" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">By their post</th>
          <th scope="col">May</th>
          <th scope="col" style={{ width: '34%' }}>
            Since and until
          </th>
          {onEnd && (
            <th scope="col" style={{ width: '7rem' }}>
              Acts
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={`${row.person} ${row.seat} ${row.since} ${i}`}>
            <td>
              {row.own ? (
                <Button kind="link" onPress={() => go({ at: 'access', part: 'people', id: row.person })}>
                  {row.name}
                </Button>
              ) : (
                <>
                  {row.name} <span className="quiet small block">{row.org}</span>
                </>
              )}
            </td>
            <td>{row.post}</td>
            <td>{ROLES[row.role]}</td>
            <td>
              <Since row={row} />
            </td>
            {onEnd && (
              <td>
                {row.own && (
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
