/**
 * What is measured in a window, by functions that run in its page: frames and long tasks while a list is scrolled, the time
 * from a key to the paint that shows what it found, and calls to the worker over the page's own line.
 */
import type { ViewNews } from '../../../shared/ipc/viewNews.ts';
import type { Page } from 'playwright';

interface BenchPage {
  benchCall: (name: string, ...args: unknown[]) => Promise<unknown>;
  benchViews: Map<string, { value: unknown; size: number }>;
}

/** Lets the page ask the worker itself, on the line that it has, and counts the views that come. */
export async function openLine(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const page = globalThis as unknown as BenchPage;
    page.benchViews = new Map();
    const port = await new Promise<MessagePort>((done) => {
      const heard = (event: MessageEvent<unknown>): void => {
        const [line] = event.ports;
        if (!line || (event.data as { joinder?: unknown } | null)?.joinder !== 'ports') return;
        globalThis.removeEventListener('message', heard);
        done(line);
      };
      globalThis.addEventListener('message', heard);
      void (globalThis as unknown as { joinder: { connect(): Promise<void> } }).joinder.connect();
    });
    let next = 1e9; // the page's own calls count from 1
    const waiting = new Map<number, (value: unknown) => void>();
    port.addEventListener('message', (event: MessageEvent<unknown>) => {
      const said = event.data as { r?: number; v?: unknown; t?: string; d?: ViewNews };
      if (said.r !== undefined) waiting.get(said.r)?.(said.v);
      if (said.t !== 'view' || said.d === undefined) return;
      const { name } = said.d;
      const value =
        'value' in said.d ? said.d.value : { ...(page.benchViews.get(name)?.value as object), ...said.d.changed };
      page.benchViews.set(name, { value, size: JSON.stringify(value).length });
    });
    page.benchCall = (name, ...args) =>
      new Promise((done) => {
        const c = next++;
        waiting.set(c, done);
        port.postMessage({ c, f: name, a: args });
      });
  });
}

export const call = (window: Page, name: string, ...args: unknown[]): Promise<unknown> =>
  window.evaluate(([f, a]) => (globalThis as unknown as BenchPage).benchCall(f, ...a), [name, args] as [
    string,
    unknown[],
  ]);

/** Until a view is there from nothing: computed, turned into text, sent, taken. */
export const timeView = (window: Page, name: string): Promise<{ ms: number; size: number }> =>
  window.evaluate(async (view) => {
    const page = globalThis as unknown as BenchPage;
    await page.benchCall('unwatch', view);
    const begun = performance.now();
    await page.benchCall('watch', view);
    return { ms: performance.now() - begun, size: page.benchViews.get(view)?.size ?? 0 };
  }, name);

/** The value of a view as it was last told; it must be watched. */
export const viewNow = <T>(window: Page, name: string): Promise<T> =>
  window.evaluate((view) => (globalThis as unknown as BenchPage).benchViews.get(view)?.value as T, name);

/** From here on the sync worker notes how long it answers nothing; the answer ends it: the longest time, and all over 50 ms. */
export async function watchWorker(
  windows: readonly Page[],
): Promise<() => Promise<{ longest: number; blocked: number }>> {
  const [worker] = windows.flatMap((one) => one.workers());
  if (!worker) throw new Error('there is no sync worker');
  await worker.evaluate(() => {
    const here = globalThis as unknown as { benchGaps: number[]; benchBeat: ReturnType<typeof setInterval> };
    here.benchGaps = [];
    let before = performance.now();
    here.benchBeat = setInterval(() => {
      const now = performance.now();
      here.benchGaps.push(now - before - 5);
      before = now;
    }, 5);
  });
  return () =>
    worker.evaluate(() => {
      const here = globalThis as unknown as { benchGaps: number[]; benchBeat: ReturnType<typeof setInterval> };
      clearInterval(here.benchBeat);
      const long = here.benchGaps.filter((gap) => gap > 50);
      return { longest: Math.max(0, ...here.benchGaps), blocked: long.reduce((sum, gap) => sum + gap, 0) };
    });
}

export interface Smoothness {
  readonly frames: number;
  readonly middle: number;
  readonly worst: number;
  /** Tasks over 50 ms, and the longest of all. */
  readonly long: number;
  readonly longest: number;
}

/** Scrolls the place from its top to its end, some hundred pixels a frame. */
export const scroll = (window: Page, selector: string): Promise<Smoothness | null> =>
  window.evaluate(async (where) => {
    const places = [...document.querySelectorAll(where)].filter((one) => one.scrollHeight > one.clientHeight + 1);
    const place = places.toSorted((a, b) => b.scrollHeight - a.scrollHeight)[0];
    if (!place) return null;
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ type: 'longtask' });
    const frames: number[] = [];
    const next = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    place.scrollTop = 0;
    await next();
    let before = await next();
    for (let at = -1; place.scrollTop !== at;) {
      at = place.scrollTop;
      place.scrollTop += 240;
      const now = await next();
      frames.push(now - before);
      before = now;
    }
    await new Promise((done) => setTimeout(done, 200));
    observer.disconnect();
    frames.sort((a, b) => a - b);
    return {
      frames: frames.length,
      middle: frames[Math.floor(frames.length / 2)] ?? 0,
      worst: frames.at(-1) ?? 0,
      long: tasks.length,
      longest: Math.max(0, ...tasks),
    };
  }, selector);

/** From each key to the last paint that it leads to; the longest task meanwhile. */
export async function typeAndWatch(window: Page, text: string): Promise<{ keys: readonly number[]; longest: number }> {
  await window.evaluate(() => {
    const page = globalThis as unknown as { benchKeys: number[]; benchTasks: number[]; benchStop: () => void };
    page.benchKeys = [];
    page.benchTasks = [];
    let pressed = 0;
    const onKey = (event: KeyboardEvent): void => {
      pressed = event.timeStamp;
      page.benchKeys.push(0);
    };
    const mutated = new MutationObserver(() => {
      const [key, place] = [pressed, page.benchKeys.length - 1];
      // A task after the next frame: that frame was painted by then.
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (place >= 0) page.benchKeys[place] = performance.now() - key;
        }, 0),
      );
    });
    const tasks = new PerformanceObserver((list) =>
      page.benchTasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    document.addEventListener('keydown', onKey, true);
    mutated.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    tasks.observe({ type: 'longtask' });
    page.benchStop = () => {
      document.removeEventListener('keydown', onKey, true);
      mutated.disconnect();
      tasks.disconnect();
    };
  });
  for (const key of text) {
    await window.keyboard.press(key === ' ' ? 'Space' : key);
    // As somebody types who looks at what is found; the time is the bench's, and asserted by nobody.
    await window.waitForTimeout(300);
  }
  return window.evaluate(() => {
    const page = globalThis as unknown as { benchKeys: number[]; benchTasks: number[]; benchStop: () => void };
    page.benchStop();
    return { keys: page.benchKeys, longest: Math.max(0, ...page.benchTasks) };
  });
}
