/**
 * The written rules of access, said once more in the plainest way: sets and days, no key, no signature, no chain. A history goes in step
 * by step; out come who may read now, who may write, and who has ever been allowed what. It shares nothing with the code
 * that it judges but the words.
 */
import type { AreaKind, Role } from '../../../shared/seal/area/chain.ts';
import type { LeadAct, Step } from './history.ts';
import {
  DUTY_POST,
  FIRST_HOUR,
  GUEST,
  GUESTS_POST,
  GUEST_UNTIL,
  OF_PARTNER,
  PARTNERS_POST,
  PEOPLE,
  SPONSOR,
} from './history.ts';

const LEADS = 0;
/** The longest emergency, in hours; and how many days a guest stays whom nobody answers for. */
const LONGEST = 24;
const GRACE = 7;
const isOurs = (person: number): boolean => person !== OF_PARTNER;
const isOurPost = (seat: number): boolean => seat !== PARTNERS_POST;

export class Oracle {
  private readonly kind: AreaKind;
  private readonly held = new Set<string>([
    `0 ${LEADS}`,
    `1 ${LEADS}`,
    `${OF_PARTNER} ${PARTNERS_POST}`,
    `${GUEST} ${GUESTS_POST}`,
  ]);
  private readonly out = new Set<number>();
  private readonly cut = new Set<number>();
  private readonly barred = new Set<number>();
  /** Posts that are let in, and who let them in with the role that they have. */
  private readonly open = new Map<number, { role: Role; by: number }>([[LEADS, { role: 'lead', by: 0 }]]);
  private readonly lastDays = new Map<number, { day: number; by: number }>();
  /** Until which hour somebody's emergency lasts. */
  private readonly emergencies = new Map<number, number>();
  private guestUntil = GUEST_UNTIL;
  private isPinned = true;
  private hour = FIRST_HOUR;

  constructor(kind: AreaKind) {
    this.kind = kind;
  }

  private get day(): number {
    return Math.floor(this.hour / 24);
  }
  isIn = (person: number): boolean => !this.out.has(person);
  isOnLine = (person: number): boolean => !this.cut.has(person);

  /** The highest role of a person's posts that are let in. */
  roleOf(person: number): Role | null {
    if (this.out.has(person)) return null;
    const roles = [...this.open].flatMap(([seat, { role }]) => (this.held.has(`${person} ${seat}`) ? [role] : []));
    return (['lead', 'contributor', 'reader'] as const).find((role) => roles.includes(role)) ?? null;
  }
  mayRead = (person: number): boolean => this.roleOf(person) !== null || this.isInEmergency(person);
  /** Whether they may be given a key: in an emergency not who is barred. */
  mayOpen = (person: number): boolean =>
    this.roleOf(person) !== null || (this.isInEmergency(person) && !this.barred.has(person));
  /** An emergency is over at its limit, and for who does not hold the post that may. */
  isInEmergency = (person: number): boolean =>
    !this.out.has(person) && this.held.has(`${person} ${DUTY_POST}`) && (this.emergencies.get(person) ?? 0) > this.hour;
  /** Our people, and the partner's while our authority pins it; of guests nothing but what they did. */
  mayHandIn(person: number, kind: 'event' | 'audit'): boolean {
    if (this.out.has(person)) return false;
    if (person === GUEST) return kind === 'audit';
    return person === OF_PARTNER ? this.isPinned : true;
  }
  mayWrite = (person: number): boolean => ['lead', 'contributor'].includes(this.roleOf(person) ?? '');

  take(step: Step): void {
    this.happen(step);
    // The last day of a guest comes nearer when nobody answers for them any more, and ends them.
    if (this.out.has(GUEST)) return;
    if (this.guestUntil < this.day) this.endGuest();
    else if (!this.held.has(`${SPONSOR} ${LEADS}`)) this.guestUntil = Math.min(this.guestUntil, this.day + GRACE);
  }
  private endGuest(): void {
    this.out.add(GUEST);
    this.held.delete(`${GUEST} ${GUESTS_POST}`);
  }

  private happen(step: Step): void {
    switch (step.is) {
      case 'join':
        if (this.isIn(step.person)) this.held.add(`${step.person} ${step.seat}`);
        return;
      case 'leave':
        this.held.delete(`${step.person} ${step.seat}`);
        return;
      case 'move':
        if (!this.held.delete(`${step.person} ${step.from}`)) return;
        this.held.add(`${step.person} ${step.to}`);
        return;
      case 'out':
        this.out.add(step.person);
        return;
      case 'lead':
        if (this.isOnLine(step.by)) this.lead(step.by, step.act);
        return;
      case 'race': {
        // Of two upon one head the first counts; if it does not count itself, the second does.
        const [first, second] = step.first === 0 ? [0, 1] : [1, 0];
        const [one, other] = step.acts;
        if (!this.isOnLine(0) || !this.isOnLine(1)) return;
        const counts = this.lead(first, one);
        if (!counts) this.lead(second, other);
        else this.sayLastDay(second, other);
        return;
      }
      case 'bar':
        this.barred.add(step.person);
        return;
      case 'lift':
        this.barred.delete(step.person);
        return;
      case 'days':
        this.hour += 24 * step.days;
        return;
      case 'hours':
        this.hour += step.hours;
        return;
      case 'guest until':
        if (this.isIn(GUEST)) this.guestUntil = this.day + step.days;
        return;
      case 'guest end':
        this.endGuest();
        return;
      case 'emergency':
        if (this.isOnLine(step.person)) this.emergency(step.person, step.hours);
        return;
      case 'emergency over':
        if (!this.isOnLine(step.by)) return;
        if (
          (isOurs(step.by) && this.mayWrite(step.by) && step.by !== GUEST) ||
          (step.by === step.of && this.isIn(step.by))
        )
          this.emergencies.delete(step.of);
        return;
      case 'pin':
      case 'unpin':
        this.isPinned = step.is === 'pin';
        return;
      case 'cut':
        this.cut.add(step.person);
        return;
      case 'mend':
        this.cut.delete(step.person);
        return;
      case 'write':
      case 'hand in':
    }
  }

  /** What a lead does counts if they lead; whether it did. */
  private lead(by: number, act: LeadAct): boolean {
    const leads = this.roleOf(by) === 'lead';
    this.sayLastDay(by, act);
    if (!leads || !this.mayAct(by, act)) return false;
    if (act.do === 'remove') this.open.delete(act.seat);
    else if (this.open.get(act.seat)?.role !== act.role) this.open.set(act.seat, { role: act.role, by });
    return true;
  }
  /**
   * Who leads lets in posts of their own organisation; the owner's leads also the first of another, and they take out anybody. A guest
   * is let in where it is made for guests, and never to lead; there nobody of another organisation is.
   */
  private mayAct(by: number, act: LeadAct): boolean {
    if (by === GUEST) return false;
    const isOwn = isOurs(by) === isOurPost(act.seat);
    if (act.do === 'remove') return isOurs(by) || (isOwn && this.open.has(act.seat));
    if (this.kind === 'guest' && !isOurPost(act.seat)) return false;
    if (act.seat === GUESTS_POST && (this.kind !== 'guest' || act.role === 'lead')) return false;
    return isOwn || (isOurs(by) && !this.open.has(PARTNERS_POST));
  }
  /** In a case, not in what is kept apart in it; by who holds the post that may; for a day at most. */
  private emergency(person: number, hours: number): void {
    const isCase = this.kind === 'working papers' || this.kind === 'case file';
    if (this.isIn(person) && this.held.has(`${person} ${DUTY_POST}`) && isCase && hours <= LONGEST)
      this.emergencies.set(person, this.hour + hours);
  }
  /** Who leads says with a grant until which day it is; it counts for what they gave themselves. */
  private sayLastDay(by: number, act: LeadAct): void {
    if (act.do !== 'give' || !this.mayWrite(by) || !isOurs(by) || by === GUEST) return;
    if (act.until === null) this.lastDays.delete(act.seat);
    else this.lastDays.set(act.seat, { day: act.until, by });
  }

  /** Ends what a bar or a last day denies, once a lead's computer is on line to do it. A denied post is out until it is let in again. */
  settle(): void {
    this.settleEmergencies();
    const leads = PEOPLE.filter((person) => isOurs(person) && this.isOnLine(person) && this.roleOf(person) === 'lead');
    const denied = [...this.open.keys()].filter((seat) => seat !== LEADS && this.isDenied(seat));
    // Who leads by a denied post alone does not end it.
    const stays = leads.some((person) =>
      [...this.open].some(
        ([seat, { role }]) => role === 'lead' && !denied.includes(seat) && this.held.has(`${person} ${seat}`),
      ),
    );
    if (stays) for (const seat of denied) this.open.delete(seat);
  }
  /** One that is over, or of who is barred, is ended by whoever of us writes there. */
  private settleEmergencies(): void {
    if (!PEOPLE.some((one) => isOurs(one) && one !== GUEST && this.isOnLine(one) && this.mayWrite(one))) return;
    for (const person of this.emergencies.keys())
      if (!this.isInEmergency(person) || this.barred.has(person)) this.emergencies.delete(person);
  }
  /** Whether a post is denied just now, before anybody has ended it. */
  isDenied(seat: number): boolean {
    if (seat === GUESTS_POST && !this.isIn(GUEST)) return true;
    const last = this.lastDays.get(seat);
    const isOver = last !== undefined && last.day < this.day && this.open.get(seat)?.by === last.by;
    return isOver || [...this.barred].some((person) => this.held.has(`${person} ${seat}`));
  }
  isOpen = (seat: number): boolean => this.open.has(seat);
}
