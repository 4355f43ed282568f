/**
 * What a version changes of the one in force before it: its change log, and what people may do after it that they may not
 * now. Nothing is left out, so that nobody accepts what they were not shown.
 */
import type { Change } from '../../../shared/model/work/agreement/compare.ts';

interface WhatChangesProps {
  /** Number of the version before; null: there is none. */
  readonly against: number | null;
  readonly changes: readonly Change[];
  readonly permissions: readonly string[];
}

const IS = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

export function WhatChanges({ against, changes, permissions }: WhatChangesProps) {
  const since =
    against === null ? 'Nothing was agreed before: all of it is new.' : `What changes from version ${against}`;
  return (
    <div className="stack tight" role="group" aria-label="What changes">
      <h3>{since}</h3>
      {against !== null && changes.length + permissions.length === 0 && (
        <p className="quiet">Nothing but its number.</p>
      )}
      {changes.length > 0 && (
        <ul className="bullets">
          {changes.map(({ is, part, sentence }) => (
            <li key={`${part} ${is} ${sentence}`}>
              <strong>
                {IS[is]}, {part}:
              </strong>{' '}
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {permissions.length > 0 && (
        <>
          <h4>Who may do what, once it is in force</h4>
          <ul className="bullets">
            {permissions.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
