/**
 * Owns whether content is what the name says. Only names that claim a content with a mark of its own are held to it, and
 * a mark of another kind is what gives it away; a name that claims nothing belies nothing.
 */
import { markIn } from '../mime.ts';

const ZIP = 'application/zip';
const COMPOUND = 'application/x-ole-storage';
const PLAIN = 'text';

/** What content with these endings may begin with. */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['application/pdf'],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  gif: ['image/gif'],
  bmp: ['image/bmp'],
  tif: ['image/tiff'],
  tiff: ['image/tiff'],
  webp: ['image/webp'],
  // An Office file with a password is an envelope of the older kind.
  docx: [ZIP, COMPOUND],
  docm: [ZIP, COMPOUND],
  dotx: [ZIP, COMPOUND],
  dotm: [ZIP, COMPOUND],
  xlsx: [ZIP, COMPOUND],
  xlsm: [ZIP, COMPOUND],
  pptx: [ZIP, COMPOUND],
  xps: [ZIP],
  odt: [ZIP],
  ods: [ZIP],
  zip: [ZIP],
  doc: [COMPOUND],
  dot: [COMPOUND],
  xls: [COMPOUND],
  xlt: [COMPOUND],
  ppt: [COMPOUND],
  msg: [COMPOUND],
  rtf: ['application/rtf'],
  gz: ['application/gzip'],
  '7z': ['application/x-7z-compressed'],
  rar: ['application/vnd.rar'],
  mp4: ['video/mp4', 'video/quicktime', 'video/3gpp'],
  m4v: ['video/mp4', 'video/quicktime'],
  m4a: ['video/mp4'],
  '3gp': ['video/3gpp', 'video/mp4'],
  avi: ['video/x-msvideo'],
  wav: ['audio/wav'],
  mkv: ['video/x-matroska'],
  webm: ['video/x-matroska'],
  flac: ['audio/flac'],
  txt: [PLAIN],
  csv: [PLAIN],
  htm: [PLAIN],
  html: [PLAIN],
  mht: [PLAIN],
  mhtml: [PLAIN],
  eml: [PLAIN],
};

/** Whether the name claims a content that this is not. `start`: the first bytes, not none. */
export function isBelied(ending: string, start: Uint8Array): boolean {
  const claimed = Object.hasOwn(CLAIMS, ending) ? CLAIMS[ending] : undefined;
  if (claimed === undefined) return false;
  const mark = markIn(start);
  if (claimed.includes(PLAIN)) return !isText(start) || mark === 'application/pdf' || mark === 'application/rtf';
  return mark === null ? !(ending === 'pdf' && isPdfWithin(start)) : !claimed.includes(mark);
}

/** Readers of PDF let some bytes stand before its mark. */
export const isPdfWithin = (start: Uint8Array): boolean => Buffer.from(start).includes('%PDF-');

/** Text of any usual encoding: UTF-16 with its mark, or bytes without a zero among them. */
const isText = (start: Uint8Array): boolean =>
  (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff) || !start.includes(0);
