/**
 * What can be shown inside the application. Everything else is exported, by an act that is recorded.
 */
import { MiB } from '../../shared/primitives/units.ts';

export type ViewKind = 'pdf' | 'image' | 'text' | 'video' | 'sound' | 'none';

/** Images are decoded as a whole: beyond this one is exported instead. */
export const LARGEST_IMAGE = 256 * MiB;

// SVG is left out: it is a document with links and styles, not a picture.
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);
// Whether Chromium can decode what is inside is known once it tries; it says so.
const VIDEOS = new Set(['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime', 'video/x-m4v']);
const SOUNDS = new Set([
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/wav',
  'audio/x-wav',
  'audio/ogg',
  'audio/webm',
  'audio/flac',
]);
const TEXTS = new Set(['application/json', 'application/xml', 'application/x-ndjson']);
const BY_NAME: Record<string, ViewKind> = {
  pdf: 'pdf',
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  bmp: 'image',
  txt: 'text',
  log: 'text',
  csv: 'text',
  md: 'text',
  json: 'text',
  xml: 'text',
  srt: 'text',
  mp4: 'video',
  m4v: 'video',
  mov: 'video',
  webm: 'video',
  mp3: 'sound',
  m4a: 'sound',
  wav: 'sound',
  ogg: 'sound',
  flac: 'sound',
};

export function kindOf(type: string, name: string, size: number): ViewKind {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = ofType(plain) ?? BY_NAME[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'none';
  return kind === 'image' && size > LARGEST_IMAGE ? 'none' : kind;
}

function ofType(type: string): ViewKind | null {
  if (type === 'application/pdf') return 'pdf';
  if (IMAGES.has(type)) return 'image';
  if (VIDEOS.has(type)) return 'video';
  if (SOUNDS.has(type)) return 'sound';
  if ((type.startsWith('text/') && type !== 'text/html') || TEXTS.has(type)) return 'text';
  // What is said to be bytes only is judged by its name.
  return type === '' || type === 'application/octet-stream' ? null : 'none';
}
