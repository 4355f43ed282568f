/** One person: posts with their dates, computers, and everything they can see of the cases that this computer holds, with why. */
import type { HeldPost, PersonView } from '../../../shared/ipc/access.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { countText, dayText, whenText } from '../../ui/format.ts';
import { Empty, Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { AdminPart } from './AdminPart.tsx';
import { apart } from './campaigns.ts';
import type { Day } from '../who/OnDay.tsx';
import { useDay } from '../who/OnDay.tsx';
import { SightTable } from '../who/SightTable.tsx';

export function Person({ id }: { readonly id: PersonId }) {
  const view = useView(`person:${id}`);
  const go = useScreens((screens) => screens.go);
  const administers = useView('access')?.administers === true;
  if (view === undefined) return <Loading what="this person" />;
  if (view === null) return <Empty title="Nobody of your organisation has this id" />;
  return (
    <article className="access-body" aria-label={view.row.name}>
      <div className="row">
        <Button small onPress={() => go({ at: 'access', part: 'people', id: null })}>
          All people
        </Button>
        <h2>{view.row.name}</h2>
        {view.me && <span className="quiet">This is you</span>}
      </div>
      <section className="part" aria-labelledby="person-posts">
        <h2 id="person-posts">Posts</h2>
        {view.held.length === 0 ? (
          <p className="quiet">Has never held a post.</p>
        ) : (
          <ul className="bullets" aria-label="Posts">
            {view.held.map((one) => (
              <Held key={`${one.seat} ${one.since}`} held={one} />
            ))}
          </ul>
        )}
        {view.attributes.length > 0 && <p>Has: {view.attributes.join(', ')}</p>}
      </section>
      <section className="part" aria-labelledby="person-computers">
        <h2 id="person-computers">Computers</h2>
        {view.computers.length === 0 && <p className="quiet">None was ever enrolled.</p>}
        <ul className="bullets" aria-label="Computers">
          {view.computers.map(({ device, name, since, until }) => (
            <li key={device} className={until === null ? undefined : 'quiet'}>
              {name}, since {whenText(since)}
              {until !== null && `; access ended ${whenText(until)}`}
            </li>
          ))}
        </ul>
      </section>
      {administers && <AdminPart view={view} />}
      <Sees view={view} />
    </article>
  );
}

const Held = ({ held }: { readonly held: HeldPost }) => (
  <li className={held.until === null ? undefined : 'quiet'}>
    {held.post}
    {held.roles.length > 0 && ` (${held.roles.join(', ')})`}
    <span className="quiet small block">
      Since {whenText(held.since)}
      {held.until !== null && `, until ${whenText(held.until)}`}
      {held.lastDay !== null && `, last day ${dayText(held.lastDay)}`}
    </span>
  </li>
);

function Sees({ view }: { readonly view: PersonView }) {
  const { day, field } = useDay();
  const now = view.sees.filter(({ until }) => until === null);
  const before = view.sees.filter(({ until }) => until !== null);
  return (
    <section className="part" aria-labelledby="person-sees">
      <h2 id="person-sees">Can see</h2>
      <p className="quiet small">
        Of the cases that this computer holds. Nobody can list the others: the relay is blind, and the authority knows
        no case.
      </p>
      {field}
      {day === null ? (
        <>
          {now.length === 0 ? (
            <p className="quiet">Nothing of what this computer holds.</p>
          ) : (
            <SeenTable rows={now} label={`What ${view.row.name} can see`} />
          )}
          {before.length > 0 && (
            <details>
              <summary>Could see before ({before.length})</summary>
              <SeenTable rows={before} label={`What ${view.row.name} could see before`} />
            </details>
          )}
        </>
      ) : (
        <SawThen view={view} day={day} />
      )}
    </section>
  );
}

interface SeenTableProps {
  readonly rows: PersonView['sees'];
  readonly label: string;
}

/** A row for each place; the guests of a campaign below, to be opened. */
function SeenTable({ rows, label }: SeenTableProps) {
  const { single, campaigns } = apart(rows);
  return (
    <>
      {single.length > 0 && <SeenRows rows={single} label={label} />}
      {campaigns.map(({ key, title, from, rows: ones }) => (
        <details key={key}>
          <summary>
            {title}: shared with {countText(ones.length, 'guest')} of {from}
          </summary>
          <SeenRows rows={ones} label={`${label}: guests of ${from}`} />
        </details>
      ))}
    </>
  );
}

function SeenRows({ rows, label }: SeenTableProps) {
  const go = useScreens((screens) => screens.go);
  return (
    <SightTable
      label={label}
      rows={rows}
      first="Case and place"
      cell={(row) => (
        <>
          <Button
            kind="link"
            onPress={() => go({ at: 'case', case: row.case, place: 'working papers', section: 'who' })}
          >
            {row.title}
          </Button>
          <span className="quiet small block">{row.place}</span>
        </>
      )}
    />
  );
}

/** What somebody held and could see on a past day. */
function SawThen({ view, day }: { readonly view: PersonView; readonly day: Day }) {
  const rows = view.sees.filter(day.has);
  const held = view.held.filter(day.has).map(({ post }) => post);
  return (
    <>
      <p>{held.length === 0 ? `Held no post on ${day.text}.` : `Posts held on ${day.text}: ${held.join('; ')}.`}</p>
      {rows.length === 0 ? (
        <p className="quiet">Could see nothing then of what this computer holds.</p>
      ) : (
        <SeenTable rows={rows} label={`What ${view.row.name} could see on ${day.text}`} />
      )}
    </>
  );
}
