/**
 * What boxes may be filed under in an area: its entries' hashes and its epochs, for who reads and for custodians. A box under anything else could lie in the
 * way of somebody else's.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { AreaState } from '../../../shared/seal/area/admit.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import { custodySubject } from '../../../shared/seal/custodians.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import type { Relay } from '../context.ts';

/** Boxes come with an entry for its own key, or for the key of an epoch that its area has had. */
export async function fitBoxes(relay: Relay, state: AreaState, entry: Hash, boxes: readonly Box[]): Promise<boolean> {
  if (boxes.every((box) => box.subject === entry)) return true;
  const epochs = await epochSubjects(relay, state.area, state.access);
  return boxes.every((box) => box.subject === entry || epochs.has(box.subject));
}

export async function epochSubjects(
  relay: Relay,
  area: AreaId,
  access: AccessState | null,
): Promise<ReadonlySet<Hash>> {
  const subjects = (access?.keys ?? []).flatMap(({ epoch }) => [
    epochSubject(relay.platform, area, epoch),
    custodySubject(relay.platform, area, epoch),
  ]);
  return new Set(await Promise.all(subjects));
}
