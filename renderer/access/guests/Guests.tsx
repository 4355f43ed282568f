/**
 * Every guest of the organisation in one list: from where, for which cases, until when, who answers for them; to go through an
 * organisation or a case at a time, and decide about many at once. Those that nobody decides about end by themselves.
 */
import './guests.css';
import { useState } from 'react';
import type { GuestRow, GuestsView } from '../../../shared/ipc/guests.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { countText } from '../../ui/format.ts';
import { Loading } from '../../ui/State.tsx';
import { Status } from '../../ui/Word.tsx';
import { useView } from '../../worker/views.ts';
import { DecideGuests } from './DecideGuests.tsx';
import type { Deciding } from './DecideGuests.tsx';
import { GuestDetails } from './GuestDetails.tsx';

const ALL = 'all';

export function Guests({ id }: { readonly id: string | null }) {
  const view = useView('guests');
  return view === undefined ? <Loading what="the guests" /> : <List view={view} open={id} />;
}

function List({ view, open }: { readonly view: GuestsView; readonly open: string | null }) {
  const [from, setFrom] = useState(ALL);
  const [inCase, setInCase] = useState(ALL);
  const [ticked, setTicked] = useState<ReadonlySet<PersonId>>(new Set());
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [shown, setShown] = useState<string | null>(open);
  const rows = view.rows.filter(
    (row) => (from === ALL || row.from === from) && (inCase === ALL || row.folders.some((one) => one.case === inCase)),
  );
  const now = rows.filter(({ isIn }) => isIn);
  const before = rows.filter(({ isIn }) => !isIn);
  const may = now.filter(({ canDecide }) => canDecide);
  const chosen = may.filter(({ guest }) => ticked.has(guest));
  const guest = view.rows.find((row) => row.guest === shown);
  return (
    <>
      <p className="quiet">
        People of organisations outside, each let in by one of your own to the files that were chosen for them. You
        decide about those you answer for, and those of a post of yours. Whom nobody extends, ends on the last day by
        itself. A guest is invited from a case, under <em>Who can see this</em>.
      </p>
      {view.rows.length === 0 ? (
        <section className="part">
          <h2>No guests</h2>
          <p className="quiet">Nobody of an organisation outside has been let in.</p>
        </section>
      ) : (
        <>
          <div className="row guest-filters">
            <Choice label="Organisation" value={from} onChange={setFrom} options={organisations(view)} />
            <Choice label="Case" value={inCase} onChange={setInCase} options={cases(view)} />
          </div>
          <section className="part stack" aria-label="Guests">
            <div className="row">
              <h2>Guests</h2>
              <span className="quiet">
                {countText(now.length, 'guest')}
                {chosen.length > 0 && `, ${chosen.length} ticked`}
              </span>
              <span className="push row">
                {(['extend', 'sponsor', 'end'] as const).map((what) => (
                  <Button key={what} disabled={chosen.length === 0} onPress={() => setDeciding(what)}>
                    {ACTS[what]}
                  </Button>
                ))}
              </span>
            </div>
            <Table rows={now} ticked={ticked} onTick={setTicked} may={may} onOpen={setShown} />
            {before.length > 0 && (
              <details>
                <summary>Whose access has ended ({before.length})</summary>
                <Table rows={before} onOpen={setShown} />
              </details>
            )}
          </section>
        </>
      )}
      {guest && <GuestDetails key={guest.guest} row={guest} sponsors={view.sponsors} />}
      {deciding !== null && chosen.length > 0 && (
        <DecideGuests
          what={deciding}
          guests={chosen}
          sponsors={view.sponsors}
          onClose={() => {
            setDeciding(null);
            setTicked(new Set());
          }}
        />
      )}
    </>
  );
}

export const ACTS: Record<Deciding, string> = { extend: 'Extend…', sponsor: 'Change who answers…', end: 'End…' };

const option = (value: string, text: string) => ({ value, text });
const organisations = ({ rows }: GuestsView) => [
  option(ALL, 'All'),
  ...[...new Set(rows.map(({ from }) => from))].toSorted().map((from) => option(from, from)),
];
function cases({ rows }: GuestsView) {
  const titles = new Map(rows.flatMap(({ folders }) => folders.map((folder) => [folder.case as string, folder.title])));
  return [option(ALL, 'All'), ...[...titles].map(([id, title]) => option(id, title))];
}

interface TableProps {
  readonly rows: readonly GuestRow[];
  readonly may?: readonly GuestRow[];
  readonly ticked?: ReadonlySet<PersonId>;
  readonly onTick?: (ticked: ReadonlySet<PersonId>) => void;
  readonly onOpen: (guest: PersonId) => void;
}

function Table({ rows, may = [], ticked, onTick, onOpen }: TableProps) {
  const tick = (guest: PersonId, is: boolean): void => {
    const next = new Set(ticked);
    if (is) next.add(guest);
    else next.delete(guest);
    onTick?.(next);
  };
  const all = may.length > 0 && may.every(({ guest }) => ticked?.has(guest));
  return (
    <table className="seers" aria-label={onTick ? 'Guests who are let in' : 'Guests whose access has ended'}>
      <thead>
        <tr>
          {onTick && (
            <th scope="col" style={{ width: '2.5rem' }}>
              <Check
                name="All that I decide about"
                selected={all}
                some={!all && (ticked?.size ?? 0) > 0}
                disabled={may.length === 0}
                onChange={(is) => onTick(new Set(is ? may.map(({ guest }) => guest) : []))}
              />
            </th>
          )}
          <th scope="col">Guest</th>
          <th scope="col">Case</th>
          <th scope="col">Answers for them</th>
          <th scope="col" style={{ width: '28%' }}>
            Access
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.guest}>
            {onTick && (
              <td>
                <Check
                  name={row.name}
                  selected={ticked?.has(row.guest) === true}
                  disabled={!row.canDecide}
                  onChange={(is) => tick(row.guest, is)}
                />
              </td>
            )}
            <td>
              <Button kind="link" onPress={() => onOpen(row.guest)}>
                {row.name}
              </Button>
              <span className="quiet small block">{row.from}</span>
            </td>
            <td>
              {row.folders.length === 0
                ? 'None that you see'
                : row.folders.map(({ area, title, items, may: does }) => (
                    <span key={area} className="block">
                      {title}
                      <span className="quiet small block">
                        {countText(items.length, 'file')}, {does === 'view' ? 'view' : 'view and contribute'}
                      </span>
                    </span>
                  ))}
            </td>
            <td>
              {row.isSponsored ? row.sponsor : 'Nobody now'}
              {row.isSponsored && row.isMine && ' (you)'}
              <span className="quiet small block">
                {row.isSponsored ? row.sponsorPost : `${row.sponsor} has left ${row.sponsorPost}`}
              </span>
            </td>
            <td>
              <Status word={row.word} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
