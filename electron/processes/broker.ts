/**
 * Who is connected to whom while a profile is open: windows, sync worker and evidence process, by MessagePorts that main
 * makes and never listens to. When one of them is started again, the others get new ports.
 */
import { MessageChannelMain } from 'electron';
import type { WebContents } from 'electron';
import type { OfferedFor } from '../../shared/ipc/evidence.ts';
import type { Unsent } from '../../shared/ipc/preload.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import type { Session } from '../profile/session.ts';
import type { Pages } from '../windows/addresses.ts';
import type { EvidenceProcess } from './evidenceProcess.ts';
import { startEvidence } from './evidenceProcess.ts';
import type { ShellCalls } from '../../shared/ipc/vault.ts';
import { chosenCalls } from './chosen.ts';
import type { SyncPage } from './syncPage.ts';
import { startSyncPage } from './syncPage.ts';
import { within } from './within.ts';

export interface Broker {
  start(session: Session): void;
  /** Flushes what was typed, then ends worker and evidence process. */
  stop(): Promise<void>;
  /** Gives a window its ports, now and whenever they must be new. False: the profile is locked. */
  connect(window: WebContents): boolean;
  /** Starts the sync worker anew, which opens its store again. */
  reopenStore(): void;
  offer(path: string, use: OfferedFor): Promise<string>;
  /** Null: nobody could say. */
  unsent(): Promise<Unsent | null>;
}

export interface BrokerPlace {
  readonly pages: Pages;
  readonly syncPreload: string;
  readonly evidenceScript: string;
  readonly evidenceFolder: string;
  readonly shell: ShellCalls;
}

export function brokerAt(at: BrokerPlace): Broker {
  const windows = new Map<WebContents, number>();
  let next = 1;
  let running: { sync: SyncPage; evidence: EvidenceProcess; isReady: boolean } | null = null;

  const connectOne = (window: WebContents, id: number): void => {
    if (running === null || !running.isReady || window.isDestroyed()) return;
    const toWorker = new MessageChannelMain();
    running.sync.give({ joinder: 'port', kind: 'window', window: id }, toWorker.port2);
    window.postMessage('ports', null, [toWorker.port1, running.evidence.connect('page')]);
  };
  const connectAll = (): void => {
    if (running === null) return;
    running.sync.give({ joinder: 'port', kind: 'evidence' }, running.evidence.connect('worker'));
    for (const [window, id] of windows) connectOne(window, id);
  };
  const remember = (window: WebContents): number => {
    const known = windows.get(window);
    const id = next++;
    if (known !== undefined) running?.sync.tell({ joinder: 'gone', window: known });
    else
      window.once('destroyed', () => {
        const last = windows.get(window);
        if (last !== undefined) running?.sync.tell({ joinder: 'gone', window: last });
        windows.delete(window);
      });
    windows.set(window, id);
    return id;
  };

  return {
    start: (session) => {
      const evidence = startEvidence({
        script: at.evidenceScript,
        folder: at.evidenceFolder,
        restarted: () => running?.isReady && connectAll(),
      });
      const ready = (): void => {
        if (running === null) return;
        running.isReady = true;
        connectAll();
      };
      running = {
        evidence,
        isReady: false,
        sync: startSyncPage({
          pages: at.pages,
          preload: at.syncPreload,
          calls: { ...session.calls, ...chosenCalls(session.paths, evidence), ...at.shell },
          ready,
        }),
      };
    },
    stop: async () => {
      const stopping = running;
      if (stopping === null) return;
      const worker = stopping.sync.worker();
      if (worker !== null) await within(3 * SECOND, worker.flush());
      running = null;
      windows.clear();
      stopping.sync.stop();
      await stopping.evidence.stop();
    },
    connect: (window) => {
      if (running === null) return false;
      connectOne(window, remember(window));
      return true;
    },
    reopenStore: () => running?.sync.restart(),
    offer: (path, use) => (running === null ? Promise.reject(new Error('locked')) : running.evidence.offer(path, use)),
    unsent: async () => {
      const worker = running?.sync.worker();
      return worker ? within(3 * SECOND, worker.unsent()) : null;
    },
  };
}
