/**
 * Since when and until when: who held which post, by an organisation's directory, and which post was let into an area, by
 * its access chain. Pure folds of what was signed, in its own order; the past stays, so that it can be asked about.
 */
import type { AreaId, DeviceId, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { ChainOp, Role } from '../../seal/area/chain.ts';
import type { Statement } from '../../seal/directory/statements.ts';

/** Somebody held a post; `until` null: and does. */
export interface Holding {
  readonly org: OrgId;
  readonly person: PersonId;
  readonly seat: SeatId;
  readonly from: Millis;
  readonly until: Millis | null;
}

/** A post was let into an area; `from` null: this computer wrote it, and the relay has not ordered it yet. */
export interface Granting {
  readonly area: AreaId;
  readonly org: OrgId;
  readonly seat: SeatId;
  readonly role: Role;
  readonly from: Millis | null;
  readonly until: Millis | null;
  /** Whose device wrote it, and whose ended it. */
  readonly by: DeviceId;
  readonly endedBy: DeviceId | null;
}

export interface Stated {
  readonly time: Millis;
  readonly statement: Statement;
}

/** One admitted operation of an access chain. */
export interface ChainStep {
  readonly at: Millis | null;
  readonly device: DeviceId;
  readonly op: ChainOp;
}

/** Who held which post, oldest first. */
export function holdingsOf(org: OrgId, stated: readonly Stated[]): readonly Holding[] {
  const open = new Map<string, Holding>();
  const over: Holding[] = [];
  for (const { time, statement } of stated) {
    if (statement.is !== 'holds' && statement.is !== 'leaves') continue;
    const { person, seat } = statement;
    const key = `${person} ${seat}`;
    const held = open.get(key);
    if (statement.is === 'holds') {
      if (!held) open.set(key, { org, person, seat, from: time, until: null });
    } else if (held) {
      open.delete(key);
      over.push({ ...held, until: time });
    }
  }
  return [...over, ...open.values()].toSorted((a, b) => a.from - b.from);
}

/** Which posts an area has let in, oldest first. A grant of another role ends the one before it. */
export function grantingsOf(area: AreaId, steps: readonly ChainStep[]): readonly Granting[] {
  const open = new Map<SeatId, Granting>();
  const over: Granting[] = [];
  const end = (seat: SeatId, { at, device }: ChainStep): void => {
    const granted = open.get(seat);
    if (!granted) return;
    open.delete(seat);
    over.push({ ...granted, until: at ?? granted.from ?? 0, endedBy: device });
  };
  for (const step of steps) {
    const { op, at, device } = step;
    if (op.op === 'remove') for (const seat of op.seats) end(seat, step);
    if (op.op !== 'create' && op.op !== 'grant') continue;
    for (const { seat, org, role } of op.seats) {
      if (open.get(seat)?.role === role) continue;
      end(seat, step);
      open.set(seat, { area, org, seat, role, from: at, until: null, by: device, endedBy: null });
    }
  }
  return [...over, ...open.values()];
}
