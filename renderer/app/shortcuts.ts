/**
 * The keys that work everywhere: Ctrl+K search, Ctrl+N a new case, Ctrl+L lock, Alt+1…5 the places, Alt+Left back.
 */
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useScreens } from '../state/route.ts';
import type { Route } from '../state/route.ts';
import { lockNow } from './lockNow.ts';

const PLACES: Record<string, Route> = {
  1: { at: 'cases' },
  2: { at: 'inbox', package: null },
  3: { at: 'needs me' },
  4: { at: 'transfers' },
  5: { at: 'rules' },
};

export function useShortcuts(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const act = actOf(event, search);
      // Behind a dialog nothing else may happen.
      if (act === null || document.querySelector('[role=dialog], [role=alertdialog]') !== null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [search]);
}

function actOf(event: KeyboardEvent, search: RefObject<HTMLInputElement | null>): (() => void) | null {
  const { go, back } = useScreens.getState();
  if (event.altKey && !event.ctrlKey) {
    if (event.key === 'ArrowLeft') return back;
    const place = PLACES[event.key];
    return place === undefined ? null : () => go(place);
  }
  if (!event.ctrlKey && !event.metaKey) return null;
  switch (event.key.toLowerCase()) {
    case 'k':
      return () => search.current?.focus();
    case 'n':
      return () => go({ at: 'new case' });
    case 'l':
      return () => void lockNow();
    default:
      return null;
  }
}
