/**
 * Offering a version of the sharing agreement: what it begins from, every part of it to be changed, and all the time what
 * it changes of what is in force. Owns the draft; nothing binds anybody before the other side has accepted it.
 */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { AgreementView } from '../../../shared/ipc/agreement.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { compareAgreements } from '../../../shared/model/work/agreement/compare.ts';
import { agreementInForce } from '../../../shared/model/work/agreement/inForce.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { AgreementParts } from './AgreementParts.tsx';
import { kept, wrongWith } from './draft.ts';
import { WhatChanges } from './WhatChanges.tsx';

interface OfferProps {
  readonly view: CaseView;
  readonly agreement: AgreementView;
  readonly onClose: () => void;
}

export function OfferAgreement({ view, agreement: { starts, tables, steps, other }, onClose }: OfferProps) {
  const [start, setStart] = useState('0');
  const [draft, setDraft] = useState<Agreement | null>(starts[0]?.agreement ?? null);
  const [key, setKey] = useState<string>(tables[0]?.key ?? 'joinder');
  const doing = useAct();
  const now = agreementInForce(view.work.state);
  const table = tables.find((one) => one.key === key);
  if (draft === null || table === undefined) return null;
  const change = (part: Partial<Agreement>): void => setDraft({ ...draft, ...part });
  const offered = { ...kept(draft), permissions: table.named };
  const wrong = wrongWith(offered);
  const titleOf = (id: string): string => steps.find((step) => step.id === id)?.title ?? id;
  const begin = (chosen: string): void => {
    setStart(chosen);
    setDraft(starts[Number(chosen)]?.agreement ?? draft);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong !== null) return;
    void doing
      .run(() =>
        worker().doWork(view.row.case, { is: 'agreement offered', agreement: offered, permissions: table.table }),
      )
      .then((done) => (done ? onClose() : undefined));
  };
  return (
    <Ask title={`Offer version ${draft.number} to ${other ?? ''}`} open onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        <Choice
          label="Begin from"
          value={start}
          options={starts.map(({ title }, at) => ({ value: String(at), text: title }))}
          onChange={begin}
        />
        <Field label="Name" value={draft.name} onChange={(name) => change({ name })} required />
        <div className="row">
          <Field
            label="In effect from"
            type="date"
            value={draft.effective}
            onChange={(effective) => change({ effective })}
          />
          <Field
            label="To be reviewed by"
            type="date"
            optional
            value={draft.review ?? ''}
            onChange={(review) => change({ review: review === '' ? null : review })}
          />
        </div>
        <AgreementParts draft={draft} steps={steps} onChange={change} />
        <Choice
          label="Permissions"
          value={key}
          options={tables.map((one) => ({ value: one.key, text: one.title }))}
          onChange={setKey}
        />
        <WhatChanges
          against={now?.agreement.number ?? null}
          changes={now === null ? [] : compareAgreements(now.agreement, offered, titleOf)}
          permissions={table.changes}
        />
        {wrong !== null && <p className="needs">{wrong}</p>}
        {doing.wrong !== null && <Trouble sentence="The agreement was not offered." next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={wrong !== null} busy={doing.busy}>
            Offer version {draft.number}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
