/**
 * Taking a copy of the case out of Joinder: as JSON with its manifest, with the files or without, as a PDF for reading, or
 * the list of items as CSV. Says before what it means, and after what was written.
 */
import { useState } from 'react';
import type { Exported } from '../../../shared/ipc/exchange.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Action } from '../../../shared/model/work/permissions/actions.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { countText, groupedText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';
import { ExportPdf } from './ExportPdf.tsx';

interface ExportActsProps {
  readonly of: CaseId;
  /** What the permissions of the case let this person do. */
  readonly may: readonly Action[];
  /** Whether this person reads sensitive material of the case, and so may ask for it. */
  readonly sensitive: boolean;
}

export function ExportActs({ of, may, sensitive }: ExportActsProps) {
  const [asking, setAsking] = useState<'json' | 'pdf' | null>(null);
  const [saved, setSaved] = useState(false);
  const list = useAct();
  const saveList = (): void => {
    setSaved(false);
    void list.run(async () => {
      const token = await desktop().chooseSave('items.csv');
      if (token === null) return undefined;
      const outcome = await worker().exportItems(of, token);
      setSaved(outcome.ok);
      return outcome;
    });
  };
  const close = (): void => setAsking(null);
  if (!may.includes('case exported'))
    return <p className="quiet">The permissions of this case do not let you export it.</p>;
  return (
    <>
      <div className="row">
        <Button onPress={() => setAsking('json')}>Export case…</Button>
        <Button onPress={() => setAsking('pdf')}>Export as PDF…</Button>
        <Button onPress={saveList} busy={list.busy}>
          Export item list…
        </Button>
        {saved && <span role="status">The list of items was saved.</span>}
      </div>
      {list.wrong !== null && <Trouble sentence="The list of items was not saved." next={list.wrong} />}
      {asking === 'json' && <ExportCase of={of} sensitive={sensitive} onClose={close} />}
      {asking === 'pdf' && <ExportPdf of={of} onClose={close} />}
    </>
  );
}

function ExportCase({
  of,
  sensitive,
  onClose,
}: Pick<ExportActsProps, 'of' | 'sensitive'> & { readonly onClose: () => void }) {
  const [withFiles, setWithFiles] = useState(false);
  const [withSensitive, setWithSensitive] = useState(false);
  const [done, setDone] = useState<Exported | null>(null);
  const act = useAct();
  const save = (): void =>
    void act.run(async () => {
      const token = await desktop().chooseExportFolder();
      if (token === null) return undefined;
      const outcome = await worker().exportCase(of, token, withFiles, withSensitive);
      if (outcome.ok) setDone(outcome.value);
      return outcome;
    });
  return (
    <Ask title="Export the case" open onClose={onClose}>
      {done === null ? (
        <>
          <p>
            Joinder makes a new folder where you choose, with the case as JSON and a manifest of its files. The copy
            lies outside Joinder and is not sealed any more. It holds everything of the case that you can read, but no
            sensitive material. Exporting is recorded under your name.
          </p>
          <Check selected={withFiles} onChange={setWithFiles}>
            Write the files as well. Each counts as opened, and its sender sees it.
          </Check>
          {sensitive && (
            <Check selected={withSensitive} onChange={setWithSensitive}>
              Include sensitive material. The copy must never reach the defence.
            </Check>
          )}
        </>
      ) : (
        <Written done={done} />
      )}
      {act.wrong !== null && <Trouble sentence="The case was not exported as a whole." next={act.wrong} />}
      <footer>
        <Button onPress={onClose}>{done === null ? 'Cancel' : 'Close'}</Button>
        {done === null && (
          <Button kind="main" onPress={save} busy={act.busy}>
            {act.busy ? 'Exporting…' : 'Choose a folder'}
          </Button>
        )}
      </footer>
    </Ask>
  );
}

const Written = ({ done }: { readonly done: Exported }) => (
  <div role="status">
    <p>
      <strong>The case was exported{done.files > 0 ? `, with ${countText(done.files, 'file')}` : ''}.</strong> It is in
      the folder {done.folder}.
    </p>
    <p>
      SHA-256 of case.json <span className="mono">{groupedText(done.sha256)}</span>
    </p>
    {done.without.length > 0 && (
      <>
        <p className="needs">Not written, as the manifest says:</p>
        <ul>
          {done.without.map((name, i) => (
            <li key={`${i} ${name}`}>{name}</li>
          ))}
        </ul>
      </>
    )}
  </div>
);
