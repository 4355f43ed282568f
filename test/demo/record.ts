/**
 * What the demonstration saw: each step with the words that were on the screen then, and a picture of it. Reads screens as a
 * person does; everything in it was seen, nothing was asked of the application.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';

export interface Step {
  readonly at: string;
  readonly actor: string;
  readonly did: string;
  readonly words: Readonly<Record<string, string>>;
}

export interface Recorder {
  readonly steps: readonly Step[];
  /** Takes the words on the screen, and a picture. */
  step(actor: string, window: Page, did: string): Promise<void>;
  /** Records each change of the words of one row, until the function that it answers is called. */
  watch(actor: string, window: Page, name: string): () => Promise<void>;
}

export function recorder(folder: string, say: (line: string) => void): Recorder {
  const steps: Step[] = [];
  const screens = path.join(folder, 'screens');
  mkdirSync(screens, { recursive: true });
  let pictures = 0;
  const add = (actor: string, did: string, words: Record<string, string>): void =>
    void steps.push({ at: new Date().toISOString(), actor, did, words });

  return {
    steps,
    step: async (actor, window, did) => {
      add(actor, did, await wordsOnScreen(window));
      say(`${actor}: ${did}`);
      const name = did
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')
        .slice(0, 60);
      const number = String(++pictures).padStart(2, '0');
      writeFileSync(path.join(screens, `${number}-${actor}-${name}.png`), await window.screenshot());
    },
    watch: (actor, window, name) => {
      const stop = new AbortController();
      let last: string | undefined;
      const look = async (): Promise<void> => {
        while (!stop.signal.aborted) {
          const now = (await wordsOnScreen(window).catch((): Record<string, string> => ({})))[name];
          if (now !== undefined && now !== last) {
            add(actor, 'saw', { [name]: now });
            last = now;
          }
          await new Promise((resolve) => setTimeout(resolve, 40));
        }
      };
      const done = look();
      return () => {
        stop.abort();
        return done;
      };
    },
  };
}

/**
 * What every row of every list on the screen says under its heading "Where …", what the page's own headings say of where it
 * stands, and the status bar. Bars of progress and times of day are left out: they change without news.
 */
export function wordsOnScreen(window: Page): Promise<Record<string, string>> {
  return window.evaluate(() => {
    const words: Record<string, string> = {};
    // It runs in the page, where nothing outside this function exists.
    // oxlint-disable-next-line unicorn/consistent-function-scoping
    const textIn = (element: Element | null | undefined): string => {
      const said: string[] = [];
      const walk = (node: Node): void => {
        if (node instanceof Text) said.push(node.data.trim());
        else if (!(node instanceof Element && node.matches('[role=progressbar], time, [aria-hidden=true]')))
          node.childNodes.forEach(walk);
      };
      if (element) walk(element);
      return said.filter((text) => text !== '').join(' · ');
    };
    for (const grid of document.querySelectorAll('[role=grid]')) {
      const column = [...grid.querySelectorAll('[role=columnheader]')].findIndex((head) =>
        head.textContent?.trim().startsWith('Where it'),
      );
      for (const row of grid.querySelectorAll('[role=row][aria-label]')) {
        const said = textIn(row.querySelectorAll('[role=gridcell]')[column]);
        if (said !== '') words[row.getAttribute('aria-label') ?? ''] = said;
      }
    }
    const main = document.querySelector('main');
    const title = main?.querySelector('h1')?.textContent?.trim() ?? '';
    const stands = textIn(main?.querySelector('h1')?.closest('header')?.querySelector('[role=status]'));
    if (title !== '' && stands !== '') words[title] = stands;
    const link = textIn(document.querySelector('footer [role=status]'));
    if (link !== '') words['status bar'] = link;
    return words;
  });
}
