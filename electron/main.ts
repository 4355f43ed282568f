/**
 * The main process: owns the life of the application and its windows. Promises that a window shows `app://joinder` and
 * nothing else, in a sandboxed page without Node. Never reads case content.
 */
import { app, BrowserWindow } from 'electron';
import path from 'node:path';
import { denyEverythingElse } from './app/hardening.ts';
import { handleAppProtocol, origin, registerAppScheme } from './app/protocol.ts';

registerAppScheme();
app.on('web-contents-created', (_event, contents) => denyEverythingElse(contents));
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(start);

async function start(): Promise<void> {
  handleAppProtocol(path.join(__dirname, '../renderer'));
  await openWindow();
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: {
      preload: path.join(__dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(process.env['ELECTRON_RENDERER_URL'] ?? `${origin}/index.html`);
}
