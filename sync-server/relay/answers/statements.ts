/**
 * Statements of a directory after a place: of the device's own organisation and of its partners that show theirs, nobody
 * else's.
 */
import type { ToRelay } from '../../../shared/wire/link.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { isShownTo } from '../links/showing.ts';
import { mayKnow } from '../rights.ts';

const MOST = 512;

export async function giveStatements(
  relay: Relay,
  link: DeviceLink,
  { q, org, after }: Extract<ToRelay, { t: 'statements' }>,
): Promise<void> {
  const own = relay.directories.state(link.org);
  const isPartner = own?.partners.has(org) === true;
  const found = isPartner || org === link.org ? await relay.directories.find(org) : null;
  const allowed = own !== null && mayKnow(own, link.device, org, isShownTo(relay, org, own.org));
  // Who named a partner is not told whether it is served here before that one has named them, too.
  if (found === null || !allowed) return link.tell({ t: 'declined', q, cause: isPartner ? 'not here' : 'no right' });
  const { n, head } = found.directory;
  const statements = relay.directories.statements(org, after, MOST);
  link.tell({ t: 'directory', q, org, after, statements, n, head });
}
