/**
 * Owns what a page may not do: leave its origin, open windows, attach web views, use devices, or reach a network that is
 * not named here. Promises a refusal for whatever is not listed.
 */
import type { Session, WebContents } from 'electron';
import type { Pages } from './addresses.ts';
import { isOwnPage } from './addresses.ts';
import { policyInDevelopment, relayOrigins } from './policy.ts';

export function keepInside(contents: WebContents, pages: Pages): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(pages, event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(pages, event.url)) event.preventDefault();
  });
}

/** `relay` answers the one other origin this session may reach; null for none. */
export function hardenSession(session: Session, pages: Pages, relay: () => string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false); // its dictionaries would be fetched from elsewhere
  session.on('will-download', (event) => event.preventDefault());
  // Sockets are left to the content security policy: refusing one here ends older Electrons.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'file://*/*', 'ftp://*/*'] },
    (request, answer) => answer({ cancel: !mayReach(pages, relay(), request.url) }),
  );
  if (pages.isDevelopment) {
    session.webRequest.onHeadersReceived((response, answer) =>
      answer({
        responseHeaders: { ...response.responseHeaders, 'content-security-policy': [policyInDevelopment(relay())] },
      }),
    );
  }
}

export function mayReach(pages: Pages, relay: string | null, address: string): boolean {
  if (isOwnPage(pages, address) || /^(?:blob|data):/.test(address)) return true;
  if (relay !== null && relayOrigins(relay).some((origin) => address === origin || address.startsWith(`${origin}/`)))
    return true;
  return pages.isDevelopment && address.startsWith('devtools:');
}
