/** The people of one's own organisation, as its directory has them; and one of them, with everything they can see. */
import { useState } from 'react';
import type { PersonRow } from '../../../shared/ipc/access.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import { Grid } from '../../ui/Grid.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { Empty, Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { AddPersonDialog } from './AdminDialogs.tsx';
import { Person } from './Person.tsx';

const COLUMNS: readonly Column<PersonRow>[] = [
  { key: 'name', title: 'Person', width: 'minmax(0, 1fr)', cell: (row) => <Clip text={row.name} /> },
  {
    key: 'posts',
    title: 'Posts',
    width: 'minmax(0, 2fr)',
    cell: (row) =>
      row.posts.length === 0 ? (
        <span className="quiet">{row.gone ? 'Has left, or has no post yet' : 'No post'}</span>
      ) : (
        <Clip text={row.posts.join('; ')} />
      ),
  },
  {
    key: 'computers',
    title: 'Computers',
    width: '7rem',
    look: 'number',
    cell: (row) => <span>{row.computers}</span>,
  },
];

export function People({ id }: { readonly id: string | null }) {
  return id === null ? <AllPeople /> : <Person id={id as PersonId} />;
}

function AllPeople() {
  const rows = useView('people');
  const go = useScreens((screens) => screens.go);
  const [search, setSearch] = useState('');
  const [adding, setAdding] = useState(false);
  const administers = useView('access')?.administers === true;
  if (rows === undefined) return <Loading what="people" />;
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(({ name, posts }) => [name, ...posts].some((text) => text.toLowerCase().includes(wanted)));
  return (
    <div className="access-body">
      <div className="row beside">
        <Field label="Find" value={search} onChange={setSearch} placeholder="Name or post" />
        <span className="quiet" role="status">
          {countText(found.length, 'person', 'people')}
        </span>
        {administers && (
          <span className="push">
            <Button onPress={() => setAdding(true)}>Add a person…</Button>
          </span>
        )}
      </div>
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
      {found.length === 0 ? (
        <Empty title="Nobody of that name or post">
          <p>Only people of your own organisation are listed.</p>
        </Empty>
      ) : (
        <Grid
          fill
          label="People"
          columns={COLUMNS}
          rows={found}
          idOf={(row) => row.person}
          nameOf={(row) => row.name}
          onOpen={(row) => go({ at: 'access', part: 'people', id: row.person })}
        />
      )}
    </div>
  );
}
