/** Asking for access to a case: which, why, until when, and whom. */
import { useState } from 'react';
import type { RequestRow, RequestsView } from '../../../shared/ipc/access.ts';
import type { Askable } from '../../../shared/model/facts/access.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { namesText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { dayAfter, today } from '../../ui/today.ts';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { ROLE_OPTIONS } from '../who/AccessDialogs.tsx';

interface AskDialogProps {
  readonly askWhom: RequestsView['askWhom'];
  /** A request that is over, to be asked anew: filled in as it was, each of it to be changed. Null: a new one. */
  readonly again?: RequestRow | null;
  readonly onClose: () => void;
}

/** As long as a posting usually needs; whoever approves can change it. */
const USUAL_DAYS = 30;

export function AskDialog({ askWhom, again = null, onClose }: AskDialogProps) {
  const [wanted, setWanted] = useState(again?.wanted ?? '');
  const [why, setWhy] = useState(again?.why ?? '');
  const [role, setRole] = useState<Askable>(again?.role ?? 'reader');
  const [until, setUntil] = useState(() =>
    again !== null && again.until >= today() ? again.until : dayAfter(USUAL_DAYS),
  );
  const askedBefore = askWhom.find(({ seat }) => seat === again?.toSeat);
  const [to, setTo] = useState<SeatId | null>(
    askedBefore?.seat ?? askWhom.find(({ manager }) => manager)?.seat ?? null,
  );
  const doing = useAct();
  const ready = wanted.trim() !== '' && why.trim() !== '' && until !== '' && to !== null;
  const run = (): void => {
    if (!ready || to === null) return;
    void doing
      .run(() => worker().askAccess({ wanted, role, until, why, to }))
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title={again === null ? 'Ask for access' : 'Ask again for access'} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Field
          label="Case"
          value={wanted}
          onChange={setWanted}
          hint="The URN, or the name that it goes by. You do not see it here: it is not yours to see yet."
          required
        />
        <Choice label="May" value={role} onChange={setRole} options={ROLE_OPTIONS} />
        <Field label="Until" type="date" value={until} onChange={setUntil} required />
        <Field label="Reason" lines={2} value={why} onChange={setWhy} required />
        <Choice
          label="Whom to ask"
          value={to}
          onChange={setTo}
          placeholder="Choose a post"
          hint="Your line manager, or the post that leads the case."
          options={askWhom.map((one) => ({
            value: one.seat,
            text: one.manager ? `${one.post} (your line manager)` : one.post,
            hint: namesText(one.people),
          }))}
        />
        {doing.wrong !== null && <Trouble sentence="The request was not sent." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            Ask
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
