/**
 * The windows that people see. Owns the set of them, their opening and closing; asks before the last one closes.
 */
import type { BrowserWindow, Session, WebContents } from 'electron';
import type { Pages } from './addresses.ts';
import { createWindow } from './createWindow.ts';
import { lastPlace, rememberPlace } from './windowState.ts';

export interface UiWindows {
  open(): BrowserWindow;
  /** The window in front, or any; null where none is open. */
  front(): BrowserWindow | null;
  of(contents: WebContents): BrowserWindow | null;
  all(): readonly BrowserWindow[];
  send(channel: string, value: unknown): void;
}

export interface UiPlace {
  readonly pages: Pages;
  readonly preload: string;
  readonly session: Session;
  readonly version: string;
  readonly stateFile: string;
  /** The last window is about to close: false keeps it open (for now). */
  mayCloseLast(): boolean;
  /** Somebody used a window. */
  touched(): void;
}

export function uiWindows(at: UiPlace): UiWindows {
  const windows = new Set<BrowserWindow>();
  const open = (): BrowserWindow => {
    const { look, isMaximised } = lastPlace(at.stateFile);
    const shifted =
      windows.size > 0 && look.x !== undefined && look.y !== undefined
        ? { ...look, x: look.x + 24, y: look.y + 24 }
        : look;
    const window = createWindow(
      at.pages,
      { preload: at.preload, session: at.session, isHidden: false, version: at.version },
      { ...shifted, minWidth: 720, minHeight: 480 },
    );
    windows.add(window);
    window.webContents.on('input-event', () => at.touched());
    rememberPlace(window, at.stateFile);
    window.once('ready-to-show', () => (isMaximised ? window.maximize() : window.show()));
    window.on('close', (event) => {
      if (windows.size === 1 && !at.mayCloseLast()) event.preventDefault();
    });
    window.once('closed', () => windows.delete(window));
    // A page that died is loaded anew: nothing that said "Saved" was in it.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
    });
    void window.loadURL(at.pages.ui).catch(() => undefined); // shown as an empty window; in development the server says why
    return window;
  };
  return {
    open,
    front: () => [...windows].find((w) => w.isFocused()) ?? [...windows].at(-1) ?? null,
    of: (contents) => [...windows].find((w) => !w.isDestroyed() && w.webContents === contents) ?? null,
    all: () => [...windows],
    send: (channel, value) => {
      for (const window of windows) if (!window.isDestroyed()) window.webContents.send(channel, value);
    },
  };
}
