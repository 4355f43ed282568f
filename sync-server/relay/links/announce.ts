/**
 * What follows from a directory that changed: devices it revokes lose their link at once, devices of people who came into
 * a post hear of the areas that it opens, and everybody entitled to the directory gets the new statements.
 */
import type { OrgId } from '../../../shared/primitives/ids.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import { firstUpTo } from '../../common/firstUpTo.ts';
import type { Relay } from '../context.ts';
import type { Published } from '../directories.ts';
import { mayKnow } from '../rights.ts';
import { isShownTo } from './showing.ts';
import { areasOf } from './welcome.ts';

export function announce(relay: Relay, { org, before, after, statements }: Published): void {
  const message: FromRelay = {
    t: 'directory',
    q: null,
    org,
    after: before.n,
    statements: firstUpTo(statements),
    n: after.n,
    head: after.head,
  };
  for (const link of relay.links.of(org)) {
    if (!after.devices.has(link.device)) {
      link.tell(message); // its authority's own word, by which it locks itself: this relay's would not do
      link.refuse('revoked');
      continue;
    }
    const held = seatsOf(before, link.device);
    const gained = [...seatsOf(after, link.device)].filter((seat) => !held.has(seat));
    for (const area of areasOf(relay, after, gained, link)) link.move(area);
  }
  const shown = new Map<OrgId, boolean>();
  for (const link of relay.links.all()) {
    const own = relay.directories.state(link.org);
    const isShown = shown.get(link.org) ?? isShownTo(relay, org, link.org);
    shown.set(link.org, isShown);
    if (own && mayKnow(own, link.device, org, isShown)) link.tell(message);
  }
}
