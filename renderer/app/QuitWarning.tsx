/**
 * Asked when a window closes while something has not been sent: what and how much, and the choice to stay.
 */
import { useEffect, useState } from 'react';
import type { Unsent } from '../../shared/ipc/preload.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { countText, sizeText } from '../ui/format.ts';
import { desktop } from '../worker/desktop.ts';

export function QuitWarning() {
  const [unsent, setUnsent] = useState<Unsent | null>(null);
  useEffect(() => desktop().onQuitAsked(setUnsent), []);
  const stay = (): void => {
    setUnsent(null);
    void desktop().stay();
  };
  return (
    <Ask title="Not everything has been sent" open={unsent !== null} onClose={stay} urgent>
      {unsent !== null && <UnsentWords unsent={unsent} />}
      <p>It is safe on this computer and goes on when you open Joinder again. Nobody else can see it until then.</p>
      <footer>
        <Button onPress={() => void desktop().quitAnyway()}>Quit anyway</Button>
        <Button kind="main" onPress={stay} autoFocus>
          Stay
        </Button>
      </footer>
    </Ask>
  );
}

function UnsentWords({ unsent }: { readonly unsent: Unsent }) {
  const counts = [
    unsent.files > 0 ? `${countText(unsent.files, 'file')} (${sizeText(unsent.bytes)})` : null,
    unsent.edits > 0 ? countText(unsent.edits, 'edit') : null,
  ].filter((text) => text !== null);
  return (
    <>
      {counts.length > 0 && (
        <p>
          <strong>{counts.join(' and ')}</strong> not sent yet.
        </p>
      )}
      {unsent.sentences.length > 0 && (
        <ul className="bullets">
          {unsent.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}
