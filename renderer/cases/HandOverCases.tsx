/**
 * Handing over all the cases of somebody in one act: of a colleague who is absent, or one's own before leave. Whose, to whom
 * and which are seen before it is done; each can be left out, and what could not be handed over is named.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { HandedOver, HoldingRow } from '../../shared/ipc/work.ts';
import type { Party } from '../../shared/model/facts/parts.ts';
import type { CaseId } from '../../shared/primitives/ids.ts';
import { Colleague } from '../case/work/standing/Colleague.tsx';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Check.tsx';
import { Field } from '../ui/Field.tsx';
import { countText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { ACT_SENTENCES } from '../ui/sentences.ts';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { useView } from '../worker/views.ts';

const keyOf = ({ person, seat }: Party): string => `${person} ${seat}`;

/** Everybody who holds one of these cases, once for each post. */
const holdersOf = (rows: readonly HoldingRow[]): readonly Party[] => [
  ...new Map(rows.map(({ holder }) => [keyOf(holder), holder])).values(),
];

export function HandOverCases() {
  const [open, setOpen] = useState(false);
  const rows = useView('holdings') ?? [];
  if (rows.length === 0 && !open) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>Hand over cases…</Button>
      {open && <HandOverDialog rows={rows} onClose={() => setOpen(false)} />}
    </>
  );
}

function HandOverDialog({ rows, onClose }: { readonly rows: readonly HoldingRow[]; readonly onClose: () => void }) {
  const [from, setFrom] = useState<Party | null>(null);
  const [to, setTo] = useState<Party | null>(null);
  const [left, setLeft] = useState<ReadonlySet<CaseId>>(new Set());
  const [reason, setReason] = useState('');
  const [became, setBecame] = useState<HandedOver | null>(null);
  const doing = useAct();
  const theirs = from === null ? [] : rows.filter(({ holder }) => keyOf(holder) === keyOf(from));
  const chosen = theirs.filter((row) => !left.has(row.case));
  const officers = (useView('colleagues') ?? []).flatMap(({ party, roles }) =>
    roles.includes('officer') && party.person !== from?.person ? [party] : [],
  );
  const ready = to !== null && chosen.length > 0 && reason.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    void doing.run(async () => {
      const outcome = await worker().handOver(
        chosen.map((row) => row.case),
        to,
        reason.trim(),
      );
      if (outcome.failed.length === 0) onClose();
      else setBecame(outcome);
    });
  };
  return (
    <Ask title="Hand over cases" open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <p>
          All the cases of one person go to a colleague at once. Who hands them over, to whom and why stays with each.
        </p>
        <Colleague label="Whose cases" from={holdersOf(rows)} value={from} onChange={setFrom} />
        {from !== null && (
          <fieldset className="field refs" aria-label="Cases that go">
            <legend className="label">
              {countText(chosen.length, 'case goes', 'cases go')}
              {left.size > 0 && `, of ${theirs.length}`}
            </legend>
            <div className="choose-files">
              {theirs.map(({ case: id, title, urn }) => (
                <Check
                  key={id}
                  selected={!left.has(id)}
                  onChange={(is) => setLeft(new Set(is ? [...left].filter((one) => one !== id) : [...left, id]))}
                >
                  {urn === null ? title : `${title} (${urn})`}
                </Check>
              ))}
            </div>
          </fieldset>
        )}
        <Colleague label="To" from={officers} value={to} onChange={setTo} />
        <Field label="Reason" lines={2} value={reason} onChange={setReason} required />
        {became !== null && <NotAll became={became} rows={rows} />}
        {doing.wrong !== null && <Trouble sentence="The cases were not handed over." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>{became === null ? 'Cancel' : 'Close'}</Button>
          <Button kind="main" type="submit" disabled={!ready} busy={doing.busy}>
            {chosen.length === 0 ? 'Hand over' : `Hand over ${countText(chosen.length, 'case')}`}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}

const NotAll = ({ became, rows }: { readonly became: HandedOver; readonly rows: readonly HoldingRow[] }) => (
  <div role="alert" className="stack tight">
    <p className="needs">{countText(became.done, 'case was', 'cases were')} handed over. These were not:</p>
    <ul className="bullets">
      {became.failed.map(({ case: id, cause }) => (
        <li key={id}>
          {rows.find((row) => row.case === id)?.title ?? 'A case'}: {ACT_SENTENCES[cause]}
        </li>
      ))}
    </ul>
  </div>
);
