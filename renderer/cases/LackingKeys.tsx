/**
 * That cases came without keys, above the list that lacks them for it: what that means, and the way to Recovery. Not in the first
 * seconds, in which a colleague's computer gives the keys of what was just shared.
 */
import { useEffect, useState } from 'react';
import { useScreens } from '../state/route.ts';
import { Button } from '../ui/Button.tsx';
import { countText } from '../ui/format.ts';
import { Trouble } from '../ui/State.tsx';
import { useView } from '../worker/views.ts';

const PATIENCE = 5000;

export function LackingKeys() {
  const go = useScreens((screens) => screens.go);
  const view = useView('recovery');
  const lacking = view?.lacking ?? 0;
  const isLacking = lacking > 0;
  const [stays, setStays] = useState(false);
  useEffect(() => {
    if (!isLacking) return;
    const timer = setTimeout(() => setStays(true), PATIENCE);
    return () => {
      clearTimeout(timer);
      setStays(false);
    };
  }, [isLacking]);
  if (!isLacking || !stays) return null;
  return (
    <section aria-label="Cannot be opened here">
      <Trouble
        sentence={`${countText(lacking, 'place')} in your cases cannot be opened on this computer: the keys are not here.`}
        next={
          view?.isAsked === true
            ? 'You have asked the custodians to bring them back. Recovery shows what they say.'
            : 'A colleague’s computer, or another of yours, gives them by itself once it is on line. Where none has them, two custodians can bring them back.'
        }
      >
        <Button onPress={() => go({ at: 'access', part: 'recovery', id: null })}>Recovery</Button>
      </Trouble>
    </section>
  );
}
