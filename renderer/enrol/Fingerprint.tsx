/** The fingerprint of who will vouch for this computer, as a row of a list of facts: to be compared by a person. */
import { groupedText } from '../ui/format.ts';

export function Fingerprint({ of }: { readonly of: string }) {
  return (
    <>
      <dt>Authority’s fingerprint</dt>
      <dd>
        <span className="mono">{groupedText(of)}</span>
        <div className="hint quiet small">Compare it with the one your administrator publishes.</div>
      </dd>
    </>
  );
}
