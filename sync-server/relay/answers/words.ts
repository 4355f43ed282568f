/** The relay's words on all that it has accepted, for those who keep them. They name no area, so that every device may have them. */
import type { ToRelay } from '../../../shared/wire/link.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import type { Relay } from '../context.ts';
import type { OpenLink } from '../links/links.ts';

export function giveWords({ words }: Relay, link: OpenLink, { q, after }: Extract<ToRelay, { t: 'words' }>): void {
  const newest = words.newest();
  const found = after === null ? (newest ? [newest] : []) : words.after(after, LIMITS.words);
  link.tell({ t: 'words', q, words: found.map(({ body, signature }) => ({ body, signature })) });
}
