/**
 * The computers of one's organisation: one's own, with what may be done to them; those that wait for one's word; and
 * everybody else's, the newest first, since members see who joined and when.
 */
import './computers.css';
import { useState } from 'react';
import type { ComputersView } from '../../../shared/ipc/computers.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Loading } from '../../ui/State.tsx';
import { useView } from '../../worker/views.ts';
import { AddComputer } from './AddComputer.tsx';
import { ComputerLine } from './ComputerLine.tsx';
import { useWaiting } from './useComputers.ts';
import { WaitingComputers } from './WaitingComputers.tsx';

export function Computers() {
  const view = useView('computers');
  const waiting = useWaiting();
  const [adding, setAdding] = useState(false);
  if (view === undefined) return <Loading what="the computers" />;
  const isKeyAdmin = waiting?.isKeyAdmin === true;
  return (
    <>
      <header className="row">
        <div>
          <p className="quiet">
            What a computer reads is what its person’s posts read. Everybody in your organisation sees here which were
            let in, and when.
          </p>
        </div>
        <span className="push">
          <Button kind="main" onPress={() => setAdding(true)}>
            Add a computer
          </Button>
        </span>
      </header>
      {waiting !== null && <WaitingComputers waiting={waiting} />}
      <section className="part stack" aria-label="Your computers">
        <h2>Your computers</h2>
        <ul className="computer-lines">
          {view.computers
            .filter((row) => row.isMine)
            .map((row) => (
              <ComputerLine key={row.device} row={row} mayRemove />
            ))}
        </ul>
        <p className="quiet">
          Lost a computer, or its passphrase? Remove it here from another of yours and add a new one; or ask a key-admin
          of your organisation to do both. What it had sent comes back by your colleagues’ computers.
        </p>
      </section>
      <Others view={view} isKeyAdmin={isKeyAdmin} />
      {adding && (
        <AddComputer
          view={view}
          isKeyAdmin={isKeyAdmin}
          waiting={waiting?.computers.map(({ code }) => code) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

/** Lines shown at once; the field finds the others. */
const MOST = 40;

function Others({ view, isKeyAdmin }: { readonly view: ComputersView; readonly isKeyAdmin: boolean }) {
  const [wanted, setWanted] = useState('');
  const text = wanted.trim().toLowerCase();
  const all = view.computers.filter(
    (row) => !row.isMine && `${row.personName} ${row.name}`.toLowerCase().includes(text),
  );
  return (
    <section className="part stack" aria-label="Others in your organisation">
      <h2>Others in your organisation</h2>
      <Field label="Find a person or computer" value={wanted} onChange={setWanted} />
      {all.length === 0 && <p className="quiet">{text === '' ? 'No other computers yet.' : 'None of that name.'}</p>}
      <ul className="computer-lines">
        {all.slice(0, MOST).map((row) => (
          <ComputerLine key={row.device} row={row} mayRemove={isKeyAdmin} />
        ))}
      </ul>
      {all.length > MOST && <p className="quiet">And {all.length - MOST} more: type part of a name to find one.</p>}
    </section>
  );
}
