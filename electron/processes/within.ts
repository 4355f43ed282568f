/** What a promise answers, or null where it fails or takes longer than it may: for partners that may have died. */
import type { Millis } from '../../shared/primitives/units.ts';

export async function within<T>(limit: Millis, answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), limit);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null; // it failed: as good as no answer
  } finally {
    clearTimeout(timer);
  }
}
