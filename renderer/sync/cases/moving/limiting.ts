/**
 * What a person chose that transfers may take on this computer, kept in its database, and what follows from it on the link of
 * now. That a link is metered few systems say, so a person may; that files go on over such a link holds until it changes.
 */
import type { TransferSetting } from '../../../../shared/ipc/evidence.ts';
import { isHeld, limits as limitsSchema, NO_LIMITS } from '../../../../shared/ipc/limits.ts';
import type { Limits, LimitsView, LinkKind } from '../../../../shared/ipc/limits.ts';
import type { Session } from '../../session.ts';

const LIMITS_KEY = 'transfer limits';

/** What is known of the link: what a person says of it, otherwise what the system does. */
export const linkKindOf = (session: Session): LinkKind => (session.isMetered ? 'metered' : session.linkKind());

export class Limiting {
  private limits: Limits = NO_LIMITS;
  /** The link that a person lets transfers go on over; forgotten when the link becomes another. */
  private once: LinkKind | null = null;
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async load(): Promise<void> {
    this.limits = limitsSchema.safeParse(await this.session.records.get(LIMITS_KEY)).data ?? NO_LIMITS;
    this.session.isMetered = this.limits.metered;
  }
  async set(next: Limits): Promise<void> {
    [this.limits, this.once] = [next, null];
    this.session.isMetered = next.metered;
    await this.session.records.put(LIMITS_KEY, next);
  }
  goOnOnce(on: boolean): void {
    this.once = on ? linkKindOf(this.session) : null;
  }
  /** The link may be another by now. */
  look(): void {
    if (this.once !== linkKindOf(this.session)) this.once = null;
  }
  /** As the evidence process is told. */
  setting(): Omit<TransferSetting, 'relay' | 'token'> {
    const { limits, held } = this.now();
    const { rate: maxRate, hours, freeFloor, atOnce } = limits;
    return { maxRate, hours, freeFloor, atOnce, held };
  }
  now(): LimitsView {
    const link = linkKindOf(this.session);
    const wouldWait = isHeld(this.limits.hold, link);
    const once = wouldWait && this.once === link;
    return { limits: this.limits, link, held: wouldWait && !once, once };
  }
}
