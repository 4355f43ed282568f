/**
 * Statements of a directory after a place: of the device's own organisation and of those that its organisation lists as
 * partners, nobody else's.
 */
import { MiB } from '../../../shared/primitives/units.ts';
import type { SignedStatement } from '../../../shared/seal/directory.ts';
import type { ToRelay } from '../../../shared/wire/link.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links.ts';

const MOST = 512;
const FRAME = 2 * MiB;

/** As many of the statements as one frame takes. */
export function fitting(statements: readonly SignedStatement[]): SignedStatement[] {
  let size = 0;
  return statements.filter(({ body }) => (size += body.length + 80) <= FRAME);
}

export async function giveStatements(
  relay: Relay,
  link: DeviceLink,
  { q, org, after }: Extract<ToRelay, { t: 'statements' }>,
): Promise<void> {
  const own = relay.directories.state(link.org);
  const allowed = org === link.org || (own?.partners.has(org) ?? false);
  const found = allowed ? await relay.directories.find(org) : null;
  if (found === null) return link.tell({ t: 'declined', q, cause: allowed ? 'not here' : 'no right' });
  const { n, head } = found.directory;
  const statements = fitting(relay.directories.statements(org, after, MOST));
  link.tell({ t: 'directory', q, org, after, statements, n, head });
}
