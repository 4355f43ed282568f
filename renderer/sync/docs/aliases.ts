/**
 * Other ids for the windows that presence tells of, random and the same for as long as a window is spoken of. Promises bounded
 * memory, whatever ids a computer makes up: the one not spoken of for longest is forgotten.
 */
import type { Platform } from '../../../shared/primitives/platform.ts';

/** Of one computer: far more than it opens texts in windows while others look. */
const MOST = 256;

export function openAliases(platform: Pick<Platform, 'random'>): (client: number) => number {
  const known = new Map<number, number>();
  return (client) => {
    const alias = known.get(client) ?? new DataView(platform.random(4).slice().buffer).getUint32(0);
    known.delete(client); // stands last again
    known.set(client, alias);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return alias;
  };
}
