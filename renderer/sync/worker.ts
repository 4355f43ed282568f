/**
 * The sync worker's entry: it waits for the vault and the evidence process, opens the session once both are there, and
 * serves every window that connects. One worker a profile, however many windows: there is one writer.
 */
import { webPlatform } from '../../shared/primitives/platform.ts';
import type { EvidenceCalls, ImportNews, TransferNews } from '../../shared/ipc/evidence.ts';
import type { StickNews } from '../../shared/ipc/stick.ts';
import type { Peer } from '../../shared/ipc/rpc.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { MainCalls, WorkerHostCalls } from '../../shared/ipc/vault.ts';
import type { BrokeredKind } from './brokered.ts';
import { Desk } from './desk.ts';
import type { SieveThread } from './docs/sieveRun.ts';
import type { FromSieve } from './docs/sifting.ts';
import type { Report } from '../../shared/model/report/report.ts';
import type { Socket } from './log/link.ts';
import { portOf } from './ports.ts';

const source = {
  subtle: crypto.subtle,
  getRandomValues: (array: Uint8Array): Uint8Array => crypto.getRandomValues(array as Uint8Array<ArrayBuffer>),
};
let clockShift = 0;
/** What Chromium calls a link of under some 0.4 Mbit/s, or of answers that take over a second. */
const SLOW: ReadonlySet<string> = new Set(['slow-2g', '2g']);
const desk = new Desk(
  webPlatform(source, () => Date.now() + clockShift),
  {
    dial: (url) => new WebSocket(url) as unknown as Socket, // the same, but for the types of its events
    hasNetwork: () => navigator.onLine,
    linkKind: () => {
      const { connection } = navigator as {
        connection?: { type?: string; saveData?: boolean; effectiveType?: string };
      };
      if (connection?.type === 'cellular' || connection?.saveData === true) return 'metered';
      return SLOW.has(connection?.effectiveType ?? '') ? 'slow' : 'usual';
    },
    startSieve,
    drawReport,
  },
);

let evidence: Peer<EvidenceCalls> | null = null;
const host: WorkerHostCalls = {
  unsent: () => desk.unsent(),
  flush: () => desk.flush(),
  setClock: (shift) => {
    clockShift = shift;
    desk.changed();
    return Promise.resolve();
  },
};

self.addEventListener('message', (event: MessageEvent<{ kind: BrokeredKind }>) => {
  const [port] = event.ports;
  if (!port) return;
  switch (event.data.kind) {
    case 'vault':
      desk.setVault(connectPeer<MainCalls>(portOf(port), host).call);
      return;
    case 'evidence':
      // What was asked of a process that is gone is answered with an error, so that nobody waits for it.
      evidence?.close();
      evidence = connectEvidence(port);
      desk.setEvidence(evidence.call);
      return;
    case 'window':
      desk.addWindow(portOf(port));
  }
});

function startSieve(): SieveThread {
  const thread = new Worker(new URL('./docs/sieve.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => thread.postMessage(message),
    listen: (heard, ended) => {
      thread.addEventListener('message', (event: MessageEvent<FromSieve>) => heard(event.data));
      thread.addEventListener('error', ended);
      thread.addEventListener('messageerror', ended);
    },
    kill: () => thread.terminate(),
  };
}

function connectEvidence(port: MessagePort): Peer<EvidenceCalls> {
  return connectPeer<EvidenceCalls>(portOf(port), {}, (name, data) => {
    if (name === 'import') {
      const { id, news } = data as { id: string; news: ImportNews };
      desk.heardImport(id, news);
    }
    if (name === 'stick') desk.heardStick(data as StickNews);
    if (name === 'transfers') desk.heardTransfers(data as TransferNews[]);
  });
}

function drawReport(report: Report): Promise<Uint8Array> {
  const paper = new Worker(new URL('./cases/exchange/paper/paper.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Uint8Array>((done, failed) => {
    const fail = (): void => failed(new Error('the report could not be drawn'));
    paper.addEventListener('message', ({ data }: MessageEvent<Uint8Array | null>) =>
      data === null ? fail() : done(data),
    );
    paper.addEventListener('error', fail);
    paper.postMessage(report);
  }).finally(() => paper.terminate());
}
