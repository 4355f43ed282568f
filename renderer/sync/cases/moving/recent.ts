/**
 * What moved in the last seconds, counted over all files: small ones come many in a request, each over before it had a rate of
 * its own. Only what a move told while it was under way counts; what the relay is found to hold already does not.
 */
import type { TransferNews } from '../../../../shared/ipc/evidence.ts';
import type { ByteCount, Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';

const WINDOW: Millis = 10 * SECOND;

export class Recent {
  private steps: { readonly at: Millis; readonly name: string; readonly bytes: ByteCount }[] = [];
  private readonly sums = new Map<string, ByteCount>();
  /** When something began to move after nothing had. */
  private since: Millis = 0;

  /** News of a move, and what was told of it before. */
  note(name: string, before: TransferNews | undefined, { done }: TransferNews, now: Millis): void {
    if (before?.state !== 'moving') return;
    this.prune(now);
    if (this.steps.length === 0) this.since = now;
    const bytes = done - before.done;
    if (bytes <= 0) return;
    this.steps.push({ at: now, name, bytes });
    this.sums.set(name, (this.sums.get(name) ?? 0) + bytes);
  }

  /** Bytes a second of these moves together; of all where none are named. */
  rate(now: Millis, names?: Iterable<string>): number {
    this.prune(now);
    let bytes = 0;
    if (names === undefined) for (const sum of this.sums.values()) bytes += sum;
    else for (const name of names) bytes += this.sums.get(name) ?? 0;
    return Math.round((bytes * SECOND) / Math.min(WINDOW, Math.max(SECOND, now - this.since)));
  }

  private prune(now: Millis): void {
    const first = this.steps.findIndex(({ at }) => now - at < WINDOW);
    for (const { name, bytes } of this.steps.splice(0, first < 0 ? this.steps.length : first)) {
      const left = (this.sums.get(name) ?? 0) - bytes;
      if (left > 0) this.sums.set(name, left);
      else this.sums.delete(name);
    }
  }
}
