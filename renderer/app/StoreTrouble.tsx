/**
 * In place of every screen while the case store of this computer cannot be used: what happened, what is safe, what next.
 */
import { useState } from 'react';
import type { StoreCause } from '../../shared/status/storeCauses.ts';
import { STORE, STORE_SAFE } from '../../shared/status/storeCauses.ts';
import { Button } from '../ui/Button.tsx';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';

export function StoreTrouble({ cause }: { readonly cause: StoreCause }) {
  const [trying, setTrying] = useState(false);
  const retry = (): void => {
    setTrying(true);
    void desktop().reopenStore();
  };
  return (
    <div className="screen">
      <div className="state">
        <h1>Your cases cannot be shown</h1>
        <Trouble sentence={STORE[cause].happened} next={STORE[cause].next}>
          <Button onPress={retry} disabled={trying}>
            {trying ? 'Opening again…' : 'Retry'}
          </Button>
        </Trouble>
        <p>{STORE_SAFE}</p>
      </div>
    </div>
  );
}
