/** Whether a post's private key, as the vault keeps it, is the one whose public half its authority signed. */
import { equalBytes } from '../../../../shared/primitives/bytes.ts';
import type { Identity, SeatKeys } from '../../../../shared/ipc/vault.ts';
import type { Directories } from '../../log/directories.ts';

/** The vault keeps whatever a box for this device held; the seat's key is the one that the authority signed. */
export function isSeatKey(
  { directories, identity }: { readonly directories: Directories; readonly identity: Identity },
  { seat, generation, keys }: SeatKeys,
): boolean {
  const state = directories.current(identity.org);
  const all = [state?.seats.get(seat), ...(state?.formerKeys.get(seat) ?? [])];
  const signed = all.find((key) => key?.generation === generation);
  return !signed || equalBytes(signed.publicKey, keys.publicKey);
}
