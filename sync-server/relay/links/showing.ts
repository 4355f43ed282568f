/**
 * To which organisations a directory is shown: to those that its own authority names as partners, and to those for which its people
 * have written already, since that cannot be judged without it. That somebody else names it a partner is not enough: its people are in it.
 */
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { Relay } from '../context.ts';

/** Whether `org` shows its directory to `to`, as far as this relay serves it. */
export function isShownTo(relay: Relay, org: OrgId, to: OrgId): boolean {
  const directory = relay.directories.state(org);
  return directory !== null && (directory.partners.has(to) || hasWrittenFor(relay, org, to));
}

const hasWrittenFor = ({ directories, logs }: Relay, org: OrgId, to: OrgId): boolean =>
  logs.hasWrittenWhere(org, to) || directories.intakesOf(to).some((intake) => logs.hasWrittenIn(org, intake));
