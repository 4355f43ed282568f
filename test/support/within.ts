/** A limit for what has none of its own: what did not answer is named, where a test would only say that its time was up. */

/** Less than any test has. */
export const PATIENCE = 45_000;

/** Rejects with `what` after so many milliseconds. `why` may add what is known by then. */
export async function within<T>(
  what: string,
  asked: Promise<T>,
  most = PATIENCE,
  why: () => string = () => '',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what} did not come about in ${most / 1000} s${why()}`)), most);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
