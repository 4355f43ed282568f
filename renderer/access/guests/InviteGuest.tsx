/**
 * Inviting a guest to a case: who, from where, why, until when, what they may do, and which files; then the code that they come
 * in with, shown once.
 */
import { useEffect, useState } from 'react';
import type { GuestInvited, InviteGuest as Asked, UnfinishedGuest } from '../../../shared/ipc/guests.ts';
import type { ItemRow } from '../../../shared/ipc/worker.ts';
import type { GuestMay } from '../../../shared/model/facts/guests.ts';
import type { CaseId, VersionId } from '../../../shared/primitives/ids.ts';
import { fileRowName } from '../../case/files/FileName.tsx';
import { ChooseItems } from '../../release/ChooseItems.tsx';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { dayText, whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { dayAfter } from '../../ui/today.ts';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useCase } from '../../worker/views.ts';

const MAY: readonly { readonly value: GuestMay; readonly text: string; readonly hint: string }[] = [
  { value: 'view', text: 'View', hint: 'Reads what is chosen below; adds nothing and exports nothing.' },
  {
    value: 'contribute',
    text: 'View and contribute',
    hint: 'May also export, add files, and write a report to the team.',
  },
];
/** Until the authority has said how long it may be. */
const USUAL_DAYS = 90;

interface InviteGuestProps {
  readonly of: CaseId;
  readonly onClose: () => void;
}

export function InviteGuest({ of, onClose }: InviteGuestProps) {
  const [made, setMade] = useState<{ readonly name: string; readonly invited: GuestInvited } | null>(null);
  return (
    <Ask title={made === null ? 'Invite a guest' : `Invited: ${made.name}`} open onClose={onClose} wide={made === null}>
      {made === null ? (
        <Form of={of} onClose={onClose} onMade={(name, invited) => setMade({ name, invited })} />
      ) : (
        <>
          <HandOver invited={made.invited} />
          <footer>
            <Button kind="main" onPress={onClose}>
              Close
            </Button>
          </footer>
        </>
      )}
    </Ask>
  );
}

/** What the guest needs on their computer: shown once. */
export const HandOver = ({ invited }: { readonly invited: GuestInvited }) => (
  <div role="status" className="stack tight">
    <p>Give these two to the guest, in person or by a channel that you trust. The code enrols one computer, once.</p>
    <p>
      Relay address <strong className="mono">{invited.relay}</strong>
      <br />
      Enrolment code <strong className="mono">{invited.code}</strong>
      <span className="quiet small block">It serves until {whenText(invited.expires)}. It is not shown again.</span>
    </p>
  </div>
);

interface FormProps extends InviteGuestProps {
  readonly onMade: (name: string, invited: GuestInvited) => void;
}

function Form({ of, onClose, onMade }: FormProps) {
  const view = useCase(of);
  const most = useTerms();
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const [why, setWhy] = useState('');
  const [note, setNote] = useState('');
  const [may, setMay] = useState<GuestMay>('view');
  const [until, setUntil] = useState<string | null>(null);
  const [versions, setVersions] = useState<ReadonlySet<VersionId>>(new Set());
  const [withSummary, setWithSummary] = useState(false);
  const doing = useAct();
  const unfinished = useUnfinished(of);
  const goOn = ({ asked }: UnfinishedGuest): void => {
    setName(asked.name);
    setFrom(asked.from);
    setWhy(asked.why);
    setNote(asked.note);
    setMay(asked.may);
    setUntil(asked.until);
    setVersions(new Set(asked.versions));
    setWithSummary(asked.withSummary);
  };
  const last = until ?? dayAfter(most);
  const ready =
    [name, from, why, last].every((text) => text.trim() !== '') &&
    (versions.size > 0 || withSummary || may === 'contribute');
  const run = (): void => {
    const asked: Asked = { name, from, may, until: last, why, note, versions: [...versions], withSummary };
    void doing.run(async () => {
      const outcome = await worker().inviteGuest(of, asked);
      if (outcome.ok) onMade(name, outcome.value);
      return outcome;
    });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) run();
      }}
    >
      <p>
        Somebody of an organisation outside sees just what you choose here, until the last day. You answer for them.
        They get no key of anything else in this case.
      </p>
      {name === '' && unfinished.map((one) => <Unfinished key={one.at} row={one} onGoOn={() => goOn(one)} />)}
      <div className="guest-form">
        <Field label="Name of the guest" value={name} onChange={setName} required autoFocus />
        <Field label="Their organisation" value={from} onChange={setFrom} required />
        <Choice label="They may" value={may} onChange={setMay} options={MAY} />
        <Field
          label="Last day"
          type="date"
          value={last}
          onChange={setUntil}
          hint={`At most ${most} days: until ${dayText(dayAfter(most))}. It can be extended later, by a new decision.`}
          required
        />
      </div>
      <Field
        label="Reason"
        lines={2}
        value={why}
        onChange={setWhy}
        hint="On record, and shown to the guest."
        required
      />
      <Field label="What you ask of them" lines={2} value={note} onChange={setNote} optional />
      {view && (
        <ChooseItems label="Files to share" items={newest(view.items)} chosen={versions} onChange={setVersions} />
      )}
      <Check selected={withSummary} onChange={setWithSummary}>
        The summary of the case too, as it is now
      </Check>
      {doing.wrong !== null && <Trouble sentence="The guest was not invited." next={doing.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
          Invite
        </Button>
      </footer>
    </form>
  );
}

/** An invitation of which no answer came: going on with it makes no second guest. */
function Unfinished({ row, onGoOn }: { readonly row: UnfinishedGuest; readonly onGoOn: () => void }) {
  const { name, from } = row.asked;
  return (
    <div className="part stack tight" role="status">
      <p>
        The invitation of {name} ({from}), begun {whenText(row.at)}, was not finished: no answer came. Going on makes no
        second guest, and gives a code that serves.
      </p>
      <Button small name={`Go on with the invitation of ${name}`} onPress={onGoOn}>
        Go on with it
      </Button>
    </div>
  );
}

function useUnfinished(of: CaseId): readonly UnfinishedGuest[] {
  const [rows, setRows] = useState<readonly UnfinishedGuest[]>([]);
  useEffect(() => {
    let isShown = true;
    void worker()
      .unfinishedGuests(of)
      .then((found) => (isShown ? setRows(found) : undefined))
      .catch(() => undefined); // the line went: what was not finished is offered the next time
    return () => {
      isShown = false;
    };
  }, [of]);
  return rows;
}

/** Of each file of the case once, the newest version of its item. */
export function newest(items: readonly ItemRow[]): readonly ItemRow[] {
  const once = new Map(items.filter(({ file }) => file.isNewest).map((item) => [item.file.version, item]));
  return [...once.values()].toSorted((a, b) => fileRowName(a.file).localeCompare(fileRowName(b.file), 'en-GB'));
}

/** For how many days a guest may be let in. */
export function useTerms(): number {
  const [days, setDays] = useState(USUAL_DAYS);
  useEffect(() => {
    let isShown = true;
    void worker()
      .guestTerms()
      .then((said) => (isShown && said !== null ? setDays(said) : undefined))
      .catch(() => undefined); // the line went: the usual number stands
    return () => {
      isShown = false;
    };
  }, []);
  return days;
}
