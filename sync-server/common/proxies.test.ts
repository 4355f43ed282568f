/** From where a request comes: a header counts only from a proxy that was named, and only as far as named ones vouch. */
import { expect, test } from 'vitest';
import { knowProxies, readNetworks } from './proxies.ts';

const asked = (remoteAddress: string, headers: Record<string, string> = {}) => ({ headers, socket: { remoteAddress } });

test('without a named proxy, whatever a header says, it is who holds the connection', () => {
  const { addressOf, isSecure } = knowProxies([]);
  const request = asked('203.0.113.9', { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https' });
  expect([addressOf(request), isSecure(request)]).toEqual(['203.0.113.9', false]);
});

test('a named proxy is believed; what came to it from outside is not', () => {
  const { addressOf, isSecure } = knowProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  const from = (address: string, said: string): string => addressOf(asked(address, { 'x-forwarded-for': said }));
  expect(from('127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
  expect(from('::ffff:127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
  // A client that made up a header of its own: the proxy put the true address behind it.
  expect(from('127.0.0.1', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
  expect(from('127.0.0.1', '203.0.113.9, 10.1.2.3')).toBe('203.0.113.9');
  expect(from('fd00::1', '2001:db8::1')).toBe('2001:db8::1');
  expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  expect(from('127.0.0.1', 'nonsense')).toBe('127.0.0.1');
  expect(isSecure(asked('10.9.9.9', { 'x-forwarded-proto': 'https' }))).toBe(true);
  expect(isSecure(asked('11.9.9.9', { 'x-forwarded-proto': 'https' }))).toBe(false);
});

test('networks are read, and what is none is named', () => {
  expect(readNetworks(' 10.0.0.2, fd00::/8 ')).toEqual({ ok: true, value: ['10.0.0.2', 'fd00::/8'] });
  expect(readNetworks('')).toEqual({ ok: true, value: [] });
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/x', '::1/129'])
    expect(readNetworks(wrong)).toMatchObject({ ok: false, cause: expect.stringContaining(`${wrong} is no address`) });
});
