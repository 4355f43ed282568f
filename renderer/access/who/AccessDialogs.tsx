/** Changing who can see a case: letting a post in, ending it, a bar, and what it takes. Every act has a reason on record. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AccessAct, BarRow, SeerRow, WhoView } from '../../../shared/ipc/access.ts';
import type { Askable } from '../../../shared/model/facts/access.ts';
import type { CaseId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { useView } from '../../worker/views.ts';

export type AskingFor =
  | { readonly is: 'give' }
  | { readonly is: 'end'; readonly row: SeerRow }
  | { readonly is: 'bar' }
  | { readonly is: 'lift'; readonly bar: BarRow }
  | { readonly is: 'limit' };

interface DialogProps {
  readonly of: CaseId;
  readonly view: WhoView;
  readonly onClose: () => void;
}

export function Asking({ asked, ...props }: DialogProps & { readonly asked: AskingFor }) {
  switch (asked.is) {
    case 'give':
      return <Give {...props} />;
    case 'end':
      return <End {...props} row={asked.row} />;
    case 'bar':
      return <BarDialog {...props} />;
    case 'lift':
      return <Lift {...props} bar={asked.bar} />;
    case 'limit':
      return <Limit {...props} />;
  }
}

export const ROLE_OPTIONS = [
  { value: 'reader', text: 'Read only' },
  { value: 'contributor', text: 'Read and write' },
] as const;

interface FormProps {
  readonly of: CaseId;
  readonly onClose: () => void;
  readonly title: string;
  readonly button: string;
  /** Null: something is not chosen yet. */
  readonly what: ((why: string) => AccessAct) | null;
  readonly children: ReactNode;
}

/** One act with its reason. */
function Form({ of, onClose, title, button, what, children }: FormProps) {
  const [why, setWhy] = useState('');
  const doing = useAct();
  const run = (): void => {
    if (what === null || why.trim() === '') return;
    void doing.run(() => worker().doAccess(of, what(why))).then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title={title} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        {children}
        <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
        {doing.wrong !== null && <Trouble sentence="It was not done." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={what === null || why.trim() === ''} busy={doing.busy}>
            {button}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}

function Give({ of, view, onClose }: DialogProps) {
  const [seat, setSeat] = useState<SeatId | null>(null);
  const [role, setRole] = useState<Askable>('reader');
  const [until, setUntil] = useState('');
  return (
    <Form
      of={of}
      onClose={onClose}
      title="Let a post in"
      button="Let in"
      what={seat === null ? null : (why) => ({ is: 'give', seat, role, until: until === '' ? null : until, why })}
    >
      <p>Everybody who holds the post can then see Working papers and the Case file, with what was written before.</p>
      <Choice
        label="Post"
        value={seat}
        onChange={setSeat}
        placeholder="Choose a post"
        options={view.posts.map((one) => ({
          value: one.seat,
          text: one.post,
          hint: one.people.length === 0 ? 'Nobody holds it' : one.people.join(', '),
        }))}
      />
      <Choice label="May" value={role} onChange={setRole} options={ROLE_OPTIONS} />
      <Field
        label="Last day"
        type="date"
        optional
        value={until}
        onChange={setUntil}
        hint="Access ends by itself after this day."
      />
    </Form>
  );
}

const End = ({ of, onClose, row }: DialogProps & { readonly row: SeerRow }) => (
  <Form
    of={of}
    onClose={onClose}
    title="End access"
    button="End access"
    what={(why) => ({ is: 'end', seat: row.seat, why })}
  >
    <p>
      {row.post} can no longer see this case, whoever holds it. What they have read, they have read; what is written
      from now on is sealed under another key.
    </p>
  </Form>
);

function BarDialog({ of, view, onClose }: DialogProps) {
  const me = useView('access')?.me ?? null;
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const person = view.may.limit ? chosen : me;
  return (
    <Form
      of={of}
      onClose={onClose}
      title={view.may.limit ? 'Bar somebody' : 'I have a conflict of interest'}
      button="Bar"
      what={person === null ? null : (why) => ({ is: 'bar', person, why })}
    >
      <p>
        Whoever is barred must not see the case, whichever post they hold. A post that they hold loses access with them:
        nobody reads by a key that they have. Those who read the case see the reason.
      </p>
      {view.may.limit ? (
        <Choice
          label="Person"
          value={chosen}
          onChange={setChosen}
          placeholder="Choose a person"
          options={view.people.map((one) => ({ value: one.person, text: one.name }))}
        />
      ) : (
        <p>You bar yourself. Somebody else has to lift it.</p>
      )}
    </Form>
  );
}

const Lift = ({ of, onClose, bar }: DialogProps & { readonly bar: BarRow }) => (
  <Form
    of={of}
    onClose={onClose}
    title={`Lift the bar on ${bar.name}`}
    button="Lift the bar"
    what={(why) => ({ is: 'lift bar', person: bar.person, why })}
  >
    <p>It gives nobody access: posts that lost it are let in again by a lead.</p>
  </Form>
);

const toggled = (all: readonly string[], one: string, is: boolean): readonly string[] =>
  is ? [...all, one] : all.filter((other) => other !== one);

function Limit({ of, view, onClose }: DialogProps) {
  const [units, setUnits] = useState<readonly string[]>(view.limits.units);
  const [needs, setNeeds] = useState<readonly string[]>(view.limits.needs);
  return (
    <Form
      of={of}
      onClose={onClose}
      title="What it takes to see this case"
      button="Set"
      what={(why) => ({ is: 'limit', units, needs, why })}
    >
      <p>Posts that do not meet it lose access, and get no key.</p>
      <fieldset className="field refs">
        <legend className="label">Units (none ticked: any unit)</legend>
        {view.units.map((unit) => (
          <Check key={unit} selected={units.includes(unit)} onChange={(is) => setUnits(toggled(units, unit, is))}>
            {unit}
          </Check>
        ))}
      </fieldset>
      <fieldset className="field refs">
        <legend className="label">Every holder must have</legend>
        {view.attributes.length === 0 && (
          <p className="quiet small">Your authority has said of nobody what they have, such as a vetting level.</p>
        )}
        {view.attributes.map((one) => (
          <Check key={one} selected={needs.includes(one)} onChange={(is) => setNeeds(toggled(needs, one, is))}>
            {one}
          </Check>
        ))}
      </fieldset>
    </Form>
  );
}
