/**
 * The hidden window that runs the sync worker: one for an open profile, in a storage partition of its own that no other
 * page can read and that alone reaches the relay. Started again when its process dies. Only it ever gets a vault port.
 */
import { MessageChannelMain, session } from 'electron';
import type { BrowserWindow, MessagePortMain, Session as ElectronSession } from 'electron';
import type { MainCalls, WorkerHostCalls } from '../../shared/ipc/vault.ts';
import type { PortMessage } from '../../shared/ipc/ports.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { Peer } from '../../shared/ipc/rpc.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { onClock } from '../clock.ts';
import { portOver } from '../ipc/portMain.ts';
import type { Pages } from '../windows/addresses.ts';
import { createWindow } from '../windows/createWindow.ts';
import { backOff } from './backOff.ts';

/** How long a page may take to say that it listens for ports. */
const LIMIT = 15 * SECOND;

export interface SyncPage {
  /** Hands a port to the worker; while it is being started again, nothing is handed. */
  give(message: Extract<PortMessage, { readonly joinder: 'port' }>, port: MessagePortMain): void;
  tell(message: Extract<PortMessage, { readonly joinder: 'gone' }>): void;
  readonly worker: () => WorkerHostCalls | null;
  /** Ends the page and starts it again at once: a person asked. */
  restart(): void;
  stop(): void;
}

export interface SyncPlace {
  readonly pages: Pages;
  readonly preload: string;
  readonly calls: MainCalls;
  /** It stands, for the first time or again: every port to it is new. */
  ready(page: SyncPage): void;
}

/** Its storage lies apart from the windows'. */
export const syncSession = (): ElectronSession => session.fromPartition('persist:sync');

export function startSyncPage(at: SyncPlace): SyncPage {
  const rest = backOff(Date.now);
  let window: BrowserWindow | null = null;
  let peer: Peer<WorkerHostCalls> | null = null;
  let stopped = false;
  let stopClock: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;

  const post = (message: PortMessage, ports: MessagePortMain[]): void => {
    if (window !== null && !window.isDestroyed()) window.webContents.postMessage('port', message, ports);
  };
  const page: SyncPage = {
    give: (message, port) => post(message, [port]),
    tell: (message) => post(message, []),
    worker: () => peer?.call ?? null,
    restart: () => {
      if (stopped) return;
      clearTimeout(timer);
      end();
      void start();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      end();
    },
  };

  const end = (): void => {
    stopClock?.();
    peer?.close();
    peer = null;
    const ended = window;
    window = null;
    if (ended !== null && !ended.isDestroyed()) ended.destroy();
  };
  const again = (gone: BrowserWindow): void => {
    if (stopped || gone !== window) return;
    end();
    timer = setTimeout(() => void start(), rest.pause());
  };
  const start = async (): Promise<void> => {
    const fresh = createWindow(
      at.pages,
      { preload: at.preload, session: syncSession(), isHidden: true },
      { width: 320, height: 240 },
    );
    window = fresh;
    rest.started();
    fresh.webContents.on('render-process-gone', () => again(fresh));
    fresh.on('closed', () => again(fresh));
    // One that never says it listens (a page half replaced by an update, say) is as good as dead.
    const tooLate = setTimeout(() => again(fresh), LIMIT);
    fresh.webContents.ipc.on('ready', () => {
      if (fresh !== window) return;
      clearTimeout(tooLate);
      peer?.close();
      const { port1, port2 } = new MessageChannelMain();
      const worker = connectPeer<WorkerHostCalls>(portOver(port1), at.calls);
      peer = worker;
      stopClock?.();
      stopClock = onClock((shift) => void worker.call.setClock(shift).catch(() => undefined)); // one that is gone
      page.give({ joinder: 'port', kind: 'vault' }, port2);
      at.ready(page);
    });
    await fresh.loadURL(at.pages.sync).catch(() => again(fresh));
  };
  void start();
  return page;
}
