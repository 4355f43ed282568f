/**
 * What is still known of people who have left, and from which day on it is deleted; a hold that stops it, and lifting one. For
 * administrators, each act upon a preview of what follows, signed for by the authority and on its record.
 */
import { useCallback, useEffect, useState } from 'react';
import type { AdminAnswer } from '../../../shared/wire/administer.ts';
import { AdminForm } from '../people/AdminForm.tsx';
import { today } from '../../ui/today.ts';
import { useAdmin } from '../people/useAdmin.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { dayText } from '../../ui/format.ts';
import { Loading, Trouble } from '../../ui/State.tsx';

type Row = Extract<AdminAnswer, { is: 'leavers' }>['rows'][number];

const GOES = 'account, profile, what personnel and the identity provider said, and the copies on their computers';
const STAYS =
  'Their name, the record of who joined and left, and what they wrote in cases stay: those have their own retention.';

/** `onDone`: something was done that stands on the record. */
export function Kept({ onDone }: { readonly onDone: () => void }) {
  const { ask, wrong } = useAdmin();
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [asked, setAsked] = useState<Row | null>(null);
  const look = useCallback((): void => {
    void ask({ is: 'leavers' }).then((answer) => (answer?.is === 'leavers' ? setRows(answer.rows) : undefined));
  }, [ask]);
  useEffect(look, [look]);
  return (
    <section className="part" aria-labelledby="kept-of-leavers">
      <h2 id="kept-of-leavers">What is kept of leavers</h2>
      {wrong !== null ? (
        <Trouble sentence="It is not shown." next={wrong} />
      ) : rows === null ? (
        <Loading what="what is kept" />
      ) : rows.length === 0 ? (
        <p className="quiet">Nothing is kept of anybody who has left.</p>
      ) : (
        <Table rows={rows} onAsk={setAsked} />
      )}
      {asked !== null && (
        <HoldDialog
          row={asked}
          onClose={() => {
            setAsked(null);
            look();
            onDone();
          }}
        />
      )}
    </section>
  );
}

const Table = ({ rows, onAsk }: { readonly rows: readonly Row[]; readonly onAsk: (row: Row) => void }) => (
  <>
    <p className="quiet">
      After the day below the following is deleted: {GOES}. {STAYS}
    </p>
    <table className="seers" aria-label="What is kept of leavers">
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Left</th>
          <th scope="col">Deleted from</th>
          <th scope="col" style={{ width: '36%' }}>
            Hold
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.person}>
            <td>{row.name}</td>
            <td>{dayText(row.left)}</td>
            <td>{row.hold === null ? dayText(row.deleted) : 'Not while it is held'}</td>
            <td>
              {row.hold !== null && <span className="block">{row.hold}</span>}
              <Button
                small
                name={`${row.hold === null ? 'Hold' : 'Lift the hold'}: ${row.name}`}
                onPress={() => onAsk(row)}
              >
                {row.hold === null ? 'Hold…' : 'Lift the hold…'}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

function HoldDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const admin = useAdmin();
  const [reason, setReason] = useState('');
  const { person, name, deleted, hold } = row;
  const isHeld = hold !== null;
  const act = (): void =>
    void admin
      .ask(isHeld ? { is: 'end hold', person } : { is: 'hold', person, reason: reason.trim() })
      .then((answer) => (answer === null ? undefined : onClose()));
  const goesAtOnce = deleted <= today();
  return (
    <AdminForm
      title={isHeld ? `Lift the hold: ${name}` : `Hold what is kept of ${name}`}
      button={isHeld ? 'Lift the hold' : 'Hold'}
      danger={isHeld}
      disabled={!isHeld && reason.trim() === ''}
      admin={admin}
      onClose={onClose}
      onDo={act}
    >
      {isHeld ? (
        <>
          <p>It is held because: {hold}</p>
          <p>
            Once it is lifted, {GOES} are deleted{' '}
            <strong>{goesAtOnce ? 'at once, and cannot be brought back' : `from ${dayText(deleted)} on`}</strong>.{' '}
            {STAYS}
          </p>
        </>
      ) : (
        <>
          <p>
            From {dayText(deleted)} on this would be deleted: {GOES}. With a hold nothing of it is, until somebody lifts
            it. Their access has ended, and stays so.
          </p>
          <Field
            label="Reason"
            lines={2}
            value={reason}
            onChange={setReason}
            required
            hint="Shown here, and on record."
          />
        </>
      )}
    </AdminForm>
  );
}
