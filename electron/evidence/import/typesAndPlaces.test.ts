/** Where a file lay in what was chosen, on each system, and of what type it is. */
import nodePath from 'node:path';
import { describe, expect, it } from 'vitest';
import { typeOf } from './mime.ts';
import { placeOf } from './walk.ts';

const windows = (root: string, file: string) => placeOf(root, file, nodePath.win32);
const start = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

describe('names and places', () => {
  it('have folders with slashes, on Windows as well', () => {
    expect(windows('C:\\Users\\Ann\\Photos', 'C:\\Users\\Ann\\Photos\\day 1\\IMG_1.jpg')).toEqual({
      name: 'IMG_1.jpg',
      folder: 'Photos/day 1',
    });
    expect(windows('C:\\Users\\Ann\\a.pdf', 'C:\\Users\\Ann\\a.pdf')).toEqual({ name: 'a.pdf', folder: '' });
    expect(windows('D:\\', 'D:\\DCIM\\x.mp4')).toEqual({ name: 'x.mp4', folder: 'DCIM' });
    expect(windows('\\\\server\\share\\case', '\\\\server\\share\\case\\a\\b.txt')).toEqual({
      name: 'b.txt',
      folder: 'case/a',
    });
    expect(placeOf('/media/usb', '/media/usb/a/b\\c.txt', nodePath.posix)).toEqual({
      name: 'b\\c.txt',
      folder: 'usb/a',
    });
  });

  it('give a type: by content first, by name where that says more', () => {
    expect(typeOf('statement.pdf', Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(typeOf('renamed.txt', Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(typeOf('photo', start('ffd8ffe000104a46'))).toBe('image/jpeg');
    expect(typeOf('report.docx', start('504b030414000600'))).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    expect(typeOf('interview.m4a', start('00000020667479706d703432'))).toBe('audio/mp4');
    expect(typeOf('clip.mov', start('0000001466747970717420200000'))).toBe('video/quicktime');
    expect(typeOf('notes', Buffer.from('Ünïcode text\n'))).toBe('text/plain');
    expect(typeOf('notes', Buffer.from('é'.repeat(400)).subarray(0, 511))).toBe('text/plain');
    expect(typeOf('dump', start('00010203'))).toBe('application/octet-stream');
    expect(typeOf('.csv', new Uint8Array(0))).toBe('application/octet-stream');
    expect(typeOf('table.CSV', Buffer.from('a,b'))).toBe('text/csv');
  });
});
