/**
 * Owns what a page may not do: leave `app://joinder`, open windows, attach web views, or use the machine's devices.
 * Promises a refusal for whatever is not listed here.
 */
import type { WebContents } from 'electron';
import { origin } from './protocol.ts';

export function denyEverythingElse(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  contents.session.setPermissionCheckHandler(() => false);
}

function isOwnPage(url: string): boolean {
  const development = process.env['ELECTRON_RENDERER_URL'];
  return url.startsWith(`${origin}/`) || (development !== undefined && url.startsWith(development));
}
