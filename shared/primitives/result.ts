/**
 * Expected outcomes as values. A function that can fail in a way its caller must handle returns a `Result`; a thrown
 * error is a bug. `Cause` types are closed unions, so that an exhaustive switch finds every sentence that is missing.
 */
export type Result<T, C = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly cause: C };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <C>(cause: C): { readonly ok: false; readonly cause: C } => ({ ok: false, cause });

/** Marks the branch of a switch that cannot be reached; the compiler complains when a union grows. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
