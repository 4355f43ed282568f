/** People who can see something, or could: through which post, what they may do, since and until when, and what denies it. */
import type { SeenPlace, SeerRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/format.ts';
import { useScreens } from '../../state/route.ts';
import type { Day } from './OnDay.tsx';
import { SightTable } from './SightTable.tsx';

interface SeersProps {
  /** Takes a post out of a place; absent where this person may not. */
  readonly onEnd?: ((place: SeenPlace) => ((row: SeerRow) => void) | undefined) | undefined;
  /** Of whom it is asked who could see it then; null: of now. */
  readonly day?: Day | null;
  /** Whose name or post is looked for. */
  readonly find?: string;
}

/** How many people there are before a place of a guest is worth a list of its own, and any is worth a search. */
const MANY = 10;

export const hasMany = (places: readonly SeenPlace[]): boolean => places.some(({ now }) => now.length > MANY);

/** Every place; those made for guests one below the other, each to be opened: the team is in all of them. */
export function SeenPlaces({ places, ...props }: SeersProps & { readonly places: readonly SeenPlace[] }) {
  const isSought = props.find !== undefined && props.find.trim() !== '';
  const guests = places.filter((place) => place.isGuests && (!isSought || rowsOf(place, props).length > 0));
  return (
    <>
      {places
        .filter(({ isGuests }) => !isGuests)
        .map((place, i) => (
          <Seers key={`${place.id} ${i}`} place={place} {...props} />
        ))}
      {guests.length > 0 && (
        <section className="part stack tight" aria-label="Shared with guests">
          <h2>Shared with guests</h2>
          {guests.map((place) => (
            <details key={place.id}>
              <summary>
                {place.title} ({peopleIn(rowsOf(place, props))})
              </summary>
              <Seers place={place} {...props} onEnd={undefined} isNamed />
            </details>
          ))}
        </section>
      )}
    </>
  );
}

const fits = (row: SeerRow, find: string): boolean =>
  [row.name, row.post, row.org].some((text) => text.toLowerCase().includes(find.trim().toLowerCase()));

const rowsOf = (place: SeenPlace, { day = null, find = '' }: SeersProps): readonly SeerRow[] =>
  (day === null ? place.now : [...place.now, ...place.before].filter(day.has)).filter((row) => fits(row, find));

interface OnePlace {
  readonly place: SeenPlace;
  /** What it is called stands above already, with how many. */
  readonly isNamed?: boolean;
}

/** Somebody who holds two posts has two rows. */
const peopleIn = (rows: readonly SeerRow[]): string =>
  countText(new Set(rows.map(({ person }) => person)).size, 'person', 'people');

/** On a day, or now: whoever of them is looked for. */
function Seers({ place, isNamed = false, ...props }: SeersProps & OnePlace) {
  const { onEnd, day = null, find = '' } = props;
  const rows = rowsOf(place, props);
  const before = place.before.filter((row) => fits(row, find));
  const nobody =
    find.trim() !== ''
      ? 'Nobody here of that name or post.'
      : day
        ? `Nobody could see it on ${day.text}.`
        : 'Nobody can see it now.';
  return (
    <section className="part" aria-label={place.title}>
      {!isNamed && (
        <div className="row">
          <h2>{place.title}</h2>
          {rows.length > 0 && <span className="quiet">{peopleIn(rows)}</span>}
        </div>
      )}
      {rows.length === 0 ? (
        <p className="quiet">{nobody}</p>
      ) : day ? (
        <SeerTable label={`Who could see ${place.title} on ${day.text}`} rows={rows} />
      ) : (
        <SeerTable label={`Who can see ${place.title}`} rows={rows} onEnd={onEnd?.(place)} />
      )}
      {day === null && place.empty.length > 0 && (
        <p className="quiet small">Whoever comes to hold it can see it too: {place.empty.join('; ')}.</p>
      )}
      {day === null && before.length > 0 && (
        <details>
          <summary>Who could see it before ({before.length})</summary>
          <SeerTable label={`Who could see ${place.title} before`} rows={before} />
        </details>
      )}
    </section>
  );
}

interface SeerTableProps {
  readonly label: string;
  readonly rows: readonly SeerRow[];
  readonly onEnd?: ((row: SeerRow) => void) | undefined;
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
