/**
 * What replaced what, and what was made from what; and, where the file was added here, the ways to go on from it. The
 * original never changes: each way brings a file of its own.
 */
import { useState } from 'react';
import type { FileRow } from '../../../shared/ipc/worker.ts';
import type { Origin } from '../../../shared/model/events.ts';
import { Button } from '../../ui/Button.tsx';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';

const WAYS: readonly { readonly how: Origin; readonly text: string }[] = [
  { how: 'new version', text: 'Add new version…' },
  { how: 'redacted copy', text: 'Add redacted copy…' },
  { how: 'converted copy', text: 'Add converted copy…' },
];

export function LineagePart({ file }: { readonly file: FileRow }) {
  const [adding, setAdding] = useState<{ readonly how: Origin; readonly known: number } | null>(null);
  const act = useAct();
  const add = (how: Origin): void =>
    void act.run(async () => {
      const [token] = await desktop().chooseFiles('file');
      if (token === undefined) return undefined;
      const outcome = await worker().addFrom(file.version, how, token);
      if (outcome.ok) setAdding({ how, known: file.lineage.length });
      return outcome;
    });
  if (file.lineage.length === 0 && !file.canDerive) return null;
  return (
    <section aria-labelledby="lineage" className="passport">
      <h3 id="lineage">Versions and copies</h3>
      {file.lineage.length === 0 ? (
        <p className="quiet">This is the only version, and no copy was made from it.</p>
      ) : (
        <ul className="bullets">
          {file.lineage.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {file.canDerive && (
        <>
          <p className="quiet">
            A new version takes this one’s place; a copy stands beside it. This file stays as it is, and nothing is
            shared before it is released.
          </p>
          <div className="row">
            {WAYS.map(({ how, text }) => (
              <Button key={how} onPress={() => add(how)} busy={act.busy}>
                {text}
              </Button>
            ))}
          </div>
          {adding?.known === file.lineage.length && (
            <p role="status" className="quiet">
              The {adding.how} is being added. It stands in the list once it is hashed and sealed.
            </p>
          )}
        </>
      )}
      {act.wrong !== null && <Trouble sentence="It was not added." next={act.wrong} />}
    </section>
  );
}
