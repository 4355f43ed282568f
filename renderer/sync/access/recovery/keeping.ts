/**
 * Keeping areas' keys for the custodians: each computer that holds a key and may write files it for them once, and again when the
 * custodians change. Some areas at a time: others have their turn between.
 */
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { custodyName, sealForCustodians } from '../../../../shared/seal/custodians.ts';
import type { Session } from '../../session.ts';

/** Keys in one pass. */
const AT_ONCE = 8;

export async function keepForCustodians(session: Session): Promise<void> {
  const { boxKeeper, directories, identity, keyring, link, log, platform } = session;
  const own = directories.current(identity.org);
  const to = own ? custodyName(own) : '';
  if (!own || to === '' || !link.open) return;
  let left = AT_ONCE;
  for (const { state } of log.all()) {
    const { area, access } = state;
    if (access === null || (roleIn(access, own, identity.device) ?? 'reader') === 'reader') continue;
    for (const { epoch } of access.keys) {
      const key = keyring.areaKey(area, epoch);
      const name = `boxed custody ${area} ${epoch} ${to}`;
      if (key === null || boxKeeper.isNoted(name)) continue;
      if (left-- === 0) return;
      const boxes = await sealForCustodians(platform, own, { area, epoch, key });
      const answer = await link.ask<'done'>({ t: 'add boxes', area, boxes: [...boxes] });
      if (answer?.t === 'done') await boxKeeper.note(name);
    }
  }
}
