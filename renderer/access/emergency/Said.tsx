/** What is said of an emergency: who, since and until when, why, and how it was judged. */
import type { EmergencyRow } from '../../../shared/ipc/emergency.ts';
import { whenText } from '../../ui/format.ts';

export const Said = ({ row }: { readonly row: EmergencyRow }) => (
  <>
    <p>
      {row.mine ? 'You' : `${row.person}${row.computer === '' ? '' : ` (${row.computer})`}`}, {whenText(row.from)} until{' '}
      {whenText(row.until)}: {row.why ?? 'No reason that can be checked was given.'}
    </p>
    {row.judged !== null && row.judged.note !== '' && (
      <p className="quiet">
        {row.judged.by}: {row.judged.note}
      </p>
    )}
  </>
);
