/**
 * Making an area: its key, the boxes for the seats it grants, and the chain entry that creates it. Nothing is written
 * here; the pieces go into one write with the area's first content, so that an area never exists without it.
 */
import { newId } from '../../../shared/primitives/naming.ts';
import type { Party } from '../../../shared/model/events.ts';
import type { AreaId, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { commitToKey, newAreaKey } from '../../../shared/seal/area/areaKey.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { epochSubject, hashBoxes, sealBox } from '../../../shared/seal/boxes.ts';
import type { AreaKind, Grant } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { sealForCustodians } from '../../../shared/seal/custodians.ts';
import type { Directories } from '../log/directories.ts';
import type { Keyring } from '../log/keyring.ts';
import type { ChainPiece } from '../log/writer.ts';

interface MakingArea {
  readonly platform: Platform;
  readonly directories: Directories;
  readonly keyring: Keyring;
}

export interface MadeArea {
  readonly area: AreaId;
  readonly piece: ChainPiece;
}

/** The Working papers of a case that begins here, led by the post of who begins it; `from` names an area that they follow. */
export const makePapers = (
  session: MakingArea,
  me: Pick<Party, 'org' | 'seat'>,
  from: AreaId | null = null,
): Promise<MadeArea> =>
  makeArea(session, {
    kind: 'working papers',
    owner: me.org,
    seats: [{ seat: me.seat, org: me.org, role: 'lead' }],
    from,
  });

export async function makeArea(
  context: MakingArea,
  made: {
    readonly kind: AreaKind;
    readonly owner: OrgId;
    readonly seats: readonly Grant[];
    readonly from: AreaId | null;
  },
): Promise<MadeArea> {
  const { platform, directories, keyring } = context;
  const area = newId<AreaId>(platform);
  const key = newAreaKey(platform);
  await keyring.addAreaKey(area, 1, key);
  const subject = await epochSubject(platform, area, 1);
  const boxes: Box[] = [];
  for (const { org, seat } of made.seats) {
    const held = directories.current(org)?.seats.get(seat);
    if (held) boxes.push(await sealBox(subject, held.seat, held.generation, held.publicKey, key));
  }
  // With the entry itself: a laptop that is lost in the next minute has brought them to the relay.
  const own = directories.current(made.owner);
  const kept = own === null ? [] : await sealForCustodians(platform, own, { area, epoch: 1, key });
  const change = {
    epoch: 1,
    key: await commitToKey(platform, area, 1, key),
    boxes: await hashBoxes(platform, boxes),
    link: null,
  };
  const op = {
    op: 'create' as const,
    kind: made.kind,
    owner: made.owner,
    seats: made.seats,
    key: change,
    policy: null,
    agreement: null,
    from: made.from,
  };
  return {
    area,
    piece: { area, stream: await streamOf(platform, area, 'chain'), kind: 'chain', op, boxes: [...boxes, ...kept] },
  };
}
