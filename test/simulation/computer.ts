/**
 * One computer without a window: the real profile, vault and journal on a disk folder, the real sync session, on the real
 * network. IndexedDB is fake-indexeddb, and WebSocket is `ws`: the two parts that only Chromium has.
 */
import Dexie from 'dexie';
import { IDBKeyRange, indexedDB } from 'fake-indexeddb';
import path from 'node:path';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { platform } from '../../electron/platform.ts';
import type { Profile } from '../../electron/profile/profile.ts';
import { profileAt } from '../../electron/profile/profile.ts';
import { noKeyStore } from '../../electron/vault/keyStore.ts';
import type { AreaId, CaseId } from '../../shared/primitives/ids.ts';
import type { EvidenceCalls } from '../../shared/ipc/evidence.ts';
import type { Port } from '../../shared/ipc/rpc.ts';
import type { StreamName } from '../../shared/seal/places.ts';
import { streamOf } from '../../shared/seal/places.ts';
import { areasOf } from '../../renderer/sync/cases/caseIndex.ts';
import type { Socket } from '../../renderer/sync/log/link.ts';
import type { Session } from '../../renderer/sync/session.ts';
import { openSession } from '../../renderer/sync/session.ts';
import { startSieveThread } from './sieveThread.ts';

Dexie.dependencies.indexedDB = indexedDB;
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

const PASSPHRASE = 'a passphrase for tests only';

/** No evidence process: these tests are about text and facts. Named as the stand-in it is. */
const noEvidence = {
  configure: () => Promise.resolve(),
  importFiles: () => Promise.resolve(),
  cancelImport: () => Promise.resolve(),
  want: () => Promise.resolve(),
  retryNow: () => Promise.resolve(),
  here: () => Promise.resolve([]),
  open: () => Promise.resolve({ ok: false, cause: 'missing here' }),
  close: () => Promise.resolve(),
  exportFile: () => Promise.resolve({ ok: false, cause: 'missing here' }),
  keepOnly: () => Promise.resolve(),
} as EvidenceCalls;

export class Computer {
  private profile: Profile;
  private current: Session | null = null;
  /** While true the network is away: new connections fail. */
  offline = false;
  private readonly sockets = new Set<WebSocket>();

  constructor(folder: string) {
    this.profile = profileAt({
      folder: path.join(folder, 'profile'),
      platform,
      keyStore: noKeyStore,
      hardness: { memory: 1024, rounds: 1, lanes: 1 },
      fetch: (url, init) => fetch(url, init as RequestInit),
      failedByAddress: () => false,
      opened: () => Promise.resolve(),
      closing: () => Promise.resolve(),
      changed: () => {},
    });
  }

  get session(): Session {
    if (!this.current) throw new Error('not open');
    return this.current;
  }

  async enrol(relay: string, code: string): Promise<void> {
    const found = await this.profile.lookUp(relay, code);
    if (!found.ok) throw new Error(`look up: ${found.cause}`);
    const done = await this.profile.enrol(PASSPHRASE, 'test laptop');
    if (!done.ok) throw new Error(`enrol: ${done.cause}`);
    await this.start();
  }

  async start(): Promise<void> {
    const held = this.profile.session();
    if (!held) throw new Error('locked');
    this.current = await openSession({
      platform,
      vault: held.calls,
      evidence: noEvidence,
      hasNetwork: () => !this.offline,
      isMetered: () => false,
      changed: () => {},
      dial: (url) => this.dial(url),
      startSieve: startSieveThread,
    });
  }
  private dial(url: string): Socket {
    const socket = new WebSocket(this.offline ? 'ws://127.0.0.1:1/' : url);
    this.sockets.add(socket);
    return socket as unknown as Socket;
  }

  goOffline(): void {
    this.offline = true;
    for (const socket of this.sockets) socket.terminate();
    this.sockets.clear();
  }
  goOnline(): void {
    this.offline = false;
    this.session.link.retryNow();
  }

  /** As after a crash: the session is dropped with nothing closed, and a new one opened on the same disk. */
  async crash(): Promise<void> {
    this.goOffline();
    this.session.link.stop();
    this.offline = false;
    await this.start();
  }
  async close(): Promise<void> {
    await this.current?.close();
  }

  async area(of: CaseId, kind: 'working papers' | 'case file'): Promise<AreaId> {
    return until(() => areasOf(this.session, of).find((a) => a.kind === kind)?.area);
  }

  /** A document opened as a window opens it: over a port, by y-websocket's own protocol. */
  async openDocument(area: AreaId, name: StreamName): Promise<OpenDocument> {
    return new OpenDocument(this.session, area, await streamOf(platform, area, name));
  }
}

/** A window's end of a document, without the provider: sync steps and updates over the port. */
export class OpenDocument {
  readonly doc = new Y.Doc();
  sent = 0;
  saved = 0;
  private heard: ((message: unknown, ports: readonly unknown[]) => void) | null = null;

  constructor(session: Session, area: AreaId, stream: Parameters<Session['docs']['connect']>[1]) {
    const port: Port = {
      post: (message) => this.hear(new Uint8Array(message as ArrayBuffer)),
      listen: (heard) => (this.heard = heard),
      close: () => {},
    };
    session.docs.connect(area, stream, port);
    this.post(Uint8Array.of(0, 0, ...frame(Y.encodeStateVector(this.doc))));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'port') return;
      this.sent++;
      this.post(Uint8Array.of(0, 2, ...frame(update)));
    });
  }
  private post(message: Uint8Array): void {
    this.heard?.(message.slice().buffer, []);
  }
  private hear(message: Uint8Array): void {
    if (message[0] === 100) this.saved = message[1] ?? 0;
    if (message[0] !== 0) return;
    if (message[1] === 0) return; // it asks for what we have beyond it: nothing, the document is fresh
    Y.applyUpdate(this.doc, unframe(message.subarray(2)), 'port');
  }
  get text(): Y.Text {
    return this.doc.getText('text');
  }
}

function frame(bytes: Uint8Array): number[] {
  const head: number[] = [];
  for (let n = bytes.length; ; n = Math.floor(n / 128)) {
    head.push(n >= 128 ? (n % 128) + 128 : n);
    if (n < 128) return [...head, ...bytes];
  }
}
function unframe(bytes: Uint8Array): Uint8Array {
  const end = bytes.findIndex((byte) => byte < 128);
  return bytes.subarray(end + 1);
}

/** Waits for a state that will come; ends with what was asked for, or with an error that says what was not seen. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what = String(look),
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not seen in time: ${what}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}
