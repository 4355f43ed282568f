/**
 * Saving a copy outside Joinder: an explicit act, recorded, which counts as opened.
 */
import { useState } from 'react';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { groupedText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useAct } from '../ui/useAct.ts';
import { worker } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';
import type { OpenContent } from './content.ts';

export function Export({ content, whole }: { readonly content: OpenContent; readonly whole: boolean }) {
  const [asking, setAsking] = useState(false);
  const [sha256, setSha256] = useState<string | null>(null);
  const act = useAct();
  const close = (): void => {
    setAsking(false);
    setSha256(null);
  };
  const save = (): void =>
    void act.run(async () => {
      const token = await desktop().chooseSave(content.name);
      if (token === null) return undefined;
      const outcome = await worker().exportVersion(content.version, token);
      if (outcome.ok) setSha256(outcome.value.sha256);
      return outcome;
    });
  return (
    <>
      <Button small onPress={() => setAsking(true)}>
        Export…
      </Button>
      <Ask title="Export a copy" open={asking} onClose={close}>
        {sha256 === null ? (
          <p>
            The copy lies outside Joinder and is not sealed any more. Exporting is recorded under your name and counts
            as opened; its sender sees it.
          </p>
        ) : (
          <div role="status">
            <p>
              <strong>Saved, and verified while it was written.</strong>
            </p>
            <p>
              SHA-256 <span className="mono">{groupedText(sha256)}</span>
            </p>
          </div>
        )}
        {!whole && <p role="status">Not all of it is here yet. It can be exported as soon as it has arrived whole.</p>}
        {act.wrong !== null && <Trouble sentence="The copy was not saved." next={act.wrong} />}
        <footer>
          <Button onPress={close}>{sha256 === null ? 'Cancel' : 'Close'}</Button>
          {sha256 === null && (
            <Button kind="main" onPress={save} busy={act.busy} disabled={!whole}>
              {act.busy ? 'Saving…' : 'Export'}
            </Button>
          )}
        </footer>
      </Ask>
    </>
  );
}
