/**
 * Sticks as windows see them: one export or import at a time, how far it is, and the acts that go with it. A package that was put
 * on a stick stays off the link until somebody says otherwise: both are facts of Working papers, so that colleagues' computers
 * do likewise.
 */
import { toHex } from '../../../../shared/primitives/bytes.ts';
import type { PackageId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import type { StickNews, StickReport, StickView } from '../../../../shared/ipc/stick.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { StickOutCause } from '../../../../shared/status/stickCauses.ts';
import type { Session } from '../../session.ts';
import { areaOf, packageOf } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import type { Moving } from '../moving/moving.ts';
import { act, eventPiece } from '../pieces.ts';
import { readSticks } from './reading.ts';
import { prepareStick, stickName } from './writing.ts';

export class Sticks {
  private readonly session: Session;
  private readonly moving: Moving;
  private now: StickView['now'] = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(session: Session, moving: Moving) {
    this.session = session;
    this.moving = moving;
  }

  get underWay(): StickView['now'] {
    return this.now;
  }

  heard(news: StickNews): void {
    if (this.now?.id !== news.id) return;
    this.now = { ...this.now, ...news };
    this.session.changed();
  }

  /** Writes packages that were sent, and what there is to say of packages that were received, into the folder of the token. */
  export(
    ids: readonly PackageId[],
    token: string,
  ): Promise<Result<{ parts: number; bytes: ByteCount }, StickOutCause>> {
    return this.one('export', async (id) => {
      const prepared = await prepareStick(this.session, this.moving, ids);
      if (!prepared.ok) return prepared;
      const { sealed, chunks, sent } = prepared.value;
      const written = await this.session.evidence.writeStick(id, token, stickName(this.session), sealed, chunks);
      if (!written.ok) return written;
      const said = await this.say('on stick', sent);
      return said.ok ? ok(written.value) : fail(said.cause === 'disk full' ? 'disk error' : 'locked');
    });
  }

  /** Takes in what these tokens stand for. */
  import(tokens: readonly string[]): Promise<StickReport> {
    return this.one('import', (id) => readSticks(this.session, this.moving, id, tokens));
  }

  /** From now on the package's files go over the link as well. */
  async sendByLink(id: PackageId): Promise<Result<null, ActCause>> {
    const pkg = packageOf(this.session, id);
    if (pkg?.side !== 'sender' || !pkg.stick?.alone) return fail('not found');
    const said = await this.say('by link too', [pkg]);
    if (said.ok) this.moving.look();
    return said;
  }

  async cancel(): Promise<void> {
    if (this.now) await this.session.evidence.cancelStick(this.now.id);
  }

  private async say(is: 'on stick' | 'by link too', sent: readonly PackageState[]): Promise<Result<null, ActCause>> {
    const at = this.session.platform.now();
    const pieces = [];
    for (const { content, package: id } of sent) {
      const working = areaOf(this.session, content.case, 'working papers');
      const by = meAs(this.session, content.from.seat);
      if (!working || !by) return fail('not allowed');
      pieces.push(await eventPiece(this.session, working.area, { is, package: id, by, at }));
    }
    return pieces.length > 0 ? act(this.session, pieces) : ok(null);
  }

  /** One after the other: two at once would only slow each other down on one stick. */
  private one<T>(is: 'export' | 'import', work: (id: string) => Promise<T>): Promise<T> {
    const run = this.turn.then(async () => {
      const id = toHex(this.session.platform.random(8));
      this.now = { is, id, done: 0, total: 0 };
      this.session.changed();
      try {
        return await work(id);
      } finally {
        this.now = null;
        this.session.changed();
      }
    });
    this.turn = run.catch(() => {}); // its own caller hears of it
    return run;
  }
}
