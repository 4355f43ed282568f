/** The acts of an administrator on posts, each in a dialog of its own. The authority does them; the directory shows what came of it. */
import { useState } from 'react';
import type { PostRow } from '../../../shared/ipc/access.ts';
import { ROLES } from '../../../shared/model/roles.ts';
import { Check } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import { capital } from '../../ui/format.ts';
import { AdminForm } from '../people/AdminForm.tsx';
import { useAdmin } from '../people/useAdmin.ts';

interface RolesProps {
  readonly roles: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
}

const Roles = ({ roles, onChange }: RolesProps) => (
  <fieldset className="field roles">
    <legend>Roles</legend>
    {ROLES.map((role) => (
      <Check
        key={role}
        selected={roles.includes(role)}
        onChange={(is) => onChange(is ? [...roles, role] : roles.filter((one) => one !== role))}
      >
        {capital(role)}
      </Check>
    ))}
  </fieldset>
);

interface NameProps {
  readonly title: string;
  readonly unit: string;
  readonly onTitle: (title: string) => void;
  readonly onUnit: (unit: string) => void;
}

const Name = ({ title, unit, onTitle, onUnit }: NameProps) => (
  <>
    <Field label="Title" value={title} onChange={onTitle} required />
    <Field label="Unit" value={unit} onChange={onUnit} optional />
  </>
);

interface PostDialogProps {
  readonly row: PostRow;
  readonly onClose: () => void;
}

export function AddPost({ onClose }: Pick<PostDialogProps, 'onClose'>) {
  const admin = useAdmin();
  const [title, setTitle] = useState('');
  const [unit, setUnit] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const add = (): void =>
    void admin
      .ask({ is: 'add post', title: title.trim(), unit: unit.trim(), roles: [...roles] })
      .then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm
      title="Add a post"
      button="Add"
      disabled={title.trim() === ''}
      admin={admin}
      onClose={onClose}
      onDo={add}
    >
      <p>Posts that personnel or the identity provider name are made by themselves.</p>
      <Name title={title} unit={unit} onTitle={setTitle} onUnit={setUnit} />
      <Roles roles={roles} onChange={setRoles} />
    </AdminForm>
  );
}

export function RolesOfPost({ row, onClose }: PostDialogProps) {
  const admin = useAdmin();
  const [roles, setRoles] = useState(row.roles);
  const save = (): void =>
    void admin
      .ask({ is: 'roles', seat: row.seat, roles: [...roles] })
      .then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm title={`Roles of ${row.post}`} button="Save" admin={admin} onClose={onClose} onDo={save}>
      <p>What its holders may do in a case, from now on. It opens no case to them.</p>
      <Roles roles={roles} onChange={setRoles} />
    </AdminForm>
  );
}

export function RenamePost({ row, onClose }: PostDialogProps) {
  const admin = useAdmin();
  const [title, setTitle] = useState(row.title);
  const [unit, setUnit] = useState(row.unit);
  const save = (): void =>
    void admin
      .ask({ is: 'rename post', seat: row.seat, title: title.trim(), unit: unit.trim() })
      .then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm
      title={`Rename ${row.post}`}
      button="Save"
      disabled={title.trim() === ''}
      admin={admin}
      onClose={onClose}
      onDo={save}
    >
      <p>Its cases and its history stay with it. One that personnel or the identity provider name is renamed there.</p>
      <Name title={title} unit={unit} onTitle={setTitle} onUnit={setUnit} />
    </AdminForm>
  );
}

export function EndPost({ row, onClose }: PostDialogProps) {
  const admin = useAdmin();
  const end = (): void =>
    void admin.ask({ is: 'end post', seat: row.seat }).then((answer) => (answer === null ? undefined : onClose()));
  return (
    <AdminForm title={`End ${row.post}`} button="End the post" danger admin={admin} onClose={onClose} onDo={end}>
      <p>
        {row.people.length === 0
          ? 'Nobody holds it.'
          : `${row.people.join(', ')} ${row.people.length === 1 ? 'holds' : 'hold'} it no more, and what it sees they do not see by it.`}{' '}
        Its roles end; what was written by it stays.
      </p>
    </AdminForm>
  );
}
