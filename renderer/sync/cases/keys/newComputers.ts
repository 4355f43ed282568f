/**
 * Tells a person that a computer was added for them, on each of their others: who did not add it themselves learns of it there.
 * Told once for each, by the directory; of those that stood when this computer came, nothing is said.
 */
import type { Session } from '../../session.ts';

export function tellNewComputers({ directories, identity, alarms }: Session): void {
  const state = directories.current(identity.org);
  const since = state?.joined.get(identity.device);
  if (!state || since === undefined) return;
  for (const { device, person, name } of state.devices.values()) {
    const joined = state.joined.get(device) ?? 0;
    if (person === identity.person && device !== identity.device && joined > since) alarms.computerAdded(device, name);
  }
}
