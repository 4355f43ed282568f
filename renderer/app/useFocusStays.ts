/**
 * Keeps the keyboard where a person works when the thing that had it goes away: an answered item, a removed row, a button
 * whose act is done. The browser would begin again at the top of the page. Rows of a grid are the grid's own to keep; a
 * dialog gives the focus back by itself, and where its opener is gone too, what is said here holds for that.
 */
import { useEffect } from 'react';

const TAKES =
  'button:not([disabled]):not([tabindex="-1"]), a[href], input:not([disabled]), textarea:not([disabled]), [contenteditable="true"], [tabindex="0"]';
const OVER = '[role="dialog"], [role="alertdialog"], [role="listbox"]';

/** An element with the way up from it, as it was when it had the focus: each ancestor, and the place within it. */
interface Kept {
  readonly element: Element;
  readonly up: readonly { readonly in: Element; readonly at: number }[];
}

function keep(element: Element): Kept {
  const up: { in: Element; at: number }[] = [];
  for (let here: Element = element; here.parentElement !== null; here = here.parentElement)
    up.push({ in: here.parentElement, at: [...here.parentElement.children].indexOf(here) });
  return { element, up };
}

/** In a grid that is still there. */
const isInGrid = ({ up }: Kept): boolean => up.some((step) => step.in.isConnected && step.in.matches('[role="grid"]'));

const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

const firstIn = (element: Element | undefined): HTMLElement | null =>
  element === undefined
    ? null
    : element.matches(TAKES)
      ? (element as HTMLElement)
      : element.querySelector<HTMLElement>(TAKES);

/** The neighbour in a list, else the heading of the part, else nothing. */
function nearest({ up }: Kept): HTMLElement | null {
  const from = up.findIndex((step) => step.in.isConnected && step.in !== document.body);
  for (const step of from < 0 ? [] : up.slice(from)) {
    if (step.in.matches('ol, ul')) {
      const neighbour = firstIn(step.in.children[step.at]) ?? firstIn(step.in.children[step.at - 1]);
      if (neighbour) return neighbour;
    }
    const heading = step.in.matches('section, article, [role="tabpanel"], main')
      ? step.in.querySelector<HTMLElement>('h1, h2, h3')
      : null;
    if (heading) {
      heading.tabIndex = -1;
      return heading;
    }
  }
  return null;
}

export function useFocusStays(): void {
  useEffect(() => {
    let last: Kept | null = null;
    let behind: Kept | null = null;
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      last = keep(target);
      if (target.closest(OVER) === null) behind = last;
    };
    const look = (): void => {
      if (!isFocusLost() || last?.element.isConnected !== false || document.querySelector(OVER) !== null) return;
      const gone = [last, behind].find((one) => one !== null && nearest(one) !== null);
      last = null;
      if (gone) nearest(gone)?.focus({ preventScroll: true });
      else document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
    };
    const changed = new MutationObserver(() => {
      if (last === null || last.element.isConnected || isInGrid(last)) return;
      // After whoever removed it has had the time to say itself where the focus goes.
      requestAnimationFrame(() => setTimeout(look, 0));
    });
    document.addEventListener('focusin', onFocus);
    changed.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocus);
      changed.disconnect();
    };
  }, []);
}
