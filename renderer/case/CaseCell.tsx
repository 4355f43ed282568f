/**
 * A case in a list of something else: its title, cut where it is too long, and its URN below.
 */
import { Clip } from '../ui/Clip.tsx';
import { UrnText } from './UrnText.tsx';

export const CaseCell = ({ title, urn }: { readonly title: string; readonly urn: string | null }) => (
  <div className="title-cell">
    <strong>
      <Clip text={title} />
    </strong>
    <span className="small">
      <UrnText urn={urn} />
    </span>
  </div>
);
