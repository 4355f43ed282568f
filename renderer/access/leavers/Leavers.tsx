/**
 * Colleagues who have left, and what they had in hand by name: whole cases, and roles, packages and reviews that were given to
 * them. Each is given to a named person by itself, and what was taken over says by whom.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { LeaverRow, LeftRow } from '../../../shared/ipc/work.ts';
import type { Party } from '../../../shared/model/facts/parts.ts';
import type { InHand } from '../../../shared/model/work/leftBehind.ts';
import { assertNever } from '../../../shared/primitives/result.ts';
import { STAGE_WORDS } from '../../../shared/model/formats/stages.ts';
import { Colleague } from '../../case/work/standing/Colleague.tsx';
import { useScreens } from '../../state/route.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { capital, countText, dayText, whenText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';

export function Leavers() {
  const rows = useView('leavers');
  const [giving, setGiving] = useState<LeftRow | null>(null);
  if (rows === undefined) return <Loading what="leavers" />;
  if (rows.length === 0)
    return (
      <Empty title="Nobody has left anything in hand">
        <p>
          When a colleague leaves, the cases in their name, and what was given to them by name, stand here until
          somebody has them. Of the cases that this computer holds.
        </p>
      </Empty>
    );
  return (
    <div className="access-body">
      {rows.map((row) => (
        <Leaver key={row.person} row={row} onGive={setGiving} />
      ))}
      {giving !== null && <GiveDialog row={giving} onClose={() => setGiving(null)} />}
    </div>
  );
}

interface LeaverProps {
  readonly row: LeaverRow;
  readonly onGive: (row: LeftRow) => void;
}

function Leaver({ row, onGive }: LeaverProps) {
  const open = row.things.filter(({ taken }) => taken === null).length;
  return (
    <section className="part" aria-label={row.name}>
      <h2>{row.name}</h2>
      <p className={open > 0 ? 'needs' : 'quiet'}>
        {open > 0
          ? `${countText(open, 'thing is', 'things are')} still in their name.`
          : 'Everything has been taken over.'}
        {row.left !== null && ` Left ${whenText(row.left)}.`}
      </p>
      <table className="seers" aria-label={`What ${row.name} had in hand`}>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">What</th>
            <th scope="col" style={{ width: '36%' }}>
              Who takes it
            </th>
          </tr>
        </thead>
        <tbody>
          {row.things.map((thing) => (
            <Thing key={thing.id} row={thing} onGive={onGive} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Thing({ row, onGive }: { readonly row: LeftRow; readonly onGive: (row: LeftRow) => void }) {
  const go = useScreens((screens) => screens.go);
  return (
    <tr>
      <td>
        <Button kind="link" onPress={() => go({ at: 'case', case: row.case, place: 'working papers' })}>
          {row.title}
        </Button>
        {row.urn !== null && <span className="quiet small block">{row.urn}</span>}
      </td>
      <td>{whatText(row.thing)}</td>
      <td>
        {row.taken !== null ? (
          <>
            {row.taken.name}
            <span className="quiet small block">
              Given by {row.taken.by}, {whenText(row.taken.at)}
            </span>
          </>
        ) : row.to.length > 0 ? (
          <Button small name={`Give to somebody: ${whatText(row.thing)}, ${row.title}`} onPress={() => onGive(row)}>
            Give to somebody…
          </Button>
        ) : (
          <span className="quiet">Nobody yet. A supervisor of the case can give it on.</span>
        )}
      </td>
    </tr>
  );
}

function whatText(thing: InHand): string {
  switch (thing.is) {
    case 'case':
      return thing.actions === 0
        ? 'The case itself'
        : `The case itself, with ${countText(thing.actions, 'open action')} of the plan`;
    case 'role':
      return thing.package === null ? capital(thing.role) : `${capital(thing.role)}, for a package`;
    case 'review':
      return `A review, ${STAGE_WORDS[thing.stage].name}`;
    case 'guest':
      return `The guest ${thing.name}, for whom they answered: ends on ${dayText(thing.until)}`;
    default:
      return assertNever(thing);
  }
}

function GiveDialog({ row, onClose }: { readonly row: LeftRow; readonly onClose: () => void }) {
  const [to, setTo] = useState<Party | null>(null);
  const [reason, setReason] = useState(`${row.from.personName} has left.`);
  const { busy, wrong, run } = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to === null || reason.trim() === '') return;
    void run(async () => {
      const done = await worker().giveOn(row.case, row.thing, to, reason.trim());
      if (done.ok) onClose();
      return done;
    });
  };
  return (
    <Ask title="Give to somebody" open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>
          {whatText(row.thing)}: {row.title}. So far in the name of {row.from.personName}, who has left.
        </p>
        <Colleague label="To" from={row.to} value={to} onChange={setTo} />
        <Field label="Reason" lines={2} value={reason} onChange={setReason} required />
        {wrong !== null && <Trouble sentence="It was not given." next={wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={to === null || reason.trim() === ''} busy={busy}>
            Give
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
