/**
 * A case's URN as people read it, with slashes between its parts; or that there is none yet.
 */
import { displayUrn, parseUrn } from '../../shared/model/urn.ts';

export function UrnText({ urn }: { readonly urn: string | null }) {
  if (urn === null) return <span className="quiet">No URN yet</span>;
  const read = parseUrn(urn);
  return <span className="mono">{read.ok ? displayUrn(read.value) : urn}</span>;
}
