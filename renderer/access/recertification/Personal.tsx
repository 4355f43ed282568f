/** Personal access that this person answers for: posts that somebody has beside their place, each to be renewed or left to end. */
import { useCallback, useEffect, useState } from 'react';
import type { PersonalRow } from '../../../shared/ipc/access.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { dayText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { worker } from '../../worker/connection.ts';

const AWAY = 'Your organisation’s authority could not be asked, or would not. Try again when this computer is on line.';

const WHY = { ends: 'Its end is near', moved: 'They have moved since' } as const;

export function Personal() {
  const [rows, setRows] = useState<readonly PersonalRow[]>([]);
  const [renewing, setRenewing] = useState<PersonalRow | null>(null);
  const look = useCallback((): void => {
    void worker()
      .personalGrants()
      .then((answer) => (answer.ok ? setRows(answer.value) : undefined))
      .catch(() => undefined); // off line: what is to be renewed is asked about when the link is back
  }, []);
  useEffect(look, [look]);
  if (rows.length === 0) return null;
  return (
    <section className="part" aria-labelledby="personal-access">
      <h2 id="personal-access">Personal access that you answer for</h2>
      <p className="quiet small">Beside what a person’s place brings. What nobody renews ends by itself.</p>
      <ul className="cards" aria-label="Personal access that you answer for">
        {rows.map((row) => (
          <li className="card" key={`${row.person} ${row.seat}`} aria-label={`${row.post} of ${row.name}`}>
            <div className="row">
              <span>
                <strong>{row.name}</strong>: {row.post}
                <span className="quiet small block">
                  Ends after {dayText(row.until)}
                  {row.asks !== null && '. '}
                  {row.asks !== null && <span className="needs">{WHY[row.asks]}</span>}
                </span>
              </span>
              <span className="push">
                <Button small {...(row.asks !== null && { kind: 'main' as const })} onPress={() => setRenewing(row)}>
                  Renew or end…
                </Button>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {renewing !== null && (
        <Renew
          row={renewing}
          onClose={() => {
            setRenewing(null);
            look();
          }}
        />
      )}
    </section>
  );
}

function Renew({ row, onClose }: { readonly row: PersonalRow; readonly onClose: () => void }) {
  const [until, setUntil] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const say = async (to: string | null): Promise<void> => {
    setBusy(true);
    const answer = await worker()
      .renewPersonal(row.person, row.seat, to)
      .catch(() => null); // the line went: it is asked anew
    setBusy(false);
    if (answer?.ok === true) onClose();
    else setWrong(AWAY);
  };
  return (
    <Ask title={`${row.post} of ${row.name}`} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== '') void say(until);
        }}
      >
        <p>It ends after {dayText(row.until)} unless you renew it, for a year at most.</p>
        <Field label="New last day" type="date" value={until} onChange={setUntil} />
        {wrong !== null && <Trouble sentence="It was not done." next={wrong} />}
        <footer>
          <Button onPress={onClose}>Close</Button>
          <Button kind="danger" busy={busy} onPress={() => void say(null)}>
            End it now
          </Button>
          <Button kind="main" type="submit" disabled={until === ''} busy={busy}>
            Renew
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
