/**
 * Which WebSocket a path opens, and how one that cannot be had is turned away before it is one.
 */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connection } from './peer.ts';

export function upgradeTo(
  request: IncomingMessage,
  device: (connection: Connection) => void,
  authority: (connection: Connection) => void,
) {
  switch (request.url?.split('?')[0] ?? '') {
    case '/v1/link':
      return device;
    case '/v1/authority':
      return authority;
    default:
      return null;
  }
}

export function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export const urlOf = ({ address, family, port }: AddressInfo): string => {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${family === 'IPv6' && host.includes(':') ? `[${host}]` : host}:${port}`;
};
