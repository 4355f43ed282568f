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
    const end = (this.ends.get(area) ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => this.fault(area, error))
      .then(() => {
        this.open--;
        if (this.ends.get(area) === end) this.ends.delete(area);
      });
    this.ends.set(area, end);
    return end;
  }
}
