/** What a running relay does of itself once others have decided something: it looks whether another process has written. */
import type { Relay } from '../context.ts';

/** What commands and console have decided since: suspended computers lose their link, and how much is logged. */
export function heedCommands(relay: Relay, level: () => string | undefined): void {
  if (!relay.rules.changed()) return;
  const wanted = level();
  if (wanted !== undefined && relay.log.level !== wanted) relay.log.level = wanted;
  const now = relay.platform.now();
  for (const link of relay.links.all()) if (relay.rules.isSuspended(link.device, now)) link.refuse('suspended');
}
