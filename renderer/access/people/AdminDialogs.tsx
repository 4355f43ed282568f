/** The acts of an administrator on a person, each in a dialog of its own; and adding a person. */
import { useState } from 'react';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { AdminAnswer } from '../../../shared/wire/administer.ts';
import { Check, Radios } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { whenText } from '../../ui/format.ts';
import { useView } from '../../worker/views.ts';
import { AdminForm } from './AdminForm.tsx';
import { useAdmin } from './useAdmin.ts';

interface AdminDialogProps {
  readonly person: PersonId;
  readonly name: string;
  /** Attributes that they have now. */
  readonly has: readonly string[];
  readonly onClose: () => void;
}

function PostChoice({ value, onChange }: { readonly value: SeatId | null; readonly onChange: (to: SeatId) => void }) {
  const posts = useView('posts') ?? [];
  return (
    <Choice
      label="Post"
      value={value}
      onChange={onChange}
      placeholder="Choose a post"
      options={posts.map(({ seat, post, roles }) => ({ value: seat, text: post, hint: roles.join(', ') }))}
    />
  );
}

const day = (text: string): string | null => (text === '' ? null : text);

const KINDS = [
  { value: 'personal', text: 'Personal: until a day, with an owner' },
  { value: 'posting', text: 'A posting' },
] as const;

export function GivePostDialog({ person, name, onClose }: AdminDialogProps) {
  const admin = useAdmin();
  const people = useView('people') ?? [];
  const me = useView('access')?.me ?? null;
  const [kind, setKind] = useState<'personal' | 'posting'>('personal');
  const [seat, setSeat] = useState<SeatId | null>(null);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const isPersonal = kind === 'personal';
  const owner = isPersonal ? (chosen ?? me) : null;
  const give = (): void => {
    if (seat === null) return;
    void admin
      .ask({ is: 'give post', person, seat, from: day(from), until: day(until), owner })
      .then((answer) => (answer === null ? undefined : onClose()));
  };
  return (
    <AdminForm
      title={`Give ${name} a post`}
      button="Give the post"
      disabled={seat === null || (isPersonal && (until === '' || owner === null))}
      admin={admin}
      onClose={onClose}
      onDo={give}
    >
      <p>What the post sees, they see from the day they hold it. It ends by itself after the last day.</p>
      <PostChoice value={seat} onChange={setSeat} />
      <Radios label="Kind" value={kind} onChange={setKind} options={KINDS} />
      <Field label="First day" type="date" optional value={from} onChange={setFrom} />
      <Field
        label="Last day"
        type="date"
        optional={!isPersonal}
        required={isPersonal}
        value={until}
        onChange={setUntil}
      />
      {isPersonal && (
        <Choice
          label="Owner, who renews it"
          value={owner}
          onChange={setChosen}
          options={people
            .filter((one) => one.person !== person && !one.gone)
            .map((one) => ({ value: one.person, text: one.name, hint: one.posts.join('; ') }))}
        />
      )}
    </AdminForm>
  );
}

export function PreviewDialog({ person, name, onClose }: AdminDialogProps) {
  const admin = useAdmin();
  const posts = useView('posts') ?? [];
  const [seat, setSeat] = useState<SeatId | null>(null);
  const [found, setFound] = useState<Extract<AdminAnswer, { is: 'preview' }> | null>(null);
  const look = (): void => {
    const post = posts.find((one) => one.seat === seat);
    if (!post) return;
    void admin
      .ask({ is: 'preview', person, title: post.title, unit: post.unit })
      .then((answer) => (answer?.is === 'preview' ? setFound(answer) : undefined));
  };
  return (
    <AdminForm
      title={`If ${name} moved`}
      button="Preview"
      disabled={seat === null}
      admin={admin}
      onClose={onClose}
      onDo={look}
    >
      <p>What they would lose and gain by this post in place of what personnel says now. Nothing is changed.</p>
      <PostChoice
        value={seat}
        onChange={(to) => {
          setSeat(to);
          setFound(null);
        }}
      />
      {found !== null && (
        <div role="status" className="stack tight">
          <p>
            <strong>
              Loses {found.loses.length}, gains {found.gains.length}
              {found.renew.length > 0 && `, ${found.renew.length} personal to be renewed`}
            </strong>
          </p>
          <ul className="bullets">
            {found.loses.map((one) => (
              <li key={`- ${one}`}>Loses {one}</li>
            ))}
            {found.gains.map((one) => (
              <li key={`+ ${one}`}>Gains {one}</li>
            ))}
            {found.renew.map((one) => (
              <li key={`= ${one}`}>Keeps {one} for four weeks, until its owner renews it</li>
            ))}
          </ul>
        </div>
      )}
    </AdminForm>
  );
}

/** Vetting levels of the police and of government, as they are written. Others may be added by their word. */
const VETTING = ['NPPV2', 'NPPV3', 'RV', 'MV', 'CTC', 'SC', 'DV'] as const;

export function AttributesDialog({ person, name, has, onClose }: AdminDialogProps) {
  const admin = useAdmin();
  const [chosen, setChosen] = useState<readonly string[]>(has);
  const [other, setOther] = useState('');
  const words = [...chosen, ...other.split(',').map((word) => word.trim())].filter((word) => word !== '');
  const save = (): void =>
    void admin
      .ask({ is: 'attributes', person, has: [...new Set(words)] })
      .then((answer) => (answer === null ? undefined : onClose()));
  const shown = [...VETTING, ...has.filter((word) => !(VETTING as readonly string[]).includes(word))];
  return (
    <AdminForm title={`Attributes of ${name}`} button="Save" admin={admin} onClose={onClose} onDo={save}>
      <p>
        What a case, or its marking, may ask for. It stands in the directory, which the relay and partners can read:
        words alone, never reasons.
      </p>
      <fieldset className="field roles">
        <legend>Vetting and training</legend>
        {shown.map((word) => (
          <Check
            key={word}
            selected={chosen.includes(word)}
            onChange={(is) => setChosen(is ? [...chosen, word] : chosen.filter((one) => one !== word))}
          >
            {word}
          </Check>
        ))}
      </fieldset>
      <Field label="Others" optional value={other} onChange={setOther} hint="Words with commas between." />
    </AdminForm>
  );
}

export function CodeDialog({ person, name, onClose }: AdminDialogProps) {
  const admin = useAdmin();
  const [made, setMade] = useState<{ readonly code: string; readonly expires: number } | null>(null);
  const make = (): void =>
    void admin.ask({ is: 'code', person }).then((answer) => (answer?.is === 'code' ? setMade(answer) : undefined));
  return (
    <AdminForm
      title={`Enrolment code for ${name}`}
      button={made === null ? 'Make a code' : 'Make another'}
      admin={admin}
      onClose={onClose}
      onDo={make}
    >
      <p>It enrols one computer as {name}. Hand it over in person, or by a channel that you trust.</p>
      {made !== null && (
        <p role="status">
          <strong className="mono">{made.code}</strong>
          <span className="quiet small block">It serves until {whenText(made.expires)}.</span>
        </p>
      )}
    </AdminForm>
  );
}

export function EndDialog({ person, name, onClose }: AdminDialogProps) {
  const admin = useAdmin();
  const end = (): void =>
    void admin.ask({ is: 'end', person }).then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm
      title={`End the access of ${name}`}
      button="End access"
      danger
      admin={admin}
      onClose={onClose}
      onDo={end}
    >
      <p>
        Every computer of theirs is shut out for good and locks within seconds, or when it is next on line; every post
        ends. What they wrote stays, under their name. They count as a leaver from today, whatever personnel or the
        identity provider say, until an administrator lets them in again.
      </p>
    </AdminForm>
  );
}

export function AddPersonDialog({ onClose }: { readonly onClose: () => void }) {
  const admin = useAdmin();
  const [name, setName] = useState('');
  const [seat, setSeat] = useState<SeatId | null>(null);
  const add = (): void =>
    void admin
      .ask({ is: 'add person', name: name.trim(), seats: seat === null ? [] : [seat] })
      .then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm
      title="Add a person"
      button="Add"
      disabled={name.trim() === ''}
      admin={admin}
      onClose={onClose}
      onDo={add}
    >
      <p>For whom neither personnel nor the identity provider speaks. Whoever comes from there is added by itself.</p>
      <Field label="Name" value={name} onChange={setName} required />
      <PostChoice value={seat} onChange={setSeat} />
    </AdminForm>
  );
}
