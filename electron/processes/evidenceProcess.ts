/**
 * The evidence process as main sees it: started with the profile, started again when it dies, given ports and the files
 * that a person chose. Main knows paths and tokens; what is in the files never comes here.
 */
import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { randomBytes } from 'node:crypto';
import type { EvidenceHostCalls, OfferedFor } from '../../shared/ipc/evidence.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { Peer } from '../../shared/ipc/rpc.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { portOver } from '../ipc/portMain.ts';
import { backOff } from './backOff.ts';
import { within } from './within.ts';

export interface EvidenceProcess {
  /** A port to it: for the worker, or for a page that reads. */
  connect(kind: 'worker' | 'page'): MessagePortMain;
  offer(path: string, use: OfferedFor): Promise<string>;
  /** The paths behind tokens for reading, which serve no more. */
  take(tokens: readonly string[]): readonly string[];
  stop(): Promise<void>;
}

export interface EvidencePlace {
  readonly script: string;
  /** Where chunks lie. */
  readonly folder: string;
  /** It died and stands again: every port to it is dead. */
  restarted(): void;
}

export function startEvidence(at: EvidencePlace): EvidenceProcess {
  const rest = backOff(Date.now);
  const offers = new Map<string, { path: string; use: OfferedFor }>();
  let child: UtilityProcess;
  let host: Peer<EvidenceHostCalls>;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const give = (kind: 'host' | 'worker' | 'page'): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind }, [port1]);
    return port2;
  };
  const start = (): void => {
    child = utilityProcess.fork(at.script, [at.folder], {
      serviceName: 'Joinder evidence',
      stdio: 'inherit',
      // Flushes that wait together share one commit of the file system: many small files cost little more than one.
      env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
    });
    rest.started();
    child.once('exit', () => {
      host.close();
      if (stopping) return;
      timer = setTimeout(() => {
        start();
        at.restarted();
      }, rest.pause());
    });
    host = connectPeer<EvidenceHostCalls>(portOver(give('host')), {});
    // Who dies is started again and told again; nobody waits for this answer.
    for (const [token, { path, use }] of offers) void host.call.offer(token, path, use).catch(() => undefined);
  };
  start();

  return {
    connect: give,
    offer: async (path, use) => {
      const token = randomBytes(16).toString('hex');
      offers.set(token, { path, use });
      await host.call.offer(token, path, use);
      return token;
    },
    take: (tokens) =>
      tokens.flatMap((token) => {
        const offered = offers.get(token);
        return offered?.use === 'read' && offers.delete(token) ? [offered.path] : [];
      }),
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await within(2 * SECOND, host.call.stop());
      child.kill();
    },
  };
}
