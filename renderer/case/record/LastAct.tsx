/**
 * The sentence of what was last done to many rows, with Undo and Redo beside it; Ctrl+Z and Ctrl+Y do the same wherever
 * nothing is being typed.
 */
import { useEffect } from 'react';
import { Button } from '../../ui/Button.tsx';
import type { Acts } from './useActs.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, [contenteditable]');

export function LastAct({ acts: { said, undo, redo } }: { readonly acts: Acts }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const act = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : null;
      if (act === null) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo]);
  return (
    <div className="last-act row" role="status">
      {said !== null && <span>{said}.</span>}
      {undo !== null && (
        <Button small onPress={undo}>
          Undo
        </Button>
      )}
      {redo !== null && (
        <Button small onPress={redo}>
          Redo
        </Button>
      )}
    </div>
  );
}
