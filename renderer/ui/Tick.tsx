/**
 * The tick of a row: the browser's own box, because a long list has hundreds of them and draws some anew with every frame
 * that it scrolls. A choice in a form is a `Check`.
 */
import { useContext, useEffect, useRef } from 'react';
import { RowFocus } from './rowFocus.ts';

interface TickProps {
  readonly name: string;
  readonly ticked: boolean;
  /** Some of what it stands for. */
  readonly some?: boolean;
  readonly onChange: (ticked: boolean) => void;
}

export function Tick({ name, ticked, some = false, onChange }: TickProps) {
  const inFocusedRow = useContext(RowFocus);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return (
    <input
      ref={box}
      type="checkbox"
      className="tick"
      aria-label={name}
      checked={ticked}
      tabIndex={inFocusedRow ? 0 : -1}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
