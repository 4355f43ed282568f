/** What the edition in force changed of the one before it. */
import type { OrganisationRules } from '../../shared/ipc/rules.ts';

const WORDS = { new: 'New', changed: 'Changed', gone: 'No longer' } as const;

export function Changes({ rules: { changes, changedFiles, published } }: { readonly rules: OrganisationRules }) {
  if (published === null) return null;
  return (
    <div className="stack tight">
      <h3>What this edition changed</h3>
      {changes.length + changedFiles.length === 0 ? (
        <p className="quiet">No rule differs from the edition before.</p>
      ) : (
        <ul className="rule-changes">
          {changes.map(({ is, code, sentence }) => (
            <li key={code}>
              <strong>{WORDS[is]}:</strong> {sentence} <span className="mono small quiet">{code}</span>
            </li>
          ))}
          {changedFiles.map((name) => (
            <li key={name}>
              <strong>Changed:</strong> what else stands in <span className="mono">{name}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
