/**
 * What people chose where this field had several values: folded away, the newest first.
 */
import { useContext } from 'react';
import { casePath } from '../../../shared/model/formats/placeName.ts';
import type { SettledState } from '../../../shared/model/work/state.ts';
import { timeText } from '../../ui/format.ts';
import { newestFirst } from '../work/newestFirst.ts';
import { CaseContext } from './caseContext.ts';

const shown = (value: string): string => (value === '' ? 'nothing' : `\u201c${value}\u201d`);

/** An older version said which values there were, and not whose. */
const droppedOf = ({ dropped, values, chosen }: SettledState): readonly string[] =>
  dropped?.map(({ value, by, at }) => `${shown(value)} of ${by}, ${timeText(at)}`) ??
  values.filter((value) => value !== chosen).map(shown);

export function SettledBefore({ path }: { readonly path: string }) {
  const opened = useContext(CaseContext);
  const settled = opened?.settled.filter((one) => one.path === casePath(path)) ?? [];
  if (settled.length === 0) return null;
  return (
    <details className="settled small">
      <summary>
        {settled.length === 1 ? 'A conflict was settled here' : `${settled.length} conflicts were settled here`}
      </summary>
      <ol>
        {newestFirst(settled).map((one) => (
          <li key={one.entry}>
            {one.by.personName} kept {shown(one.chosen)}, <span className="quiet">{timeText(one.at)}</span>
            {droppedOf(one).map((text) => (
              <span key={text} className="quiet block">
                Not kept: {text}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
