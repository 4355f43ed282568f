/**
 * Where somebody followed a link to a thing on the screen: brings it into sight and gives it the keyboard, once.
 */
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';

const TAKES = 'input, textarea, button';

export function useArrival<E extends HTMLElement>(isHere: boolean): RefObject<E | null> {
  const here = useRef<E>(null);
  useEffect(() => {
    if (!isHere || here.current === null) return;
    here.current.scrollIntoView({ block: 'center' });
    const target = here.current.matches(TAKES) ? here.current : here.current.querySelector<HTMLElement>(TAKES);
    target?.focus();
  }, [isHere]);
  return here;
}
