/**
 * The relay's signed word that it holds all of some versions: lists of chunks, which it knows by their hashes alone. Given
 * only while every one of them is whole and can be fetched in the area.
 */
import { chunkList, signCustody } from '../../../shared/seal/custody.ts';
import type { ToRelay } from '../../../shared/wire/link.ts';
import { chunkRights, heldIn } from '../chunks/access.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';

export async function giveCustody(
  relay: Relay,
  link: DeviceLink,
  { q, area, lists }: Extract<ToRelay, { t: 'custody' }>,
): Promise<void> {
  const rights = chunkRights(relay, link, area);
  if (!rights.read && !rights.write) return link.tell({ t: 'declined', q, cause: 'no right' });
  const isWhole = lists.every((list) => list.every((chunk) => heldIn(relay, link, rights, area, chunk).whole));
  if (!isWhole) return link.tell({ t: 'declined', q, cause: 'not here' });
  const { platform, keys } = relay;
  const time = platform.now();
  const hashes = await Promise.all(lists.map((list) => chunkList(platform, list)));
  const signature = await signCustody(platform, keys.signing, { area, time, lists: hashes });
  link.tell({ t: 'custody', q, time, signature });
}
