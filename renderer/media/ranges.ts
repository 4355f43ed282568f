/**
 * What the service worker asks of the page about a recording, and the arithmetic of HTTP ranges between them. Pure; the
 * page, the service worker and tests use the same.
 */

/** A recording's address within the application: it says nothing but the handle it is read by, which ends with the viewer. */
const PLACE = /^\/media\/([0-9a-f]{32})$/;

export const addressOf = (handle: string): string => `/media/${handle}`;
export const handleIn = (path: string): string | null => PLACE.exec(path)?.[1] ?? null;

/** Asked over a port of its own, which takes the one answer. */
export interface Ask {
  readonly media: string;
  readonly from: number;
  readonly length: number;
}
export type Answer =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array; readonly size: number; readonly type: string }
  | { readonly is: 'gone' };

export interface Range {
  readonly from: number;
  /** The last byte. */
  readonly to: number;
}

/** The one range that a media element asks for (RFC 9110, 14.2); null where nothing of it is there. */
export function rangeOf(header: string | null, size: number): Range | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? 'bytes=0-') ?? [null, '', ''];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from <= to ? { from, to } : null;
}
