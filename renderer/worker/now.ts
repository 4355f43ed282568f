/** The time that a window shows and writes down: the machine's, but where a test set the application's one clock. */
import type { Millis } from '../../shared/primitives/units.ts';

export const now = (): Millis => {
  const { joinder } = globalThis as { readonly joinder?: { clockShift(): Millis } };
  return Date.now() + (joinder?.clockShift() ?? 0); // a unit test has no bridge
};
