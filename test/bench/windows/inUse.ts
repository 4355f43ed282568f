/**
 * A window in use, and what its page notes meanwhile: the time from each key to the paint that shows it, the time between
 * frames, and tasks over 50 ms. All of it is taken inside the page, so that a slow bench does not make a window slow.
 */
import type { Page } from 'playwright';

export interface Noted {
  /** Milliseconds from each key to the paint that shows it. */
  readonly keys: readonly number[];
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
  /** Milliseconds of each task over 50. */
  readonly tasks: readonly number[];
}

interface NotingPage {
  benchNoted: { keys: number[]; frames: number[]; tasks: number[] };
  benchEnd: () => void;
}

const KEYS = 30;
/** Some hundred and fifty words a minute. */
const KEY_EVERY = 80;
const TURNS = 12;
const TURN_EVERY = 50;

/** `box`: where is typed, by its name. */
async function beginNoting(window: Page, box: string): Promise<void> {
  await window.evaluate((name) => {
    const page = globalThis as unknown as NotingPage;
    const noted: NotingPage['benchNoted'] = { keys: [], frames: [], tasks: [] };
    page.benchNoted = noted;
    const typed = document.querySelector(`[aria-label="${name}"]`);
    if (typed === null) throw new Error('there is nothing to type into');
    let pressed: number[] = [];
    const onKey = (event: KeyboardEvent): void => void pressed.push(event.timeStamp);
    const shown = new MutationObserver(() => {
      const these = pressed;
      pressed = [];
      // A task after the next frame: that frame was painted by then.
      if (these.length > 0)
        requestAnimationFrame(() =>
          setTimeout(() => noted.keys.push(...these.map((key) => performance.now() - key)), 0),
        );
    });
    const tasks = new PerformanceObserver((list) =>
      noted.tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    let before = 0;
    let frame = requestAnimationFrame(function next(now) {
      if (before > 0) noted.frames.push(now - before);
      before = now;
      frame = requestAnimationFrame(next);
    });
    document.addEventListener('keydown', onKey, true);
    shown.observe(typed, { subtree: true, childList: true, characterData: true });
    tasks.observe({ type: 'longtask' });
    page.benchEnd = () => {
      document.removeEventListener('keydown', onKey, true);
      cancelAnimationFrame(frame);
      shown.disconnect();
      tasks.disconnect();
    };
  }, box);
}

const endNoting = (window: Page): Promise<Noted> =>
  window.evaluate(() => {
    const page = globalThis as unknown as NotingPage;
    page.benchEnd();
    return page.benchNoted;
  });

/** Types at the end of the text and scrolls with the wheel, again and again until `isOver` says so. */
export async function useWindow(window: Page, box: string, isOver: () => boolean): Promise<Noted> {
  await beginNoting(window, box);
  const text = window.getByRole('textbox', { name: box, exact: true });
  while (!isOver()) {
    await text.focus();
    await window.keyboard.press('Control+End');
    for (let i = 0; i < KEYS && !isOver(); i++) {
      await window.keyboard.press(i % 6 === 5 ? 'Space' : 'n');
      await window.waitForTimeout(KEY_EVERY); // a person's pace, which is what is measured
    }
    await window.mouse.move(640, 400);
    for (let i = 0; i < TURNS && !isOver(); i++) {
      await window.mouse.wheel(0, i < TURNS / 2 ? -240 : 240);
      await window.waitForTimeout(TURN_EVERY); // as a wheel turns
    }
  }
  return endNoting(window);
}
