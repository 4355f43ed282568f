/**
 * The desk: where windows' calls meet the session. It owns when the session opens, who watches which view, and the one
 * moment after a change at which views are computed again and sent to those who watch them.
 */
import type { StoreCause } from '../../shared/status/storeCauses.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { EvidenceCalls, ImportNews, TransferNews } from '../../shared/ipc/evidence.ts';
import type { StickNews } from '../../shared/ipc/stick.ts';
import type { Unsent } from '../../shared/ipc/preload.ts';
import type { Peer, Port } from '../../shared/ipc/rpc.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { Told } from '../../shared/ipc/viewNews.ts';
import { NOTHING_TOLD, newsOf } from '../../shared/ipc/viewNews.ts';
import type { MainCalls } from '../../shared/ipc/vault.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { SECOND } from '../../shared/primitives/units.ts';
import { callsOf } from './calls.ts';
import type { Desktop } from './desktop.ts';
import { openDesktop } from './desktop.ts';
import { noteLook } from './audit/trail.ts';
import type { Outside } from './session.ts';
import { openSession } from './session.ts';
import { storeCause } from './store/opening.ts';
import { unsentOf } from './views/unsent.ts';
import { computeView } from './views/views.ts';
import { isSocketRequest, openSocket } from './docs/sockets.ts';
import { portOf } from './ports.ts';
import { startWork } from './work.ts';

interface Window {
  readonly peer: Peer<Record<string, never>>;
  /** What each was told last. */
  readonly watching: Map<string, Told>;
  /** One view at a time, so that none is told after a newer one. */
  showing: Promise<void>;
}

/** What this worker's platform gives. */
type Platforms = Pick<Outside, 'dial' | 'hasNetwork' | 'linkKind' | 'startSieve' | 'drawReport'>;

/** Views are computed at most this often; a person does not read faster. */
const VIEWS_AFTER: Millis = 60;
/** And they rest so many times as long as they took, so that a large case leaves the worker its time; but never longer than that. */
const REST = 4;
const LONGEST_REST = SECOND;

export class Desk {
  private readonly platform: Platform;
  private readonly outside: Platforms;
  private vault: MainCalls | null = null;
  private evidence: EvidenceCalls | null = null;
  private readonly windows = new Set<Window>();
  private open: Promise<Desktop> | null = null;
  private desktop: Desktop | null = null;
  /** Why the store cannot be used. */
  private failed: StoreCause | null = null;
  private readonly early: Port[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Not before. */
  private next: Millis = 0;

  constructor(platform: Platform, outside: Platforms) {
    this.platform = platform;
    this.outside = outside;
  }

  setVault(vault: MainCalls): void {
    this.vault = vault;
    this.begin();
  }
  /** Also again when the evidence process was started anew: the same wishes are told to the new one. */
  setEvidence(evidence: EvidenceCalls): void {
    this.evidence = evidence;
    this.begin();
    this.desktop?.moving.look();
    this.desktop?.importing.goOn();
  }

  private begin(): void {
    if (!this.vault || !this.evidence || this.open) return;
    this.open = this.start(this.vault);
    void this.serve(this.open);
  }

  /** Opened or not, the windows hear of it: those that wait, and those that come. */
  private async serve(opening: Promise<Desktop>): Promise<void> {
    try {
      this.desktop = await opening;
    } catch (error) {
      return this.fail(storeCause(error));
    }
    this.desktop.importing.goOn();
    for (const port of this.early.splice(0)) this.addWindow(port);
  }
  /** Main starts this worker anew when a person asks for it (`reopenStore`). */
  private fail(cause: StoreCause): void {
    this.failed = cause;
    for (const port of this.early.splice(0)) this.addWindow(port);
    for (const { peer } of this.windows) peer.tell('store', cause);
  }

  private async start(vault: MainCalls): Promise<Desktop> {
    const evidence = new Proxy({} as EvidenceCalls, {
      get: (_, name) => (name === 'then' ? undefined : (this.evidence as never)[name as never]),
    });
    const session = await openSession({
      ...this.outside,
      platform: this.platform,
      vault,
      chosen: vault,
      shell: vault,
      evidence,
      changed: () => this.changed(),
      storeLost: () => this.fail('closed'),
    });
    const desktop = await openDesktop(session);
    startWork(desktop, () => this.changed());
    return desktop;
  }

  addWindow(port: Port): void {
    const desktop = this.desktop;
    if (!desktop) {
      if (this.failed) connectPeer(port, {}).tell('store', this.failed);
      else this.early.push(port);
      return;
    }
    const watching = new Map<string, Told>();
    const calls = {
      ...callsOf(desktop),
      watch: async (name: string) => {
        watching.set(name, NOTHING_TOLD);
        noteLook(desktop, name);
        await this.show(window, desktop, [name]);
      },
      unwatch: (name: string) => {
        watching.delete(name);
        return Promise.resolve();
      },
    };
    const peer = connectPeer<Record<string, never>>(port, calls, (name, data, ports) => {
      const [socket] = ports as MessagePort[];
      if (name === 'socket' && socket && isSocketRequest(data)) openSocket(desktop.session, data, portOf(socket));
    });
    const window: Window = { peer, watching, showing: Promise.resolve() };
    this.windows.add(window);
    if (this.failed) peer.tell('store', this.failed);
  }

  changed(): void {
    const desktop = this.desktop;
    if (!desktop) return;
    this.timer ??= setTimeout(
      () => {
        this.timer = null;
        void this.showAll(desktop);
      },
      Math.max(VIEWS_AFTER, this.next - performance.now()),
    );
  }

  private async showAll(desktop: Desktop): Promise<void> {
    const begun = performance.now();
    await Promise.all([...this.windows].map((window) => this.show(window, desktop).catch(() => {})));
    const ended = performance.now();
    this.next = ended + Math.min(LONGEST_REST, REST * (ended - begun));
  }

  /** Sends of each watched view what is not as this window was sent it last. One that fails does not hold up the others. */
  private show(window: Window, desktop: Desktop, only?: readonly string[]): Promise<void> {
    const run = window.showing.then(() => this.showNow(window, desktop, only));
    window.showing = run.catch(() => {}); // a port that is gone
    return run;
  }
  private async showNow({ watching, peer }: Window, desktop: Desktop, only?: readonly string[]): Promise<void> {
    for (const name of only ?? [...watching.keys()]) {
      const value = await computeView(desktop, name).catch(() => undefined);
      const before = watching.get(name);
      const next = value === undefined || !before ? null : newsOf(name, before, value);
      if (!next) continue;
      watching.set(name, next.told);
      peer.tell('view', next.news);
    }
  }

  heardImport(id: string, news: ImportNews): void {
    this.desktop?.importing.heard(id, news);
  }
  heardTransfers(news: readonly TransferNews[]): void {
    void this.desktop?.moving.heard(news).catch(() => {}); // a full disk: asked again with the next news
  }
  heardStick(news: StickNews): void {
    this.desktop?.sticks.heard(news);
  }
  async flush(): Promise<void> {
    const session = this.desktop?.session;
    await session?.docs.flush();
    await session?.log.writer.settled();
  }
  async unsent(): Promise<Unsent> {
    return this.desktop ? unsentOf(this.desktop) : { files: 0, bytes: 0, edits: 0, sentences: [] };
  }
}
