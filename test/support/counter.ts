/** A number that only grows, and promises for when it reaches another. */
export interface Counter {
  readonly count: number;
  add(more: number): void;
  reached(total: number): Promise<void>;
}

export function counter(): Counter {
  let count = 0;
  const waiting = new Set<{ readonly total: number; readonly resolve: () => void }>();
  return {
    get count() {
      return count;
    },
    add: (more) => {
      count += more;
      for (const wait of waiting) {
        if (wait.total > count) continue;
        waiting.delete(wait);
        wait.resolve();
      }
    },
    reached: (total) =>
      total <= count ? Promise.resolve() : new Promise((resolve) => waiting.add({ total, resolve })),
  };
}
