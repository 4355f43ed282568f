/**
 * How the caret and selection of somebody else look: a class for the colour, never a style written into the page.
 */
import type { DecorationAttrs } from '@tiptap/pm/view';

const HUES = 5;

/** One of a few colours, the same for a person's window as long as it is open. */
export const hueOf = (client: number): number => client % HUES;

const classOf = (user: Record<string, unknown>): string => `hue-${Number(user['hue']) % HUES || 0}`;

export function caret(user: Record<string, unknown>): HTMLElement {
  const mark = document.createElement('span');
  mark.classList.add('caret', classOf(user));
  // It stands in the middle of the text and is no part of it: who is here is said beside the heading.
  mark.setAttribute('aria-hidden', 'true');
  // Drawn by the style sheet, so that nobody copies a name out of the text.
  mark.dataset['name'] = typeof user['name'] === 'string' ? user['name'] : 'Somebody';
  return mark;
}

export const selection = (user: Record<string, unknown>): DecorationAttrs => ({
  class: `caret-selection ${classOf(user)}`,
});
