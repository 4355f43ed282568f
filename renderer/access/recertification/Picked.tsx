/** The posts that were ticked, named in a dialog about them: as many as it has room for; the list behind it has them all. */
import type { ToReview } from '../../../shared/ipc/recertification.ts';
import { namesText } from '../../ui/format.ts';

const MOST = 8;

export const Picked = ({ label, lines }: { readonly label: string; readonly lines: readonly ToReview[] }) => (
  <ul className="bullets" aria-label={label}>
    {lines.slice(0, MOST).map(({ case: of, seat, post, title, people }) => (
      <li key={`${of} ${seat}`}>
        {post}, in {title}
        <span className="quiet small"> ({people.length === 0 ? 'nobody holds it' : namesText(people)})</span>
      </li>
    ))}
    {lines.length > MOST && <li>and {lines.length - MOST} more</li>}
  </ul>
);
