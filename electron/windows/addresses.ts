/**
 * Owns which addresses are Joinder's own and what lies behind them. Promises that no address, however it is written,
 * leads to a file outside the built pages. Pure.
 */
import path from 'node:path';

export const ORIGIN = 'app://joinder';

/** A plain way down: no empty, hidden or parent folders, no drives, no streams, nothing escaped twice. */
const PLAIN = /^(?:\/[\w@-][\w.@-]*)+$/;

/** The file behind an `app://` address; null where there is none to serve. */
export function fileBehind(root: string, address: string, paths: Pick<typeof path, 'join'> = path): string | null {
  let url: URL;
  let way: string;
  try {
    url = new URL(address);
    way = decodeURIComponent(url.pathname);
  } catch {
    return null; // no address, or no UTF-8 behind its escapes
  }
  if (url.protocol !== 'app:' || url.host !== 'joinder' || !PLAIN.test(way)) return null;
  return paths.join(root, ...way.slice(1).split('/'));
}

/** Where pages come from: the built ones, or a developer's server on this computer. */
export interface Pages {
  readonly origin: string;
  readonly ui: string;
  readonly sync: string;
  readonly isDevelopment: boolean;
}

export function pagesFrom(devServer: string | undefined): Pages {
  const base = devServer === undefined ? ORIGIN : devServer.replace(/\/+$/, '');
  return {
    origin: base,
    ui: `${base}/index.html`,
    sync: `${base}/sync/index.html`,
    isDevelopment: devServer !== undefined,
  };
}

/** Whether an address is a page of ours: the same origin, to the letter. */
export const isOwnPage = (pages: Pages, address: string): boolean =>
  address === pages.origin || address.startsWith(`${pages.origin}/`);
