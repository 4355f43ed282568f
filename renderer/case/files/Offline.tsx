/**
 * What of the case this computer keeps off line, always in sight, and the ways to change it: everything or what is opened,
 * and giving the space back of what is safe elsewhere. What stays is said with its reason.
 */
import { useState } from 'react';
import type { Freed, Keep } from '../../../shared/ipc/offline.ts';
import type { CaseView } from '../../../shared/ipc/worker.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Check.tsx';
import { countText, sizeText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { ask, worker } from '../../worker/connection.ts';

const OPTIONS: readonly { readonly value: Keep; readonly text: string }[] = [
  { value: 'all', text: 'Keep all files on this computer, to work off line' },
  { value: 'when opened', text: 'Fetch a file when it is opened' },
];

type OfflineProps = Pick<CaseView, 'row' | 'offline'>;

export function Offline({ row, offline }: OfflineProps) {
  const [asking, setAsking] = useState(false);
  return (
    <span className="push row">
      <span className="quiet">
        {offline.keep === 'all' ? 'All kept on this computer' : 'Fetched when opened'}, {sizeText(offline.bytes)} here
      </span>
      <Button small onPress={() => setAsking(true)}>
        Off line…
      </Button>
      {asking && <OfflineDialog row={row} offline={offline} onClose={() => setAsking(false)} />}
    </span>
  );
}

function OfflineDialog({ row, offline, onClose }: OfflineProps & { readonly onClose: () => void }) {
  const [freed, setFreed] = useState<Freed | null>(null);
  const act = useAct();
  const of = row.case;
  const free = (): void => {
    setFreed(null);
    void act.run(async () => setFreed(await worker().freeSpace(of)));
  };
  return (
    <Ask title="Files on this computer" open onClose={onClose}>
      <div className="stack">
        <Radios
          label="Files of this case"
          value={offline.keep}
          onChange={(keep) => ask((to) => to.keepOffline(of, keep))}
          options={OPTIONS}
        />
        <p>
          They take {sizeText(offline.bytes)} here. Free space drops those that the relay holds and that can be fetched
          again, and from then on a file is fetched when it is opened. What is nowhere else stays.
        </p>
        {freed !== null && <Outcome freed={freed} />}
        {act.wrong !== null && <Trouble sentence="No space was freed." next={act.wrong} />}
        <footer>
          <Button onPress={free} busy={act.busy} disabled={offline.bytes === 0}>
            Free space
          </Button>
          <Button kind="main" onPress={onClose}>
            Close
          </Button>
        </footer>
      </div>
    </Ask>
  );
}

const Outcome = ({ freed }: { readonly freed: Freed }) => (
  <div role="status">
    <p>
      <strong>
        {freed.files === 0
          ? 'No space could be freed.'
          : `${sizeText(freed.bytes)} freed: ${countText(freed.files, 'file')} dropped.`}
      </strong>
    </p>
    {freed.kept.length > 0 && (
      <ul className="bullets">
        {freed.kept.map(({ files, why }) => (
          <li key={why}>
            {countText(files, 'file stays', 'files stay')}: {why}.
          </li>
        ))}
      </ul>
    )}
  </div>
);
