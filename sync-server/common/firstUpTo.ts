/** Statements for one message: rule data makes some of them large. */
import { MiB } from '../../shared/primitives/units.ts';
import type { SignedStatement } from '../../shared/seal/directory/directory.ts';

/** Bytes of statements in one answer, publication or read from a store. */
export const STATEMENTS = 2 * MiB;

/** As many from the front as fit in `STATEMENTS`; at least one. Reads no further than it must. */
export function firstUpTo(statements: Iterable<SignedStatement>): SignedStatement[] {
  const first: SignedStatement[] = [];
  let size = 0;
  for (const one of statements) {
    size += one.body.length + 128;
    if (size > STATEMENTS && first.length > 0) break;
    first.push(one);
  }
  return first;
}
