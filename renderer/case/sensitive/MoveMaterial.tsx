/**
 * Items that are marked as belonging on the other list, and the act that moves them there. Says, before it is done, what
 * becomes of what was already read: moving is not un-seeing.
 */
import { useState } from 'react';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import type { RecordItem } from '../../../shared/model/record.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';

interface MoveMaterialProps {
  readonly view: CaseView;
  readonly items: readonly RecordItem[];
  readonly to: 'sensitive' | 'non-sensitive';
}

export function MoveMaterial({ view, items, to }: MoveMaterialProps) {
  const [asking, setAsking] = useState(false);
  const { sensitive, row } = view;
  const many = countText(items.length, 'item is', 'items are');
  return (
    <div className="apart-move" role="note">
      <p>
        <strong>
          {many} marked {to}
        </strong>
        {to === 'sensitive'
          ? ' and still on this list. No release takes it along; it should be kept apart as well.'
          : ' and still kept apart.'}
      </p>
      {sensitive.mayKeep && !row.closed ? (
        <Button small onPress={() => setAsking(true)}>
          {to === 'sensitive' ? 'Move to sensitive material…' : 'Move to unused material…'}
        </Button>
      ) : (
        sensitive.askWhom.length > 0 && <span className="quiet small">Ask {sensitive.askWhom.join('; ')}.</span>
      )}
      {asking && <Confirm view={view} items={items} to={to} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Confirm({ view, items, to, onClose }: MoveMaterialProps & { readonly onClose: () => void }) {
  const doing = useAct();
  const { inCaseFile } = view.sensitive;
  const shared = items.filter(({ id }) => inCaseFile?.ids.includes(id) === true).length;
  const run = (): void =>
    void doing
      .run(() => worker().doSensitive(view.row.case, { is: 'move', rows: items.map(({ id }) => id), to }))
      .then((done) => (done ? onClose() : undefined));
  return (
    <Ask title={to === 'sensitive' ? 'Move to sensitive material' : 'Move to unused material'} open onClose={onClose}>
      <ul className="bullets">
        {items.map(({ id, name }) => (
          <li key={id}>{name === '' ? 'Item without a name' : name}</li>
        ))}
      </ul>
      {to === 'sensitive' ? <ToSensitive shared={shared} org={inCaseFile?.org ?? ''} /> : <ToUnused />}
      {doing.wrong !== null && <Trouble sentence="Nothing was moved." next={doing.wrong} />}
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="main" busy={doing.busy} onPress={run}>
          Move
        </Button>
      </footer>
    </Ask>
  );
}

const ToSensitive = ({ shared, org }: { readonly shared: number; readonly org: string }) => (
  <>
    <p>
      From now on only the readers of the sensitive list see it. Colleagues who read Working papers before may have read
      it, and the history of Working papers still holds what it said.
    </p>
    {shared > 0 && (
      <p className="needs">
        {org} reads {countText(shared, 'of these items', 'of these items')} in the Case file already. It is cleared
        there, and cannot be un-seen: what they have read, kept or exported stays with them. Tell the prosecutor.
      </p>
    )}
    <p>
      Packages that went out before keep what they said. Its files stay in Working papers and are released no more; what
      was released of them stays where it went.
    </p>
  </>
);

const ToUnused = () => (
  <p>
    It is listed as non-sensitive from now on: your colleagues read it, it goes with the next release, and it is on the
    schedule (MG6C) that the defence is given. Why it was sensitive stays behind. It is cleared from what the prosecutor
    was shown.
  </p>
);
