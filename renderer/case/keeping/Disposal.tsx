/**
 * Disposal by two people: what would be destroyed and what would remain stands before both of them. What stops it is said
 * in place of the button.
 */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { disposalWord } from '../../../shared/status/keeping.ts';
import { Button } from '../../ui/Button.tsx';
import { Status } from '../../ui/Word.tsx';
import { worker } from '../../worker/connection.ts';
import { ReasonDialog } from '../packages/ReasonDialog.tsx';
import { AgreeToDisposal } from './AgreeToDisposal.tsx';
import { WhatGoes } from './WhatGoes.tsx';

type Asked = WorkState['disposals'][number];
type Asking = 'ask' | 'agree' | 'refuse' | null;

/** Why nobody can ask for disposal now; null: nothing stands against it. */
function against({ state }: CaseView['work']): string | null {
  if (state.closed === null) return 'Only a closed case is disposed of.';
  if (state.holds.some(({ lifted }) => lifted === null))
    return 'A hold stands: nothing is disposed of until it is lifted.';
  const { at } = state.closed;
  if (state.retention.findLast((one) => one.at >= at)?.decision !== 'dispose')
    return 'A retention review decides first, after the closing, that the case is disposed of.';
  return null;
}

export function Disposal({ view }: { readonly view: CaseView }) {
  const [asking, setAsking] = useState<Asking>(null);
  const { state, may, me, keeping } = view.work;
  const stops = against(view.work);
  const live = state.disposals.findLast(({ asked, refused }) => refused === null && asked.by.org === me.org);
  const isAgreed = live !== undefined && live.agreed !== null;
  const close = (): void => setAsking(null);
  return (
    <section className="part" aria-labelledby="disposal">
      <div className="row">
        <h2 id="disposal">Disposal</h2>
        {live === undefined && stops === null && may.includes('disposal asked') && (
          <span className="push">
            <Button onPress={() => setAsking('ask')}>Propose disposal</Button>
          </span>
        )}
      </div>
      {live === undefined && (
        <p className="quiet">{stops ?? 'Two people dispose of a case: one proposes, another confirms.'}</p>
      )}
      {state.disposals.length > 0 && (
        <ol className="cards" aria-label="Disposals">
          {state.disposals.toReversed().map((one) => (
            <Card key={one.id} one={one}>
              {one === live && one.agreed === null && <Answer view={view} one={one} stops={stops} onAsk={setAsking} />}
            </Card>
          ))}
        </ol>
      )}
      {keeping.preview !== null && stops === null && !isAgreed && <WhatGoes preview={keeping.preview} />}
      {asking === 'ask' && (
        <ReasonDialog
          title="Propose disposal"
          about="Nothing is destroyed yet. Somebody else of your organisation, who may, has to confirm it."
          act="Propose disposal"
          run={(reason) => worker().doWork(view.row.case, { is: 'disposal asked', reason })}
          onClose={close}
        />
      )}
      {asking === 'agree' && live !== undefined && <AgreeToDisposal view={view} disposal={live} onClose={close} />}
      {asking === 'refuse' && live !== undefined && (
        <ReasonDialog
          title="Refuse this disposal"
          about={`${live.asked.by.personName} proposed it: ${live.reason}`}
          act="Refuse disposal"
          run={(reason) => worker().doWork(view.row.case, { is: 'disposal refused', disposal: live.id, reason })}
          onClose={close}
        />
      )}
    </section>
  );
}

const Card = ({ one, children }: { readonly one: Asked; readonly children: React.ReactNode }) => (
  <li className={one.refused === null ? 'card' : 'card past'}>
    <div className="row">
      <Status word={disposalWord(one)} />
      <span className="push quiet small">
        Proposed by {one.asked.by.personName}, {one.asked.by.orgName}
      </span>
    </div>
    <p className="said">{one.reason}</p>
    {one.refused !== null && <p className="quiet small">Refused: {one.refused.reason}</p>}
    {children}
  </li>
);

interface AnswerProps {
  readonly view: CaseView;
  readonly one: Asked;
  readonly stops: string | null;
  readonly onAsk: (asking: Asking) => void;
}

function Answer({ view, one, stops, onAsk }: AnswerProps) {
  const { may, me } = view.work;
  if (one.asked.by.person === me.person)
    return <p className="quiet small">You proposed it. Somebody else confirms it: nobody disposes of a case alone.</p>;
  if (!may.includes('disposal agreed')) return null;
  return (
    <div className="row">
      {stops !== null && <p className="needs small">{stops}</p>}
      <span className="push row">
        <Button onPress={() => onAsk('refuse')}>Refuse</Button>
        <Button kind="main" onPress={() => onAsk('agree')} disabled={stops !== null}>
          Confirm disposal
        </Button>
      </span>
    </div>
  );
}
