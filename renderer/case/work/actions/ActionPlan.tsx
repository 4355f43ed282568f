/**
 * The action plan: what the prosecutor asks for, and what became of each item. Everybody sees all of it; each person sees
 * the acts that are theirs.
 */
import { useState } from 'react';
import type { CaseView } from '../../../../shared/ipc/worker.ts';
import type { ActionState } from '../../../../shared/model/work/state.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Check.tsx';
import { countText } from '../../../ui/format.ts';
import { PlusIcon } from '../../../ui/icons.tsx';
import { LongList } from '../../../ui/LongList.tsx';
import { ActionCard } from './ActionCard.tsx';
import { RaiseAction } from './RaiseAction.tsx';

const SHOWN = [
  { value: 'open', text: 'Not closed' },
  { value: 'all', text: 'All' },
] as const;

/** Overdue and soonest first; what has no date last; the newest of equals first. */
const inOrder = (a: ActionState, b: ActionState): number =>
  Number(a.state === 'closed') - Number(b.state === 'closed') ||
  (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
  b.raised.at - a.raised.at;

export function ActionPlan({ view }: { readonly view: CaseView }) {
  const [raising, setRaising] = useState(false);
  const [shown, setShown] = useState<(typeof SHOWN)[number]['value']>('open');
  const { state, may } = view.work;
  const open = state.actions.filter((action) => action.state !== 'closed');
  const actions = (shown === 'open' ? [...open] : [...state.actions]).sort(inOrder);
  return (
    <section className="part" aria-labelledby="actions">
      <div className="row">
        <h2 id="actions">Action plan</h2>
        <span className="quiet small">
          {state.actions.length === 0 ? '' : `${countText(open.length, 'item')} not closed, of ${state.actions.length}`}
        </span>
        {may.includes('action raised') && (
          <span className="push">
            <Button kind="main" onPress={() => setRaising(true)}>
              <PlusIcon />
              Raise an action
            </Button>
          </span>
        )}
      </div>
      {state.actions.length > 0 && <Radios label="Show" options={SHOWN} value={shown} onChange={setShown} />}
      {actions.length === 0 ? (
        <p className="quiet">
          {state.actions.length === 0
            ? 'Nothing has been asked for. A prosecutor raises what is still needed here, item by item.'
            : 'Every item of the action plan is closed.'}
        </p>
      ) : (
        <LongList
          label="Actions"
          className="cards"
          items={actions}
          keyOf={({ id }) => id}
          nameOf={({ text }) => text.slice(0, 60)}
          height={120}
        >
          {(action) => <ActionCard view={view} action={action} />}
        </LongList>
      )}
      {raising && <RaiseAction view={view} onClose={() => setRaising(false)} />}
    </section>
  );
}
