/**
 * A relay's address as people type it. `http://` is taken on this very computer only: anywhere else it would let the
 * network see who talks to whom. No URL class: this file runs where none is declared.
 */
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';

export type AddressCause = 'wrong address' | 'insecure address';

const ADDRESS =
  /^(?:(https?|wss?):\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?(\/[\w./~-]*)?$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The address in its one form: `http(s)://host[:port][/path]`, with no slash at its end. Without a scheme it is https. */
export function readAddress(typed: string): Result<string, AddressCause> {
  const found = ADDRESS.exec(typed.trim());
  if (found === null) return fail('wrong address');
  const [, scheme = '', name = '', port, path = ''] = found;
  const host = name.toLowerCase();
  if (port !== undefined && (Number(port) === 0 || Number(port) > 65_535)) return fail('wrong address');
  const plain = /^(?:http|ws)$/i.test(scheme);
  if (plain && !LOOPBACK.test(host)) return fail('insecure address');
  return ok(
    `${plain ? 'http' : 'https'}://${host}${port === undefined ? '' : `:${Number(port)}`}${path.replace(/\/+$/, '')}`,
  );
}

/** The same place for a WebSocket. */
export const socketAddress = (address: string): string => address.replace(/^http/, 'ws');
