/** People who can see something, or could: through which post, what they may do, since and until when, and what denies it. */
import type { SeenPlace, SeerRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { useScreens } from '../../state/route.ts';
import type { Day } from './OnDay.tsx';
import { SightTable } from './SightTable.tsx';

interface SeersProps {
  readonly place: SeenPlace;
  /** Takes a post out; absent where this person may not. */
  readonly onEnd?: ((row: SeerRow) => void) | undefined;
  /** Of whom it is asked who could see it then; null: of now. */
  readonly day?: Day | null;
}

export function Seers({ place, onEnd, day = null }: SeersProps) {
  if (day !== null) return <SeersThen place={place} day={day} />;
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

function SeersThen({ place, day }: { readonly place: SeenPlace; readonly day: Day }) {
  const rows = [...place.now, ...place.before].filter(day.has);
  return (
    <section className="part" aria-label={place.title}>
      <h2>{place.title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">Nobody could see it on {day.text}.</p>
      ) : (
        <SeerTable label={`Who could see ${place.title} on ${day.text}`} rows={rows} />
      )}
    </section>
  );
}

interface SeerTableProps {
  readonly label: string;
  readonly rows: readonly SeerRow[];
  readonly onEnd?: SeersProps['onEnd'];
}

function SeerTable(props: SeerTableProps) {
  const go = useScreens((screens) => screens.go);
  return (
    <SightTable
      {...props}
      first="Person"
      cell={(row) =>
        row.own ? (
          <Button kind="link" onPress={() => go({ at: 'access', part: 'people', id: row.person })}>
            {row.name}
          </Button>
        ) : (
          <>
            {row.name} <span className="quiet small block">{row.org}</span>
          </>
        )
      }
    />
  );
}
