/** For tests only: starts the evidence process on a folder, so that it can be killed. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type {
  EvidenceCalls,
  EvidenceHostCalls,
  ImportNews,
  ReadCalls,
  TransferNews,
} from '../../../shared/ipc/evidence.ts';
import type { Pace } from '../transfer/pace.ts';
import type { StickNews } from '../../../shared/ipc/stick.ts';
import { connectPeer } from '../../../shared/ipc/rpc.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';

export interface Running {
  readonly worker: EvidenceCalls;
  readonly host: EvidenceHostCalls;
  readonly page: ReadCalls;
  readonly imported: ImportNews[];
  readonly transfers: TransferNews[];
  readonly sticks: StickNews[];
  until(what: () => boolean): Promise<void>;
  readonly pid: number;
  /** Tells what else runs in that process, beside the three lines. */
  tell(line: string, message: object): void;
  /** SIGKILL; answers when it is dead. */
  kill(): Promise<void>;
}

/** `execArgv`: what else that Node is started with; `pace`: times other than the tests' usual ones. */
export async function forkEvidence(
  folder: string,
  execArgv: string[] = [],
  pace: Partial<Pace> = {},
): Promise<Running> {
  const child = fork(fileURLToPath(new URL('child.fixture.ts', import.meta.url)), [folder, JSON.stringify(pace)], {
    serialization: 'advanced',
    execArgv,
  });
  const dead = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = (name: string): Port => ({
    post: (message) => void (child.connected && child.send({ line: name, message: message as object })),
    listen: (heard) =>
      void child.on(
        'message',
        (framed) => (framed as { line: string }).line === name && heard((framed as { message: unknown }).message, []),
      ),
    close: () => {},
  });
  const imported: ImportNews[] = [];
  const transfers: TransferNews[] = [];
  const sticks: StickNews[] = [];
  const waiting = new Set<() => void>();
  let ready = false;
  const worker = connectPeer<EvidenceCalls>(line('worker'), {}, (name, data) => {
    if (name === 'ready') ready = true;
    if (name === 'transfers') transfers.push(...(data as TransferNews[]));
    if (name === 'stick') sticks.push(data as StickNews);
    if (name === 'import') imported.push((data as { news: ImportNews }).news);
    for (const look of Array.from(waiting)) look();
  });
  const until = (what: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!what()) return;
        waiting.delete(look);
        resolve();
      };
      void dead.then(() => reject(new Error('the process ended')));
      waiting.add(look);
      look();
    });
  await until(() => ready);
  return {
    worker: worker.call,
    host: connectPeer<EvidenceHostCalls>(line('host'), {}).call,
    page: connectPeer<ReadCalls>(line('page'), {}).call,
    imported,
    transfers,
    sticks,
    until,
    pid: child.pid ?? 0,
    tell: (to, message) => void (child.connected && child.send({ line: to, message })),
    kill: async () => {
      child.kill('SIGKILL');
      await dead;
    },
  };
}
