/**
 * A case in a list of something else: its title, on two lines at most, and its URN below.
 */
import { Lines } from '../ui/Lines.tsx';
import { UrnText } from './UrnText.tsx';

export const CaseCell = ({ title, urn }: { readonly title: string; readonly urn: string | null }) => (
  <Lines
    strong
    first={
      <span className="two-lines" title={title}>
        {title}
      </span>
    }
  >
    <span className="small">
      <UrnText urn={urn} />
    </span>
  </Lines>
);
