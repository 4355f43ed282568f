/** Newer editions that are not used, and why; the last good one judges meanwhile. */
import type { OrganisationRules, RefusedEdition } from '../../shared/ipc/rules.ts';
import { countText, whenText } from '../ui/format.ts';

/** More faults than a person mends at once; the command that publishes lists them all. */
const MOST = 10;

export function Refused({ rules: { refused, edition, own } }: { readonly rules: OrganisationRules }) {
  if (refused.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>Not used</h3>
      {refused.map((one) => (
        <div key={`${one.sha256} ${one.published}`} className="trouble">
          <strong>{sentence(one)}</strong>
          <ul className="rule-faults">
            {one.why.slice(0, MOST).map((why) => (
              <li key={why}>{why}</li>
            ))}
            {one.why.length > MOST && <li>{countText(one.why.length - MOST, 'more fault')}</li>}
          </ul>
          <span>
            Edition {edition.edition} still judges. {own ? 'Tell your administrator.' : 'They must publish it again.'}
          </span>
          <span className="quiet small">Published {whenText(one.published)}</span>
        </div>
      ))}
    </div>
  );
}

const sentence = ({ is, edition, name }: RefusedEdition): string =>
  is === 'ended'
    ? `Edition ${edition} of ${name} has ended.`
    : `Edition ${edition} of ${name} is ill-formed and was refused.`;
