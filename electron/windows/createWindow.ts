/**
 * The one way a window comes into being: sandboxed, isolated, without Node, with one of two preload scripts. Owns those
 * settings; callers choose size and session only.
 */
import { BrowserWindow } from 'electron';
import type { BrowserWindowConstructorOptions, Session } from 'electron';
import { clockShift } from '../clock.ts';
import type { Pages } from './addresses.ts';
import { keepInside } from './hardening.ts';

export interface WindowKind {
  readonly preload: string;
  readonly session: Session;
  /** A hidden window works at full speed all the same. */
  readonly isHidden: boolean;
  /** Told to the page. */
  readonly version?: string;
}

export function createWindow(
  pages: Pages,
  kind: WindowKind,
  look: BrowserWindowConstructorOptions = {},
): BrowserWindow {
  const window = new BrowserWindow({
    ...look,
    show: false,
    title: 'Joinder',
    autoHideMenuBar: true,
    ...(kind.isHidden ? { skipTaskbar: true, focusable: false } : {}),
    webPreferences: {
      preload: kind.preload,
      session: kind.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      backgroundThrottling: !kind.isHidden,
      devTools: pages.isDevelopment,
      additionalArguments:
        kind.version === undefined ? [] : [`--joinder-version=${kind.version}`, `--joinder-clock=${clockShift()}`],
    },
  });
  keepInside(window.webContents, pages);
  return window;
}
