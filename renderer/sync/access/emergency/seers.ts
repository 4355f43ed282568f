/** Who could see a place in an emergency, as rows beside those who see it by a post: from its chain, with the reason and the end. */
import type { SeerRow } from '../../../../shared/ipc/access.ts';
import type { AreaId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { formatTime } from '../../../../shared/status/format.ts';
import type { Session } from '../../session.ts';
import { clockOf } from '../../views/clock.ts';
import { denialInEmergency, isReasoned, saidOf } from './standing.ts';

/** `first`: since when there is something to see. Of one that nobody gave a checked reason for, no key was given. */
export function seersInEmergency(session: Session, area: AreaId, first: Millis = 0): readonly SeerRow[] {
  const { directories, identity, log, orgName, platform } = session;
  const { access, history } = log.replica(area);
  return history.emergencies.flatMap((span): SeerRow[] => {
    const { org, device, reason } = span;
    const directory = directories.current(org);
    const known = directory?.known.get(device);
    const end = Math.min(span.over ?? span.until, span.until);
    if (!directory || !known || end <= first) return [];
    const isOwn = org === identity.org;
    const isOver = end <= platform.now() || access?.emergencies.get(device)?.reason !== reason;
    const why = isOwn && isReasoned(session, span) ? (saidOf(session, span)?.fact.why ?? null) : null;
    const denied = isOver || !isOwn ? null : (denialInEmergency(session, area, device)?.sentence ?? null);
    const limit = isOver ? '' : ` until ${formatTime(span.until, clockOf(session))}`;
    return [
      {
        person: known.person,
        name: directory.people.get(known.person)?.name ?? 'Somebody',
        org: directories.nameOf(org, orgName),
        own: isOwn,
        seat: device as string as SeatId,
        post: `In an emergency, on ${known.name}${limit}`,
        isEmergency: true,
        role: 'reader',
        since: Math.max(span.from, first),
        until: isOver ? end : null,
        by: null,
        why,
        lastDay: null,
        denied: isOwn && why === null ? 'no reason that can be checked was given' : denied,
      },
    ];
  });
}
