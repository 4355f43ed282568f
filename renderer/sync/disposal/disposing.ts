/**
 * Sees every disposal through on this computer: records what was agreed here, destroys what it holds, says so with its
 * signature, and has the relay do its part. Found again from the records on every cue, never queued: a crash, a lock or
 * weeks away change nothing. Promises that nothing is destroyed before the record has its place in the relay's order.
 */
import type { DisposalState } from '../../../shared/model/disposal.ts';
import type { AreaId, Hash, WorkId } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { hashOrder, verifyDisposed } from '../../../shared/seal/area/disposal.ts';
import { meAs } from '../cases/me.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';
import { knownDisposals } from './known.ts';
import { planFor } from './plan.ts';
import { recordDue } from './recording.ts';
import type { Count, Hands } from './wiping.ts';
import { countOf, wipe } from './wiping.ts';

/** What is kept of a disposal on this computer, sealed: ids and numbers. */
interface Kept {
  readonly areas: readonly AreaId[];
  /** Entries of our intakes whose content the relay is to destroy. */
  readonly letters: readonly (readonly [AreaId, readonly Hash[]])[];
  readonly what: Count;
  readonly wiped: boolean;
  /** The relay's generation that has done its part; a copy put back begins another. */
  readonly relay: number | null;
}
const PREFIX = 'disposal ';

export class Disposing {
  private readonly hands: Hands;
  private running: Promise<void> | null = null;

  constructor(hands: Hands) {
    this.hands = hands;
  }

  /** At the start, before anything is shown: goes on with what was begun. */
  async load(): Promise<void> {
    await this.destroyKnown().catch(() => {}); // the evidence process ended: looked at again on the next cue
  }

  /** Looks at what is due. One pass at a time. */
  look(): Promise<void> {
    this.running ??= this.lookNow().finally(() => (this.running = null));
    return this.running;
  }

  private async lookNow(): Promise<void> {
    await recordDue(this.hands.session);
    await this.destroyKnown();
  }

  private async destroyKnown(): Promise<void> {
    const { session } = this.hands;
    for (const disposal of await knownDisposals(session)) {
      if (isHeld(session, disposal)) continue;
      const kept = await this.destroy(disposal);
      if (kept.wiped && session.link.open && kept.relay !== session.log.generation)
        await this.haveRelayDestroy(disposal, kept);
    }
  }

  private async keep(id: WorkId, kept: Kept): Promise<Kept> {
    await this.hands.session.records.put(PREFIX + id, kept);
    return kept;
  }

  private async destroy(disposal: DisposalState): Promise<Kept> {
    const { session } = this.hands;
    const { id, order, recorded } = disposal;
    let kept = ((await session.records.get(PREFIX + id)) as Kept | undefined) ?? null; // sealed by this profile
    if (!kept?.wiped) {
      const plan = planFor(session, recorded.fact.case, order.areas);
      kept ??= await this.keep(id, {
        areas: plan.areas,
        letters: [...plan.letters],
        what: await countOf(session, plan),
        wiped: false,
        relay: null,
      });
      if (!(await wipe(this.hands, { ...plan, areas: kept.areas }))) return kept;
      kept = await this.keep(id, { ...kept, wiped: true });
    }
    if (!disposal.destroyed.has(session.identity.device)) await sayDestroyed(session, disposal, kept.what);
    return kept;
  }

  /** Lodges the order, has letters of our intakes emptied, and keeps the relay's signed words in the record. */
  private async haveRelayDestroy(disposal: DisposalState, kept: Kept): Promise<void> {
    const { session } = this.hands;
    const { link, platform, identity, log } = session;
    const { order } = disposal.recorded.fact;
    const also = kept.areas.filter((area) => !disposal.order.areas.includes(area));
    const answer = await link.ask<'disposed'>({ t: 'dispose', order, also });
    if (answer?.t !== 'disposed') return;
    const key = await importVerifyKey(platform, identity.relayKey);
    const sound = await Promise.all(answer.areas.map((one) => verifyDisposed(platform, key, one)));
    const areas = answer.areas.filter((one, i) => sound[i] && disposal.order.areas.includes(one.area));
    if (areas.length < disposal.order.areas.length) return;
    const hash = await hashOrder(platform, order.body);
    for (const [area, entries] of kept.letters)
      for (let i = 0; i < entries.length; i += 256)
        if ((await link.ask<'done'>({ t: 'erase', area, entries: entries.slice(i, i + 256), order: hash })) === null)
          return;
    if (areas.some(({ area, gone }) => disposal.relay.get(area)?.gone !== gone)) {
      const said = areas.map(({ area, generation, n, h, time, gone, signature }) => ({
        area,
        generation,
        n,
        h,
        time,
        gone,
        signature,
      }));
      const by = meAs(session);
      const at = platform.now();
      if (by)
        await act(session, [
          await eventPiece(session, disposal.record, {
            is: 'relay disposed',
            disposal: disposal.id,
            areas: said,
            by,
            at,
          }),
        ]);
    }
    await this.keep(disposal.id, { ...kept, relay: log.generation });
  }
}

/** While this computer still holds the case and knows of a hold, it destroys nothing: nobody should have agreed. */
const isHeld = (session: Session, { recorded }: DisposalState): boolean =>
  workOf(session, recorded.fact.case).holds.some(({ lifted }) => lifted === null) &&
  session.facts.of('case').some(({ fact }) => fact.case === recorded.fact.case);

async function sayDestroyed(session: Session, { id, record }: DisposalState, what: Count): Promise<void> {
  const { directories, identity, platform } = session;
  const by = meAs(session);
  const device = directories.current(identity.org)?.devices.get(identity.device);
  if (!by) return;
  const fact = { is: 'destroyed', disposal: id, deviceName: device?.name ?? '', what, by, at: platform.now() } as const;
  await act(session, [await eventPiece(session, record, fact)]);
}
