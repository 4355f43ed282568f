/** For tests only: the evidence process in plain Node, with its lines over the channel to the process that forked it. */
import { connectPeer } from '../../../shared/ipc/rpc.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import { startEvidence } from '../evidence.ts';
import { FAST } from './desk.fixture.ts';

interface Framed {
  readonly line: string;
  readonly message: unknown;
}

const line = (name: string): Port => ({
  post: (message) => void process.send?.({ line: name, message } satisfies Framed),
  listen: (heard) => void process.on('message', (framed: Framed) => framed.line === name && heard(framed.message, [])),
  close: () => {},
});

/** The third argument: times other than the tests' usual ones. */
const pace = { ...FAST, ...(JSON.parse(process.argv[3] ?? '{}') as Partial<typeof FAST>) };
const evidence = await startEvidence(process.argv[2] ?? '', pace);
connectPeer(line('host'), evidence.host);
connectPeer(line('page'), evidence.reads);
const { calls } = evidence.attach((name, data) => peer.tell(name, data));
const peer = connectPeer(line('worker'), calls);
peer.tell('ready', null);
