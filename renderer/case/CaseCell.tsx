/**
 * A case in a list of something else: its title, cut where it is too long, and its URN below.
 */
import { Lines } from '../ui/Lines.tsx';
import { UrnText } from './UrnText.tsx';

export const CaseCell = ({ title, urn }: { readonly title: string; readonly urn: string | null }) => (
  <Lines strong first={title}>
    <span className="small">
      <UrnText urn={urn} />
    </span>
  </Lines>
);
