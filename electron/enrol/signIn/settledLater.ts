/** A promise that is settled from outside: what newer engines call `Promise.withResolvers`. */
export interface SettledLater<T> {
  readonly promise: Promise<T>;
  settle(value: T): void;
}

export function settledLater<T>(): SettledLater<T> {
  const waiting: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => waiting.push(resolve));
  return { promise, settle: (value) => waiting[0]?.(value) };
}
