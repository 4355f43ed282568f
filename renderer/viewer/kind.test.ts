import { describe, expect, test } from 'vitest';
import { decodeText } from './decodeText.ts';
import { LARGEST_IMAGE, kindOf } from './kind.ts';

describe('what is shown inside the application', () => {
  test.each([
    ['application/pdf', 'a.pdf', 'pdf'],
    ['image/jpeg', 'a.jpg', 'image'],
    ['text/plain; charset=utf-8', 'a', 'text'],
    ['application/octet-stream', 'NOTES.TXT', 'text'],
    ['', 'scan.PDF', 'pdf'],
    ['video/mp4', 'CCTV.mp4', 'video'],
    ['application/octet-stream', '999 call.WAV', 'sound'],
  ])('%s %s is shown as %s', (type, name, kind) => expect(kindOf(type, name, 10)).toBe(kind));

  test.each([
    ['text/html', 'page.html'],
    ['image/svg+xml', 'drawing.svg'],
    ['video/x-msvideo', 'notes.txt'],
    ['application/octet-stream', 'page.html'],
    ['application/octet-stream', 'noextension'],
  ])('%s %s is exported only', (type, name) => expect(kindOf(type, name, 10)).toBe('none'));

  test('a picture too large to decode as a whole is exported', () =>
    expect(kindOf('image/png', 'a.png', LARGEST_IMAGE + 1)).toBe('none'));
});

describe('bytes as text', () => {
  test('UTF-8, also where a range ends within a character', () => {
    const bytes = new TextEncoder().encode('Nähe');
    expect(decodeText(bytes)).toBe('Nähe');
    expect(decodeText(bytes.subarray(0, 2))).toBe('N');
  });
  test('UTF-16 by its mark', () => expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0))).toBe('AB'));
  test('what is no UTF-8 as Windows-1252', () =>
    expect(decodeText(Uint8Array.of(0x4e, 0xe4, 0x68, 0x65))).toBe('Nähe'));
});
