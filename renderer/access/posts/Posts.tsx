/** Every post of the organisation with its unit, roles and holders; administrators add, rename and end them, and say what they may. */
import { useState } from 'react';
import type { PostRow } from '../../../shared/ipc/access.ts';
import { Button } from '../../ui/Button.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { Lines } from '../../ui/Lines.tsx';
import { Empty, Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { AddPost, EndPost, RenamePost, RolesOfPost } from './PostDialogs.tsx';

type Asked = { readonly is: 'add' } | { readonly is: 'roles' | 'rename' | 'end'; readonly row: PostRow };

const columns = (ask: (asked: Asked) => void): readonly Column<PostRow>[] => [
  {
    key: 'post',
    title: 'Post',
    width: 'minmax(0, 1.4fr)',
    cell: (row) => <Lines first={row.title} strong below={[row.unit]} />,
  },
  {
    key: 'people',
    title: 'Held by',
    width: 'minmax(0, 1.2fr)',
    cell: (row) =>
      row.people.length === 0 ? <span className="quiet">Nobody</span> : <Clip text={row.people.join(', ')} />,
  },
  {
    key: 'roles',
    title: 'Roles',
    width: 'minmax(0, 1.2fr)',
    cell: (row) =>
      row.roles.length === 0 ? <span className="quiet">None</span> : <Clip text={row.roles.join(', ')} />,
  },
  {
    key: 'acts',
    title: 'Acts',
    width: '13.5rem',
    look: 'acts',
    cell: (row) =>
      row.mine ? (
        <span className="quiet small">Your own: not by you</span>
      ) : (
        <span className="row">
          <Button small name={`Roles of ${row.post}`} onPress={() => ask({ is: 'roles', row })}>
            Roles…
          </Button>
          <Button small name={`Rename ${row.post}`} onPress={() => ask({ is: 'rename', row })}>
            Rename…
          </Button>
          <Button small name={`End ${row.post}`} onPress={() => ask({ is: 'end', row })}>
            End…
          </Button>
        </span>
      ),
  },
];

export function Posts() {
  const rows = useView('posts');
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  if (rows === undefined) return <Loading what="posts" />;
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(({ post, roles, people }) =>
    [post, ...roles, ...people].some((text) => text.toLowerCase().includes(wanted)),
  );
  const close = (): void => setAsked(null);
  return (
    <div className="access-body">
      <div className="row beside">
        <Field label="Find" value={search} onChange={setSearch} placeholder="Post, role or person" />
        <span className="quiet" role="status">
          {countText(found.length, 'post')}
        </span>
        <span className="push">
          <Button kind="main" onPress={() => setAsked({ is: 'add' })}>
            Add a post…
          </Button>
        </span>
      </div>
      {found.length === 0 ? (
        <Empty title="No post of that name" />
      ) : (
        <Grid
          fill
          label="Posts"
          columns={columns(setAsked)}
          rows={found}
          idOf={(row) => row.seat}
          nameOf={(row) => row.post}
        />
      )}
      {asked?.is === 'add' && <AddPost onClose={close} />}
      {asked?.is === 'roles' && <RolesOfPost row={asked.row} onClose={close} />}
      {asked?.is === 'rename' && <RenamePost row={asked.row} onClose={close} />}
      {asked?.is === 'end' && <EndPost row={asked.row} onClose={close} />}
    </div>
  );
}
