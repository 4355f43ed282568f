/**
 * What pdfjs takes for granted and Chromium 114, the oldest that Joinder runs in, does not have. Adds only what is missing.
 */
interface Resolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason: unknown) => void;
}

const nothing = (): void => undefined;

function withResolvers<T>(): Resolvers<T> {
  let resolve: Resolvers<T>['resolve'] = nothing;
  let reject: Resolvers<T>['reject'] = nothing;
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

function anySignal(signals: Iterable<AbortSignal>): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    else
      signal.addEventListener('abort', () => controller.abort(signal.reason), {
        once: true,
        signal: controller.signal,
      });
  }
  return controller.signal;
}

function addMissing(to: object, name: string, value: unknown): void {
  if (!(name in to)) Object.defineProperty(to, name, { value, configurable: true, writable: true });
}

addMissing(Promise, 'withResolvers', withResolvers);
addMissing(AbortSignal, 'any', anySignal);
