/** This computer's clock and time zone, as the status functions take them. */
import type { Clock } from '../../../shared/status/facts.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';
import type { Session } from '../session.ts';

export const clockOf = (session: Session): Clock => ({
  now: session.platform.now(),
  offset: (at) => -new Date(at).getTimezoneOffset() * MINUTE,
});
