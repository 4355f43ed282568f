/**
 * How far something is: a bar and the same in words.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { leftText } from '../../shared/status/progress.ts';
import { ProgressBar } from 'react-aria-components';
import { rateText, sizeText } from './format.ts';

interface ProgressProps {
  readonly of: string;
  readonly done: number;
  readonly total: number;
  readonly rate?: number;
  /** How long it still takes, where that can be known. */
  readonly left?: Millis | null;
}

export function Progress({ of, done, total, rate, left }: ProgressProps) {
  const percent = total === 0 ? 100 : Math.min(100, (done / total) * 100);
  return (
    <ProgressBar className="progress" aria-label={of} value={percent}>
      <div className="track">
        <div className="done" style={{ width: `${percent}%` }} />
      </div>
      <span>
        {sizeText(done)} of {sizeText(total)}
        {rate !== undefined && rate > 0 && ` · ${rateText(rate)}`}
        {left !== undefined && left !== null && ` · ${leftText(left)}`}
      </span>
    </ProgressBar>
  );
}
