/**
 * The status bar: the link with its reason, who this is, and what is under way.
 */
import type { LinkView } from '../../../shared/ipc/worker.ts';
import type { LinkFacts } from '../../../shared/status/link.ts';
import { linkWord } from '../../../shared/status/link.ts';
import { postName } from '../access/postName.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { auditStreams } from '../audit/places.ts';
import { meAs } from '../cases/me.ts';
import { clockOf } from './clock.ts';
import { rolesOf, seatsOf } from '../../../shared/seal/directory/directory.ts';

export function linkFacts(session: Session): LinkFacts {
  const { linkState } = session;
  switch (linkState.is) {
    case 'connected':
      return { is: 'connected', since: linkState.since };
    case 'connecting':
      return { is: 'connecting' };
    case 'off':
      return { is: 'signed out' };
    case 'refused':
      return { is: 'refused', why: linkState.why };
    case 'waiting':
      return { is: 'offline', why: linkState.why, nextAt: linkState.until };
  }
}

export async function linkView(desktop: Desktop, needsMe: number): Promise<LinkView> {
  const { session, moving } = desktop;
  const { directories, identity } = session;
  const state = directories.current(identity.org);
  const posts = state
    ? [...seatsOf(state, identity.device)]
        .filter((seat) => state.posts.has(seat))
        .map((seat) => postName(session, { org: identity.org, seat }))
    : [];
  const going = (direction: 'up' | 'down'): number =>
    [...moving.news.values()].filter((n) => n.direction === direction && n.state !== 'whole').length;
  const audit = await auditStreams(session);
  return {
    word: linkWord(linkFacts(session), clockOf(session)),
    me: {
      name: meAs(session)?.personName ?? state?.people.get(identity.person)?.name ?? '',
      org: session.orgName,
      posts,
      roles: state ? rolesOf(state, identity.device) : [],
      device: state?.devices.get(identity.device)?.name ?? '',
    },
    unsentEdits: await session.db.outbox.filter((row) => row.foreign !== true && !audit.has(row.stream)).count(),
    unsentWhy: noRoom(session),
    uploads: going('up'),
    downloads: going('down'),
    rate: moving.recent.rate(session.platform.now()),
    needsMe,
    lastInStep: session.inStep.at,
    pausedAll: moving.paused.has('all'),
  };
}

function noRoom({ log }: Session): string | null {
  const causes = [...log.outbox.full.values()];
  if (causes.includes('storage full')) return 'the relay is full; tell your administrator';
  return causes.length === 0 ? null : 'over a quota at the relay; ask your administrator for more room';
}
