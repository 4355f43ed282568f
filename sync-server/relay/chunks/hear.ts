/**
 * What is here of several chunks, now or once something of it has come. Rights are judged before the wait and again after
 * it: whoever lost them meanwhile is told nothing.
 */
import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { heldRequest } from '../../../shared/wire/http.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import type { Held } from './access.ts';
import { chunkRights, heldIn } from './access.ts';

/** One for each chunk asked about, in their order; null for who may neither read nor write there. */
export async function hearOfChunks(
  relay: Relay,
  link: DeviceLink,
  { area, chunks, wait = 0 }: z.output<typeof heldRequest>,
  answer: ServerResponse,
): Promise<readonly Held[] | null> {
  const look = (): readonly Held[] | null => {
    const rights = chunkRights(relay, link, area);
    if (!rights.read && !rights.write) return null;
    return chunks.map((chunk) => heldIn(relay, link, rights, area, chunk));
  };
  const found = look();
  if (found === null || wait === 0 || found.some(({ whole }) => whole)) return found;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  answer.once('close', leave);
  link.ended.addEventListener('abort', leave, { once: true });
  await relay.news.wait(link, area, chunks, wait, gone.signal);
  answer.off('close', leave);
  link.ended.removeEventListener('abort', leave);
  return link.ended.aborted ? null : look();
}
