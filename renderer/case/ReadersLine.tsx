/**
 * Always there, above everything that is typed: who can read this.
 */
import type { AreaView } from '../../shared/ipc/worker.ts';

export const ReadersLine = ({ area }: { readonly area: AreaView }) => (
  <>
    <p className={area.isShared ? 'readers live' : 'readers'}>
      {area.live ?? 'Only your organisation reads Working papers. Nothing here leaves it before you release it.'}
      {!area.mayWrite && `${area.live?.endsWith('.') === false ? '.' : ''} You can read here, but not write.`}
    </p>
    {area.notes.map((note) => (
      <p key={note} className="place-note">
        {note}
      </p>
    ))}
  </>
);
