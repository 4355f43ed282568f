/**
 * A cell of a list on several lines: what it is, and beneath it, quietly, what one asks next. A text that is too long for its
 * line is cut, and whole in a tip; a line of no text is left out.
 */
import type { ReactNode } from 'react';
import { Clip } from './Clip.tsx';

interface LinesProps {
  /** A text, or what is drawn in its place. */
  readonly first: ReactNode;
  /** It is the name by which the row is found. */
  readonly strong?: boolean;
  readonly below?: readonly (string | null)[];
  /** Lines with a look of their own. */
  readonly children?: ReactNode;
}

export function Lines({ first, strong = false, below = [], children }: LinesProps) {
  const shown = typeof first === 'string' ? <Clip text={first} /> : first;
  return (
    <div className="title-cell">
      {strong ? <strong>{shown}</strong> : shown}
      {below.map((text) => text !== null && text !== '' && <Clip key={text} className="quiet small" text={text} />)}
      {children}
    </div>
  );
}
