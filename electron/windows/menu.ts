/**
 * The menu: hidden until Alt is pressed, it is there for its keys. No Undo and Redo: the editor's own must get those keys.
 */
import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActs {
  readonly newWindow: () => void;
  readonly lock: () => void;
  readonly isDevelopment: boolean;
}

export function setMenu(acts: MenuActs): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(acts.isDevelopment ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: '&File',
        submenu: [
          { label: '&New window', accelerator: 'CommandOrControl+Shift+N', click: acts.newWindow },
          { label: '&Lock', accelerator: 'CommandOrControl+Shift+L', click: acts.lock },
          { type: 'separator' },
          { role: 'close' },
          { role: 'quit', label: '&Quit', accelerator: 'CommandOrControl+Q' },
        ],
      },
      { label: '&View', submenu: view },
    ]),
  );
}
