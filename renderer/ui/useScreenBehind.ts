/**
 * While something lies over the screen, what is behind it is hidden from assistive technology too: react-aria makes it
 * inert, which takes the keyboard away, and not every reader (or test) takes inert for hidden.
 */
import { useEffect } from 'react';

let over = 0;

function cover(by: number): void {
  over += by;
  const root = document.querySelector('#root');
  if (over > 0) root?.setAttribute('aria-hidden', 'true');
  else root?.removeAttribute('aria-hidden');
}

export function useScreenBehind(covered: boolean): void {
  useEffect(() => {
    if (!covered) return undefined;
    cover(1);
    return () => cover(-1);
  }, [covered]);
}
