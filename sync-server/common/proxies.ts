/**
 * From where a request comes, when a proxy stands before us. What a proxy says of its client counts only if the proxy is
 * one that the administrator named: anybody else may write what they like into a header. Pure but for what it is given.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';

type Asking = Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } };

export interface Proxies {
  /** The address of whoever asks, as far as it can be believed. */
  readonly addressOf: (request: Asking) => string;
  /** Whether a named proxy says that it was asked by TLS. */
  readonly isSecure: (request: Asking) => boolean;
}

/** IPv4 in IPv6's clothes is IPv4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Reads `10.0.0.2` or `10.0.0.0/8`, several with commas between them. */
export function readNetworks(text: string): Result<readonly string[], string> {
  const networks = text.split(',').flatMap((one) => one.trim() || []);
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    if (family === 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)))
      return fail(
        `${network} is no address and no network. Write them as 10.0.0.2 or 10.0.0.0/8, with commas between.`,
      );
  }
  return ok(networks);
}

export function knowProxies(networks: readonly string[]): Proxies {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string): boolean =>
    networks.length > 0 && isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  return {
    addressOf({ headers, socket }) {
      let address = plain(socket.remoteAddress ?? '');
      const said = [headers['x-forwarded-for'] ?? ''].flat().join(',');
      // From the nearest backwards, as long as who says it is trusted.
      for (const before of said
        .split(',')
        .map((one) => plain(one.trim()))
        .toReversed()) {
        if (!isTrusted(address) || isIP(before) === 0) break;
        address = before;
      }
      return address;
    },
    isSecure: ({ headers, socket }) =>
      isTrusted(plain(socket.remoteAddress ?? '')) && headers['x-forwarded-proto'] === 'https',
  };
}
