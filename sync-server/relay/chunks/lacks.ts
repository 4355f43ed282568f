/**
 * Tells a computer which chunks of its organisation were here whole and are not any more, each with the area that it was
 * sent in, where the computer may send there: at once when it is found, and with each new link until it has come again.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { chunkRights } from './access.ts';

interface Lack {
  readonly area: AreaId;
  readonly chunk: Hash;
}

export function tellOfLack(relay: Relay, link: DeviceLink, lacks: readonly Lack[]): void {
  for (const area of new Set(lacks.map((one) => one.area))) {
    if (!chunkRights(relay, link, area).write) continue;
    const chunks = lacks.filter((one) => one.area === area).map(({ chunk }) => chunk);
    for (let at = 0; at < chunks.length; at += LIMITS.boxes)
      link.tell({ t: 'lacks', area, chunks: chunks.slice(at, at + LIMITS.boxes) });
  }
}
