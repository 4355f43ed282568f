import { describe, expect, it } from 'vitest';
import { readAddress, socketAddress } from './address.ts';

describe('readAddress', () => {
  it.each([
    ['https://relay.example', 'https://relay.example'],
    ['  HTTPS://Relay.Example:8443/ ', 'https://relay.example:8443'],
    ['relay.example', 'https://relay.example'],
    ['wss://relay.example/joinder/', 'https://relay.example/joinder'],
    ['http://localhost:80', 'http://localhost:80'],
    ['http://127.4.5.6:8080', 'http://127.4.5.6:8080'],
    ['ws://[::1]:9', 'http://[::1]:9'],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ])('takes %s', (typed, address) => {
    expect(readAddress(typed)).toEqual({ ok: true, value: address });
  });

  it.each([
    'http://relay.example',
    'ws://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://localhost.example',
    'http://[::2]',
  ])('refuses %s as insecure', (typed) => {
    expect(readAddress(typed)).toEqual({ ok: false, cause: 'insecure address' });
  });

  it.each([
    '',
    'ftp://relay',
    'https://',
    'https://user:secret@relay.example',
    'https://relay.example?x=1',
    'https://relay.example/#a',
    'relay example',
    'https://relay:0',
    'https://relay:65536',
    'https://-relay',
  ])('refuses %s as no address', (typed) => {
    expect(readAddress(typed)).toEqual({ ok: false, cause: 'wrong address' });
  });

  it('names the same place for a socket', () => {
    expect(socketAddress('https://relay.example/x')).toBe('wss://relay.example/x');
    expect(socketAddress('http://127.0.0.1:1')).toBe('ws://127.0.0.1:1');
  });
});
