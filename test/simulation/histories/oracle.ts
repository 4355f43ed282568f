/**
 * The written rules of access, said once more in the plainest way: sets and days, no key, no signature, no chain. A history goes in step
 * by step; out come who may read now, who may write, and who has ever been allowed what. It shares nothing with the code
 * that it judges but the words.
 */
import type { Role } from '../../../shared/seal/area/chain.ts';
import type { LeadAct, Step } from './history.ts';
import { PEOPLE } from './history.ts';

const LEADS = 0;

export class Oracle {
  private readonly held = new Set<string>([`0 ${LEADS}`, `1 ${LEADS}`]);
  private readonly out = new Set<number>();
  private readonly cut = new Set<number>();
  private readonly barred = new Set<number>();
  /** Posts that are let in, and who let them in with the role that they have. */
  private readonly open = new Map<number, { role: Role; by: number }>([[LEADS, { role: 'lead', by: 0 }]]);
  private readonly lastDays = new Map<number, { day: number; by: number }>();
  private day = 0;

  isIn = (person: number): boolean => !this.out.has(person);
  isOnLine = (person: number): boolean => !this.cut.has(person);

  /** The highest role of a person's posts that are let in. */
  roleOf(person: number): Role | null {
    if (this.out.has(person)) return null;
    const roles = [...this.open].flatMap(([seat, { role }]) => (this.held.has(`${person} ${seat}`) ? [role] : []));
    return (['lead', 'contributor', 'reader'] as const).find((role) => roles.includes(role)) ?? null;
  }
  mayRead = (person: number): boolean => this.roleOf(person) !== null;
  mayWrite = (person: number): boolean => ['lead', 'contributor'].includes(this.roleOf(person) ?? '');

  take(step: Step): void {
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
        this.day += step.days;
        return;
      case 'cut':
        this.cut.add(step.person);
        return;
      case 'mend':
        this.cut.delete(step.person);
        return;
      case 'write':
    }
  }

  /** What a lead does counts if they lead; whether it did. */
  private lead(by: number, act: LeadAct): boolean {
    const leads = this.roleOf(by) === 'lead';
    this.sayLastDay(by, act);
    if (!leads) return false;
    if (act.do === 'remove') this.open.delete(act.seat);
    else if (this.open.get(act.seat)?.role !== act.role) this.open.set(act.seat, { role: act.role, by });
    return true;
  }
  /** Who leads says with a grant until which day it is; it counts for what they gave themselves. */
  private sayLastDay(by: number, act: LeadAct): void {
    if (act.do !== 'give' || !this.mayWrite(by)) return;
    if (act.until === null) this.lastDays.delete(act.seat);
    else this.lastDays.set(act.seat, { day: act.until, by });
  }

  /** Ends what a bar or a last day denies, once a lead's computer is on line to do it. A denied post is out until it is let in again. */
  settle(): void {
    const leads = PEOPLE.filter((person) => this.isOnLine(person) && this.roleOf(person) === 'lead');
    const denied = [...this.open.keys()].filter((seat) => seat !== LEADS && this.isDenied(seat));
    // Who leads by a denied post alone does not end it.
    const stays = leads.some((person) =>
      [...this.open].some(
        ([seat, { role }]) => role === 'lead' && !denied.includes(seat) && this.held.has(`${person} ${seat}`),
      ),
    );
    if (stays) for (const seat of denied) this.open.delete(seat);
  }
  /** Whether a post is denied just now, before anybody has ended it. */
  isDenied(seat: number): boolean {
    const last = this.lastDays.get(seat);
    const isOver = last !== undefined && last.day < this.day && this.open.get(seat)?.by === last.by;
    return isOver || [...this.barred].some((person) => this.held.has(`${person} ${seat}`));
  }
  isOpen = (seat: number): boolean => this.open.has(seat);
}
