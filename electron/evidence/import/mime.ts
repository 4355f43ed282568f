/**
 * Owns the guess at a file's type: by its first bytes where they say so, by its name otherwise. A guess decides what may
 * be opened inside the application, never whether a file is taken.
 */
import { endingOf } from '../../../shared/model/formats/fileName.ts';

const BY_START: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['application/pdf', 0, '255044462d'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/gif', 0, '474946383761'],
  ['image/gif', 0, '474946383961'],
  ['image/webp', 8, '57454250'],
  ['image/bmp', 0, '424d'],
  ['image/tiff', 0, '49492a00'],
  ['image/tiff', 0, '4d4d002a'],
  ['image/avif', 4, '6674797061766966'],
  ['image/heic', 4, '6674797068656963'],
  ['audio/wav', 8, '57415645'],
  ['video/x-msvideo', 8, '41564920'],
  ['video/quicktime', 4, '6674797071742020'],
  ['video/3gpp', 4, '66747970336770'],
  ['video/mp4', 4, '66747970'],
  ['video/x-matroska', 0, '1a45dfa3'],
  ['audio/ogg', 0, '4f676753'],
  ['audio/flac', 0, '664c6143'],
  ['audio/mpeg', 0, '494433'],
  ['application/gzip', 0, '1f8b'],
  ['application/x-7z-compressed', 0, '377abcaf271c'],
  ['application/vnd.rar', 0, '526172211a07'],
  ['application/zip', 0, '504b0304'],
  ['application/zip', 0, '504b0506'],
  ['application/x-ole-storage', 0, 'd0cf11e0a1b11ae1'],
  ['application/rtf', 0, '7b5c727466'],
];

const BY_NAME: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  htm: 'text/html',
  html: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  rtf: 'application/rtf',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  doc: 'application/msword',
  dot: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  amr: 'audio/amr',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  ogv: 'video/ogg',
  wmv: 'video/x-ms-wmv',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  ts: 'video/mp2t',
  '3gp': 'video/3gpp',
  zip: 'application/zip',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  '7z': 'application/x-7z-compressed',
  rar: 'application/vnd.rar',
  tar: 'application/x-tar',
};

export const UNKNOWN_TYPE = 'application/octet-stream';
/** Containers that many types share: a name that says more is believed. */
const CONTAINERS = new Set([
  'application/zip',
  'application/x-ole-storage',
  'application/gzip',
  'video/mp4',
  'video/x-matroska',
  'audio/ogg',
]);
/** How much of the start is looked at. */
export const START_BYTES = 512;

/** The type that the first bytes say, by a mark of its own; null where there is none. */
export function markIn(start: Uint8Array): string | null {
  const hex = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, START_BYTES)).toString('hex');
  return BY_START.find(([, at, bytes]) => hex.startsWith(bytes, at * 2))?.[0] ?? null;
}

export function typeOf(name: string, start: Uint8Array): string {
  const ending = endingOf(name);
  const named = Object.hasOwn(BY_NAME, ending) ? BY_NAME[ending] : undefined;
  const seen = markIn(start);
  if (seen === null) return named === undefined && looksLikeText(start) ? 'text/plain' : (named ?? UNKNOWN_TYPE);
  return named !== undefined && CONTAINERS.has(seen) ? named : seen;
}

/** Printable UTF-8; a letter cut in two at the end of `start` is let pass. */
function looksLikeText(start: Uint8Array): boolean {
  if (start.length === 0) return false;
  const text = new TextDecoder().decode(start.subarray(0, START_BYTES));
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u0008\u000e-\u001f]|\ufffd(?!\ufffd{0,2}$)/u.test(text);
}
