/**
 * That this computer will lock unless it reaches the network before, and that its clock was set back: on every screen, for as
 * long as it is so.
 */
import type { LeaseWord } from '../../shared/ipc/preload.ts';
import { Trouble } from '../ui/State.tsx';
import { whenText } from '../ui/format.ts';

export const LeaseNotice = ({ lease }: { readonly lease: LeaseWord }) => (
  <section className="alarms" aria-label="Working off line">
    {lease.until !== null && (
      <Trouble
        sentence={`This computer locks on ${whenText(lease.until)} unless it is on line before.`}
        next="It has been off line for long. Connect it to the network, and this goes away by itself. When it locks, nothing is deleted."
      />
    )}
    {lease.isClockBehind && (
      <Trouble
        sentence="This computer’s clock was set back."
        next="Times that you see and write are wrong until you set it right. Joinder goes by the latest time that it has seen."
      />
    )}
  </section>
);
