/**
 * The evidence process in Electron: a utility process whose last argument is the folder for its chunks. Main brings its
 * lines ({kind: 'host' | 'worker' | 'page'}, one port each). Nothing of Electron goes further than this file.
 */
import type { MessagePortMain } from 'electron';
import type { EvidenceHostCalls } from '../../shared/ipc/evidence.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import { portOver } from '../ipc/portMain.ts';
import { startEvidence } from './evidence.ts';
import type { Evidence, Tell } from './evidence.ts';
import { goBehindWindows } from './priority.ts';

const folder = process.argv.at(-1);
if (folder === undefined) throw new Error('The evidence process needs the folder for its chunks as its last argument.');
goBehindWindows();
const started = startEvidence(folder);

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const { kind } = data as { kind: unknown };
  // A port holds what it is told until somebody listens.
  if (port !== undefined) void started.then((evidence) => connectLine(evidence, kind, port));
});

function connectLine(evidence: Evidence, kind: unknown, port: MessagePortMain): void {
  const line = portOver(port);
  if (kind === 'page') connectPeer(line, evidence.reads);
  if (kind === 'host') connectPeer(line, evidence.host satisfies EvidenceHostCalls);
  if (kind === 'worker') {
    const tell: Tell = (name, data) => peer.tell(name, data);
    const { calls, detach } = evidence.attach(tell);
    const peer = connectPeer(line, calls);
    port.on('close', detach);
  }
}
