/**
 * Notices that this device has been revoked, by its authority's signed statement and by nothing else: a relay's word is none,
 * or it could lock everybody out. Tells the vault, which locks for good.
 */
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Directories } from './directories.ts';

export interface ShutOutContext {
  readonly directories: Pick<Directories, 'current'>;
  readonly identity: Pick<Identity, 'org' | 'device' | 'person'>;
  readonly vault: Pick<VaultCalls, 'accessEnded'>;
}

export function endIfShutOut({ directories, identity, vault }: ShutOutContext): void {
  const state = directories.current(identity.org);
  const isRevoked = state !== null && state.known.has(identity.device) && !state.devices.has(identity.device);
  // A guest's computer keeps nothing that could be read again: it is not the organisation's to wipe.
  if (isRevoked) void vault.accessEnded(state.guests.has(identity.person)).catch(() => undefined); // a vault that is closing already
}
