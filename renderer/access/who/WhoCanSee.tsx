/**
 * Who can see this: of a case, every place with its people, and what the written rules deny; with the acts that change it.
 * Of a file or package: the same people, without acts.
 */
import '../access.css';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { BarRow, SeenPlace, SeerRow, WhoView } from '../../../shared/ipc/access.ts';
import type { CaseId, ItemId, PackageId } from '../../../shared/primitives/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { timeText, whenText } from '../../ui/format.ts';
import { Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { InviteGuest } from '../guests/InviteGuest.tsx';
import { Asking } from './AccessDialogs.tsx';
import type { AskingFor } from './AccessDialogs.tsx';
import { useDay } from './OnDay.tsx';
import { SeenPlaces, hasMany } from './Seers.tsx';

export function WhoCanSee({ of }: { readonly of: CaseId }) {
  const view = useView(`who:${of}`);
  const [asking, setAsking] = useState<AskingFor | null>(null);
  const [inviting, setInviting] = useState(false);
  const { day, field } = useDay();
  const { find, search } = useFind(view?.places ?? []);
  if (view === undefined) return <Loading what="who can see this" />;
  const end = (row: SeerRow): void => setAsking({ is: 'end', row });
  return (
    <div className="access-body">
      <div className="row">
        <h2>Who can see this</h2>
        <span className="push row">
          {view.may.give && <Button onPress={() => setAsking({ is: 'give' })}>Let a post in…</Button>}
          {view.may.give && <Button onPress={() => setInviting(true)}>Invite a guest…</Button>}
          {(view.may.limit || view.may.barMe) && (
            <Button onPress={() => setAsking({ is: 'bar' })}>
              {view.may.limit ? 'Bar somebody…' : 'I have a conflict of interest…'}
            </Button>
          )}
          {view.may.limit && <Button onPress={() => setAsking({ is: 'limit' })}>What it takes…</Button>}
        </span>
      </div>
      <p className="quiet">
        By the signed access chain of each place and the directory, as this computer holds them. Access is given to
        posts: whoever holds the post can see it, from the day they hold it.
      </p>
      <div className="row">
        {field}
        {search}
      </div>
      <Rules view={view} onLift={(bar) => setAsking({ is: 'lift', bar })} />
      <SeenPlaces
        places={view.places}
        day={day}
        find={find}
        onEnd={({ title }) => (view.may.give && title === 'Working papers' ? end : undefined)}
      />
      {inviting && <InviteGuest of={of} onClose={() => setInviting(false)} />}
      {asking !== null && <Asking of={of} view={view} asked={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** A name or post to look for, where there are many. */
function useFind(places: readonly SeenPlace[]): { readonly find: string; readonly search: ReactNode } {
  const [find, setFind] = useState('');
  if (!hasMany(places)) return { find: '', search: null };
  return {
    find,
    search: <Field label="Find a person" value={find} onChange={setFind} placeholder="Name or post" />,
  };
}

/** What denies access here, whatever post somebody holds. */
function Rules({ view, onLift }: { readonly view: WhoView; readonly onLift: (bar: BarRow) => void }) {
  const { units, needs, marking } = view.limits;
  if (view.bars.length === 0 && units.length === 0 && needs.length === 0 && marking === null) return null;
  const standing = view.bars.filter(({ lifted }) => lifted === null);
  const lifted = view.bars.filter((bar) => bar.lifted !== null);
  return (
    <section className="part" aria-labelledby="access-rules">
      <h2 id="access-rules">What denies access</h2>
      <ul className="bullets">
        {standing.map((bar) => (
          <li key={bar.person}>
            <strong>{bar.name}</strong> is barred: {bar.why}{' '}
            <span className="quiet small">
              {bar.by}, {timeText(bar.at)}
            </span>{' '}
            {view.may.limit && (
              <Button small kind="bare" name={`Lift the bar on ${bar.name}`} onPress={() => onLift(bar)}>
                Lift…
              </Button>
            )}
          </li>
        ))}
        {units.length > 0 && <li>Only posts of {units.join(', ')}.</li>}
        {needs.length > 0 && <li>Every holder of a post must have: {needs.join(', ')}.</li>}
        {marking !== null && (
          <li>
            It is marked {marking.marking}: every holder of a post must have {marking.vetting.join(' or ')}.
          </li>
        )}
        {lifted.map(({ person, name, why, at, lifted: end }) => (
          <li key={`${person} ${at}`} className="quiet">
            {name} was barred ({why}) from {whenText(at)} until {end && whenText(end.at)}: {end?.why}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SeenProps {
  readonly of: CaseId;
  readonly about: { readonly item: ItemId } | { readonly package: PackageId };
}

/** Of one file: opened where somebody asks. */
export function WhoSees({ of, about }: SeenProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="row">
        <Button small expanded={open} onPress={() => setOpen(!open)}>
          Who can see this
        </Button>
      </div>
      {open && <Seen of={of} about={about} />}
    </>
  );
}

/** Of one file or package. */
export function Seen({ of, about }: SeenProps) {
  const view = useView('item' in about ? `who:${of}:item:${about.item}` : `who:${of}:package:${about.package}`);
  const { day, field } = useDay();
  const { find, search } = useFind(view?.places ?? []);
  if (view === undefined) return <Loading what="who can see this" />;
  return (
    <>
      <div className="row">
        {field}
        {search}
      </div>
      <SeenPlaces places={view.places} day={day} find={find} />
    </>
  );
}
