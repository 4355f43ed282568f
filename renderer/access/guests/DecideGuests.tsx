/**
 * Deciding about guests, one or many at once: another last day, the end, or somebody else who answers for them. Each is a decision
 * of its own, with its reason; how far it has come, and which could not be done, is said.
 */
import { byName } from '../../../shared/primitives/byName.ts';
import { useState } from 'react';
import type { GuestDecision, GuestRow, SponsorRow } from '../../../shared/ipc/guests.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText, dayText } from '../../ui/format.ts';
import { ACT_SENTENCES } from '../../ui/sentences.ts';
import { Trouble } from '../../ui/State.tsx';
import { worker } from '../../worker/connection.ts';
import { dayAfter } from '../../ui/today.ts';
import { useTerms } from './InviteGuest.tsx';

export type Deciding = GuestDecision['is'];

const TITLES: Record<Deciding, string> = {
  extend: 'Extend access',
  end: 'End access',
  sponsor: 'Change who answers',
};
const BUTTONS: Record<Deciding, string> = { extend: 'Extend', end: 'End access', sponsor: 'Name them' };

interface DecideGuestsProps {
  readonly what: Deciding;
  readonly guests: readonly GuestRow[];
  readonly sponsors: readonly SponsorRow[];
  readonly onClose: () => void;
}

interface Progress {
  readonly done: number;
  readonly failed: readonly { readonly name: string; readonly sentence: string }[];
}

export function DecideGuests({ what, guests, sponsors, onClose }: DecideGuestsProps) {
  const most = useTerms();
  const [why, setWhy] = useState('');
  const [asked, setUntil] = useState<string | null>(null);
  const [sponsor, setSponsor] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const latest = dayAfter(most);
  // A day that is never sooner than what anybody has, as far as the longest goes.
  const usual = [dayAfter(30), ...guests.map((row) => row.until)].toSorted().at(-1) ?? '';
  const until = asked ?? (usual < latest ? usual : latest);
  const sooner = guests.filter((row) => until !== '' && until < row.until);
  const chosen = sponsors.find((one) => keyOf(one) === sponsor);
  const ready =
    why.trim() !== '' && (what !== 'sponsor' || chosen !== undefined) && (what !== 'extend' || until !== '');
  const decisionOn = ({ guest }: GuestRow): GuestDecision | null => {
    if (what === 'extend') return { is: 'extend', guest, until, why };
    if (what === 'end') return { is: 'end', guest, why };
    return chosen ? { is: 'sponsor', guest, sponsor: chosen.person, seat: chosen.seat, why } : null;
  };
  const run = async (): Promise<void> => {
    setBusy(true);
    let said: Progress = { done: 0, failed: [] };
    for (const row of guests) {
      const decision = decisionOn(row);
      const outcome =
        decision &&
        (await worker()
          .decideGuest(decision)
          .catch(() => null));
      if (outcome?.ok) said = { ...said, done: said.done + 1 };
      else
        said = {
          ...said,
          failed: [...said.failed, { name: row.name, sentence: ACT_SENTENCES[outcome?.cause ?? 'authority away'] }],
        };
      setProgress(said);
    }
    setBusy(false);
    if (said.failed.length === 0) onClose();
  };
  const [one] = guests;
  return (
    <Ask title={guests.length === 1 && one ? `${TITLES[what]}: ${one.name}` : TITLES[what]} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void run();
        }}
      >
        <p>{SAYS[what](guests)}</p>
        {guests.length > 1 && <Names guests={guests} />}
        {what === 'extend' && (
          <Field
            label="Last day"
            type="date"
            value={until}
            onChange={setUntil}
            hint={`At most ${most} days from today: until ${dayText(latest)}.`}
            required
          />
        )}
        {what === 'extend' && sooner.length > 0 && (
          <p role="status" className="needs">
            {guests.length === 1
              ? `That is sooner than their last day now, ${dayText(guests[0]?.until ?? '')}.`
              : `That is sooner than the last day that ${countText(sooner.length, 'of them has', 'of them have')} now.`}
          </p>
        )}
        {what === 'sponsor' && (
          <Choice
            label="Who answers for them"
            value={sponsor}
            onChange={setSponsor}
            placeholder="Choose a colleague"
            options={sponsors.map((row) => ({ value: keyOf(row), text: row.name, hint: row.post }))}
          />
        )}
        <Field label="Reason" lines={2} value={why} onChange={setWhy} required autoFocus />
        {progress !== null && (
          <p role="status">
            {progress.done} of {countText(guests.length, 'guest')} done
          </p>
        )}
        {progress?.failed.map(({ name, sentence }) => (
          <Trouble key={name} sentence={`${name}: not done.`} next={sentence} />
        ))}
        <footer>
          <Button onPress={onClose}>{progress === null ? 'Cancel' : 'Close'}</Button>
          <Button kind={what === 'end' ? 'danger' : 'main'} type="submit" disabled={!ready} busy={busy}>
            {BUTTONS[what]}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}

const keyOf = ({ person, seat }: SponsorRow): string => `${person} ${seat}`;

/** Whom it is about, with the day that they have now: twelve long names are read as a list. */
const Names = ({ guests }: { readonly guests: readonly GuestRow[] }) => (
  <ul className="bullets" aria-label="About">
    {guests.toSorted(byName).map((row) => (
      <li key={row.guest}>
        {row.name}{' '}
        <span className="quiet small">
          {row.from}, until {dayText(row.until)}
        </span>
      </li>
    ))}
  </ul>
);

const whom = (guests: readonly GuestRow[]): string =>
  guests.length === 1 ? (guests[0]?.name ?? '') : `these ${guests.length} guests`;

const SAYS: Record<Deciding, (guests: readonly GuestRow[]) => string> = {
  extend: (guests) => `A new decision about ${whom(guests)}. It stands on record, with your reason.`,
  end: (guests) =>
    `The access of ${whom(guests)} ends: their computers lock for good within seconds, or when they are next on line, and keep nothing that could be read. What they brought stays, with their name. Who comes again is invited again.`,
  sponsor: (guests) => `Somebody of your organisation answers for ${whom(guests)} from now on.`,
};
