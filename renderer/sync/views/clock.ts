/** This computer's clock and time zone, as the status functions take them. */
import type { Clock } from '../../../shared/status/facts.ts';
import type { Session } from '../session.ts';
import { offset } from '../timeZone.ts';

export const clockOf = (session: Session): Clock => ({ now: session.platform.now(), offset });
