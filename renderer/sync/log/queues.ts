/**
 * Work on areas, one after the other within an area. A piece of work that throws is a fault of this program: it is told,
 * and what comes behind it is worked off all the same. Never rejects.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';

export class Queues {
  private readonly ends = new Map<AreaId, Promise<void>>();
  private readonly fault: (area: AreaId, error: unknown) => void;
  private open = 0;

  constructor(fault: (area: AreaId, error: unknown) => void) {
    this.fault = fault;
  }

  /** Pieces of work that have not ended. */
  get busy(): number {
    return this.open;
  }

  add(area: AreaId, work: () => Promise<unknown>): Promise<void> {
    this.open++;
    const end = this.workOff(area, this.ends.get(area), work);
    this.ends.set(area, end);
    return end;
  }

  private async workOff(area: AreaId, before: Promise<void> | undefined, work: () => Promise<unknown>): Promise<void> {
    await before;
    try {
      await work();
    } catch (error) {
      this.fault(area, error);
    }
    this.open--;
  }
}
