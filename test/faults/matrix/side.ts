/**
 * One organisation's computer on the stage: the real evidence process as a process of its own, on a folder of its own, with
 * a real link to the relay. What the sync worker does in the application (say again what is wanted after a new start, bring
 * the next link's token) is done here.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sealedIn, sha256, skippedIn } from '../../../electron/evidence/testing/desk.fixture.ts';
import type { Running } from '../../../electron/evidence/testing/process.fixture.ts';
import { forkEvidence } from '../../../electron/evidence/testing/process.fixture.ts';
import type { Content, ImportNews, Wanted } from '../../../shared/ipc/evidence.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import type { TestLink } from '../../../sync-server/relay/testing/link.fixture.ts';
import type { Member } from '../../../sync-server/relay/testing/world.fixture.ts';
import type { DiskState } from './badDisk.preload.ts';
import { pause, until } from './wait.ts';

export interface SideOptions {
  readonly member: Member;
  /** Where its chunks lie. */
  readonly folder: string;
  /** Where links and chunks go. */
  readonly relay: () => string;
  readonly proxy: string;
  /** Whether its disk can be told to fail. */
  readonly badDisk: boolean;
}

const PRELOAD = new URL('badDisk.preload.ts', import.meta.url).href;

/** As in the application, but shorter: a second of a fault stands for an hour of it. */
const PACE = { first: 150, soon: 50, most: 600, gentle: 150, stall: 700, news: 20, confirm: 200 };

export class Side {
  readonly options: SideOptions;
  private running: Running | null = null;
  private linked: TestLink | null = null;
  private isOver = false;
  private wants: { up: readonly Wanted[]; down: readonly Wanted[] } = { up: [], down: [] };
  private asked = 0;
  maxRate = 0;

  constructor(options: SideOptions) {
    this.options = options;
  }
  get life(): Running {
    if (this.running === null) throw new Error('its application is down');
    return this.running;
  }
  get isUp(): boolean {
    return this.running !== null;
  }
  get link(): TestLink {
    if (this.linked === null) throw new Error('it has no link');
    return this.linked;
  }

  async start(): Promise<void> {
    this.running = await forkEvidence(this.options.folder, this.options.badDisk ? ['--import', PRELOAD] : [], PACE);
    if (this.linked) await this.configure();
    await this.life.worker.want(this.wants);
  }
  async kill(): Promise<void> {
    const { life } = this;
    this.running = null;
    await life.kill();
  }
  /** Opens a link, and another whenever it ends. */
  async dial(): Promise<void> {
    for (;;) {
      const opened = await connect(this.options.relay(), this.options.member).catch(() => null);
      if (this.isOver) return opened?.close();
      if (opened !== null) {
        this.linked = opened;
        void opened.closed.then(() => (this.isOver ? undefined : this.dial()));
        return this.configure();
      }
      await pause(50);
    }
  }
  async configure(): Promise<void> {
    const { token } = this.link.welcome;
    const { running, maxRate } = this;
    await running?.worker.configure({ relay: this.options.proxy, token, maxRate, freeFloor: 0 });
  }
  async want(wants: { up: readonly Wanted[]; down: readonly Wanted[] }): Promise<void> {
    this.wants = wants;
    await this.life.worker.want(wants);
  }
  /** Its own disk, or the folder of another. */
  setDisk(state: DiskState, folder = this.options.folder): void {
    this.life.tell('disk', { state, folder });
  }
  /** Begins to add what lies at `source`; `only`: of it these places. News comes as `life.imported`. */
  async beginImport(source: string, only?: readonly string[]): Promise<void> {
    const token = `token ${this.asked++}`;
    await this.life.host.offer(token, source, 'read');
    await this.life.worker.importFiles(token, [token], only);
  }
  /** Adds one file with nothing in its way. */
  async addOne(source: string): Promise<Content> {
    const from = this.life.imported.length;
    await this.beginImport(source);
    const news = (): readonly ImportNews[] => this.life.imported.slice(from);
    await until('one file added', () => news().some(({ is }) => is === 'finished'));
    const [sealed] = sealedIn(news());
    if (!sealed) throw new Error(`it was not added: ${skippedIn(news())[0]?.why ?? 'no word'}`);
    await this.life.worker.named([sealed.content]);
    return sealed.content;
  }
  /** Writes a version out, as Export does; null where it comes out with these bytes, else the cause. */
  async exportedAs(content: Content, bytes: Uint8Array, into: string): Promise<string | null> {
    const token = `out ${this.asked++}`;
    const file = path.join(into, `${token}.bin`);
    await this.life.host.offer(token, file, 'write');
    const written = await this.life.worker.exportFile(content, token);
    if (!written.ok) return written.cause;
    if (written.value !== sha256(bytes) || sha256(readFileSync(file)) !== sha256(bytes))
      throw new Error('WRONG CONTENT was given out as whole');
    return null;
  }
  async end(): Promise<void> {
    this.isOver = true;
    await this.running?.kill();
    await this.linked?.close();
  }
}
