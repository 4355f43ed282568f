/** Who joined, moved and left, when, and what brought it about: the authority's record, for administrators; and what is kept of leavers. */
import { useEffect, useState } from 'react';
import type { PersonRow } from '../../../shared/ipc/access.ts';
import type { AdminAnswer } from '../../../shared/wire/administer.ts';
import { useScreens } from '../../state/route.ts';
import { Button } from '../../ui/Button.tsx';
import { capital, whenText } from '../../ui/format.ts';
import { Empty, Loading, Trouble } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { Kept } from '../leavers/Kept.tsx';
import { useAdmin } from '../people/useAdmin.ts';

type Row = Extract<AdminAnswer, { is: 'record' }>['rows'][number];

const SOURCES: Record<string, string> = {
  scim: 'the identity provider',
  'hr import': 'personnel',
  command: 'an administrator',
  'the day': 'a date that had come',
};

export function Movements() {
  const people = useView('people');
  const [done, setDone] = useState(0);
  if (people === undefined) return <Loading what="the record" />;
  // Asked again when the directory says that somebody has come or gone.
  const stands = people.map(({ person, posts }) => `${person} ${posts.length}`).join();
  return (
    <div className="access-body">
      <Kept key={`kept ${stands}`} onDone={() => setDone(done + 1)} />
      <Record key={`${stands} ${done}`} people={people} />
    </div>
  );
}

function Record({ people }: { readonly people: readonly PersonRow[] }) {
  const { ask, wrong } = useAdmin();
  const go = useScreens((screens) => screens.go);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  useEffect(() => {
    void ask({ is: 'record' }).then((answer) => (answer?.is === 'record' ? setRows(answer.rows) : undefined));
  }, [ask]);
  if (wrong !== null) return <Trouble sentence="The record is not shown." next={wrong} />;
  if (rows === null) return <Loading what="the record" />;
  if (rows.length === 0)
    return (
      <Empty title="Nobody has joined, moved or left yet">
        <p>What personnel, the identity provider and administrators say of people appears here.</p>
      </Empty>
    );
  return (
    <section className="part" aria-labelledby="record-of-people">
      <h2 id="record-of-people">Who joined, moved and left</h2>
      <table className="seers" aria-label="Joiners, movers and leavers">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">What</th>
            <th scope="col">Brought about by</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, person, what, source, about }, i) => (
            <tr key={`${time} ${person} ${i}`}>
              <td>
                <Button kind="link" onPress={() => go({ at: 'access', part: 'people', id: person })}>
                  {people.find((one) => one.person === person)?.name ?? 'Somebody'}
                </Button>
              </td>
              <td>
                {capital(what)}
                {about !== null && <span className="quiet small block">{about}</span>}
              </td>
              <td>{SOURCES[source] ?? source}</td>
              <td>{whenText(time)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
