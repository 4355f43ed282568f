/**
 * One computer without a window: the real profile, vault and journal on a disk folder, the real sync session, on the real
 * network. IndexedDB is fake-indexeddb, and WebSocket is `ws`: the two parts that only Chromium has.
 */
import { Dexie } from 'dexie';
import { IDBKeyRange, indexedDB } from 'fake-indexeddb';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { WebSocket } from 'ws';
import { platform } from '../../electron/platform.ts';
import type { Profile } from '../../electron/profile/profile.ts';
import { profileAt } from '../../electron/profile/profile.ts';
import { noKeyStore } from '../../electron/vault/keyStore.ts';
import type { AreaId, CaseId } from '../../shared/primitives/ids.ts';
import type { EvidenceCalls } from '../../shared/ipc/evidence.ts';
import type { LinkKind } from '../../shared/ipc/limits.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import type { ChosenCalls, Identity, ShellCalls } from '../../shared/ipc/vault.ts';
import type { CaseRow, CaseView } from '../../shared/ipc/worker.ts';
import type { StreamName } from '../../shared/seal/area/places.ts';
import { streamOf } from '../../shared/seal/area/places.ts';
import { areaOf } from '../../renderer/sync/cases/caseIndex.ts';
import type { Desktop } from '../../renderer/sync/desktop.ts';
import { openDesktop } from '../../renderer/sync/desktop.ts';
import type { Socket } from '../../renderer/sync/log/link.ts';
import type { Session } from '../../renderer/sync/session.ts';
import { openSession } from '../../renderer/sync/session.ts';
import { Database } from '../../renderer/sync/store/database.ts';
import { computeView } from '../../renderer/sync/views/views.ts';
import { startWork } from '../../renderer/sync/work.ts';
import type { EvidenceLine } from './files/evidenceLine.ts';
import { OpenDocument } from './log/openDocument.ts';
import { startSieveThread } from './log/sieveThread.ts';

Dexie.dependencies.indexedDB = indexedDB;
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

const PASSPHRASE = 'a passphrase for tests only';

/** No evidence process: most of these tests are about text and facts. Named as the stand-in it is. */
const noEvidence = {
  configure: () => Promise.resolve(),
  importFiles: () => Promise.resolve(),
  cancelImport: () => Promise.resolve(),
  room: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
  want: () => Promise.resolve(),
  retryNow: () => Promise.resolve(),
  here: () => Promise.resolve([]),
  open: () => Promise.resolve({ ok: false, cause: 'missing here' }),
  close: () => Promise.resolve(),
  exportFile: () => Promise.resolve({ ok: false, cause: 'missing here' }),
  beginFolder: () => Promise.resolve({ ok: false, cause: 'unknown token' }),
  writeBytes: () => Promise.resolve({ ok: false, cause: 'unknown token' }),
  endFolder: () => Promise.resolve(),
  readChosen: () => Promise.resolve({ ok: false, cause: 'unknown token' }),
  writeStick: () => Promise.resolve({ ok: false, cause: 'unknown token' }),
  openStick: () => Promise.resolve({ ok: false, cause: 'unknown token' }),
  takeFromStick: () => Promise.resolve({ here: 0, damaged: [], lost: [], stopped: null }),
  closeStick: () => Promise.resolve(),
  cancelStick: () => Promise.resolve(),
  adopt: () => Promise.resolve(false),
  named: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  destroy: () => Promise.resolve({ left: 0 }),
} as EvidenceCalls;

const noEvidenceLine = {
  evidence: noEvidence,
  chosen: {
    keepChosen: () => Promise.resolve(new Uint8Array(0)),
    chooseAgain: () => Promise.resolve([]),
  } satisfies ChosenCalls,
};

/** What a session may still do once its computer has crashed: nothing, and it never learns. */
function whileAlive<T extends object>(calls: T, isAlive: () => boolean): T {
  return new Proxy(calls, {
    get: (target, name) => {
      const call = target[name as keyof T];
      if (typeof call !== 'function') return call;
      return (...args: unknown[]) => (isAlive() ? Reflect.apply(call, target, args) : new Promise(() => {}));
    },
  });
}

export class Computer {
  readonly folder: string;
  private readonly profile: Profile;
  private current: { desktop: Desktop; end: () => void } | null = null;
  /** While true the network is away: new connections fail. */
  offline = false;
  /** What its operating system says of the link. */
  linkKind: LinkKind = 'usual';
  /** While true the sieve's worker dies as it starts. */
  sieveFails = false;
  /** Set before enrolling, for a test that is about files: a real evidence process. */
  evidence: EvidenceLine | null = null;
  /** While true nothing is asked of an authority: its relay's HTTP does not answer, the link does. */
  asksNobody = false;
  /** The digits on its screen while it waits for somebody's word. */
  comparing: string | null = null;
  /** By how much this computer's clock is ahead. */
  private ahead: Millis = 0;
  /** Set for a copy of another's profile: its store has rows of its own. */
  private store = '';
  /** What a person was told outside of the windows, and the number on the icon. */
  readonly told: string[] = [];
  badge = 0;
  private readonly shell: ShellCalls = {
    notice: async (kind, count) => void this.told.push(`${count} ${kind}`),
    badge: async (count) => void (this.badge = count),
  };
  private readonly sockets = new Set<WebSocket>();

  constructor(folder: string) {
    this.folder = folder;
    this.profile = profileAt({
      folder: path.join(folder, 'profile'),
      evidence: path.join(folder, 'evidence'),
      platform: { ...platform, now: () => platform.now() + this.ahead },
      keyStore: noKeyStore,
      hardness: { memory: 1024, rounds: 1, lanes: 1 },
      fetch: (url, init) =>
        this.offline || this.asksNobody ? Promise.reject(new Error('no network')) : fetch(url, init as RequestInit),
      failedByAddress: () => false,
      openBrowser: () => Promise.resolve(),
      eraseStores: () => Promise.resolve(),
      opened: () => Promise.resolve(),
      closing: () => this.leave(),
      changed: (state) => {
        this.comparing = state.is === 'new' ? (state.comparing ?? null) : null;
      },
    });
  }

  get desktop(): Desktop {
    if (!this.current) throw new Error('not open');
    return this.current.desktop;
  }
  get session(): Session {
    return this.desktop.session;
  }

  async enrol(relay: string, code: string): Promise<void> {
    const found = await this.profile.lookUp(relay, code);
    if (!found.ok) throw new Error(`look up: ${found.cause}`);
    const done = await this.profile.enrol(PASSPHRASE, 'test laptop');
    if (!done.ok) throw new Error(`enrol: ${done.cause}`);
    await this.start();
  }
  stopEnrolling(): void {
    this.profile.stopEnrolling();
  }

  async start(): Promise<void> {
    const held = this.profile.session();
    if (!held) throw new Error('locked');
    let alive = true;
    const vault = whileAlive(held.calls, () => alive);
    let opened: Desktop | null = null;
    const line = (await this.evidence?.connect(held.paths, () => (alive ? opened : null))) ?? noEvidenceLine;
    const session = await openSession({
      evidence: whileAlive(line.evidence, () => alive),
      chosen: whileAlive(line.chosen, () => alive),
      shell: this.shell,
      platform: { ...platform, now: () => platform.now() + this.ahead },
      vault: { ...vault, identity: async () => named(await vault.identity(), this.store) },
      hasNetwork: () => !this.offline,
      linkKind: () => this.linkKind,
      changed: () => {},
      storeLost: () => {},
      dial: (url) => this.dial(url),
      drawReport: () => Promise.resolve(new Uint8Array()),
      startSieve: () =>
        this.sieveFails ? { post: () => {}, listen: (_, ended) => ended(), kill: () => {} } : startSieveThread(),
    });
    const desktop = (opened = await openDesktop(session));
    desktop.importing.goOn();
    const stop = startWork(desktop, () => {});
    const end = (): void => {
      alive = false;
      stop();
    };
    this.current = { desktop, end };
  }
  private dial(url: string): Socket {
    const socket = new WebSocket(this.offline ? 'ws://127.0.0.1:1/' : url);
    this.sockets.add(socket);
    return socket as unknown as Socket;
  }

  /** So much time passes on this computer's clock, and its link looks after itself as it does by a timer. */
  pass(time: Millis): void {
    this.ahead += time;
    this.session.link.look();
  }

  goOffline(): void {
    this.offline = true;
    for (const socket of this.sockets) socket.terminate();
    this.sockets.clear();
  }
  /** Dials at once, where it is on line: its pauses have grown while the relay was away. */
  dialNow(): void {
    if (!this.offline) this.current?.desktop.session.link.retryNow();
  }
  goOnline(): void {
    this.offline = false;
    this.session.link.retryNow();
  }

  /** As after a crash: the session is dropped with nothing closed or flushed, and a new one opened on the same disk. */
  async crash(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const { session } = this;
    const away = this.offline;
    this.goOffline();
    this.current?.end();
    session.log.close();
    session.link.stop();
    session.sieve.close();
    session.db.close();
    await meanwhile();
    this.offline = away;
    await this.start();
  }
  /** As when Chromium resets the store, or somebody deletes its folder, while the application is down. */
  async loseStore(): Promise<void> {
    const { db } = this.session;
    await this.crash(() => Dexie.delete(db.name));
  }
  /** The rows of the store as they are now; `putBack` of what this answers makes it as old as that. */
  async copyStore(): Promise<() => Promise<void>> {
    const { db } = this.session;
    const rows = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()] as const));
    return () =>
      this.crash(async () => {
        await Dexie.delete(db.name);
        const older = await new Database(db.name).open();
        for (const [name, old] of rows) await older.table(name).bulkPut(old);
        older.close();
      });
  }
  /** The session ends in order, as when a profile locks. */
  private async leave(): Promise<void> {
    const { current } = this;
    this.current = null;
    current?.end();
    await current?.desktop.session.close();
  }
  /** Why the profile is locked; null while it is open. */
  async lockedWhy(): Promise<string | null> {
    const state = await this.profile.state();
    return state.is === 'locked' ? state.why : null;
  }
  /** When the authority signed the lease that this computer has; 0: it has none of the authority yet. */
  async leaseIssued(): Promise<Millis> {
    return this.profile.session()?.lease.issued() ?? 0;
  }
  async leaseIsNear(): Promise<boolean> {
    const state = await this.profile.state();
    return state.is === 'open' && state.lease?.until !== undefined && state.lease.until !== null;
  }
  /** As main does by a timer. */
  lookAtLease(): Promise<void> {
    return this.profile.lookAtLease();
  }
  /** A lease file is chosen on the locked screen. */
  async chooseLeaseFile(text: string): Promise<void> {
    const kept = await this.profile.keepLeaseFile(text);
    if (!kept.ok) throw new Error(kept.cause);
  }
  /** The clock of this computer is set, by so much from what it is. */
  setClock(by: Millis): void {
    this.ahead += by;
  }
  async tryPassphrase(): Promise<string> {
    const opened = await this.profile.unlock(PASSPHRASE);
    return opened.ok ? 'open' : opened.cause;
  }
  async close(): Promise<void> {
    await this.leave();
    await this.evidence?.stop();
    await this.profile.lock('asked');
  }

  /** On the locked screen, where the passphrase is lost. */
  leftHere(): ReturnType<Profile['leftHere']> {
    return this.profile.leftHere();
  }
  beginAnew(losing: boolean): ReturnType<Profile['beginAnew']> {
    return this.profile.beginAnew(losing);
  }

  /** A copy of this computer's disk as it is now, in another folder: as from a backup, or a thief's. Not started. */
  async copyTo(folder: string): Promise<Computer> {
    await cp(this.folder, folder, { recursive: true });
    const copy = new Computer(folder);
    copy.store = ` copied ${folder}`;
    await copyRows(this.session.db, named(this.session.identity, copy.store).storeId);
    const opened = await copy.profile.unlock(PASSPHRASE);
    if (!opened.ok) throw new Error(opened.cause);
    return copy;
  }

  /** What the journal on this disk holds and the relay has not got. */
  async journal(): Promise<readonly unknown[]> {
    return (await this.profile.session()?.calls.journal()) ?? [];
  }

  async area(of: CaseId, kind: 'working papers' | 'case file'): Promise<AreaId> {
    return until(() => areaOf(this.session, of, kind)?.area, `the ${kind}`);
  }
  /** The case's word, as its row in the list shows it. */
  async word(of: CaseId): Promise<string> {
    const rows = (await computeView(this.desktop, 'cases')) as readonly CaseRow[];
    return rows.find((row) => row.case === of)?.word.text ?? '';
  }
  async view(of: CaseId): Promise<CaseView> {
    return (await computeView(this.desktop, `case:${of}`)) as CaseView;
  }
  /** What the warnings on screen say. */
  get alarms(): readonly string[] {
    // That a person's other computers came later is said of honest ones, too.
    const said = this.session.alarms.open().map((alarm) => alarm.sentence);
    return said.filter((sentence) => !sentence.startsWith('A computer was added for you'));
  }

  /** A document opened as a window opens it: over a port, by y-websocket's own protocol. */
  async openDocument(area: AreaId, name: StreamName): Promise<OpenDocument> {
    return new OpenDocument(this.session, area, await streamOf(platform, area, name));
  }
}

const named = (identity: Identity, store: string): Identity => ({ ...identity, storeId: identity.storeId + store });

async function copyRows(from: Database, storeId: string): Promise<void> {
  const to = await new Database(`joinder-${storeId}`).open();
  for (const table of from.tables) await to.table(table.name).bulkPut(await table.toArray());
  to.close();
}

/** Waits for a state that will come; ends with what was asked for, or with an error that says what was not seen. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what: string | (() => string) = String(look),
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not seen in time: ${typeof what === 'string' ? what : what()}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}
