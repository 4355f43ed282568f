/**
 * The case of this moment as a PDF for reading. Says before what will be in it, and after what was written.
 */
import { useState } from 'react';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { groupedText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';

export function ExportPdf({ of, onClose }: { readonly of: CaseId; readonly onClose: () => void }) {
  const [sha256, setSha256] = useState<string | null>(null);
  const act = useAct();
  const save = (): void =>
    void act.run(async () => {
      const token = await desktop().chooseSave('case.pdf');
      if (token === null) return undefined;
      const outcome = await worker().exportPdf(of, token);
      if (outcome.ok) setSha256(outcome.value.sha256);
      return outcome;
    });
  return (
    <Ask title="Export as PDF" open onClose={onClose}>
      {sha256 === null ? (
        <p>
          Joinder writes the case as it is now: record, lists, documents with their SHA-256, packages, decisions, the
          action plan and what has happened, with the marking on every page. The files themselves are not in it. The
          copy lies outside Joinder and is not sealed any more. It holds everything of the case that you can read, but
          no sensitive material. Exporting is recorded under your name.
        </p>
      ) : (
        <div role="status">
          <p>
            <strong>The PDF was saved.</strong>
          </p>
          <p>
            Its SHA-256 <span className="mono">{groupedText(sha256)}</span>
          </p>
        </div>
      )}
      {act.wrong !== null && <Trouble sentence="The PDF was not saved." next={act.wrong} />}
      <footer>
        <Button onPress={onClose}>{sha256 === null ? 'Cancel' : 'Close'}</Button>
        {sha256 === null && (
          <Button kind="main" onPress={save} busy={act.busy}>
            {act.busy ? 'Writing…' : 'Choose where'}
          </Button>
        )}
      </footer>
    </Ask>
  );
}
