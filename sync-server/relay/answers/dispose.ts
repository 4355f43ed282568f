/**
 * Takes an order to dispose: two devices of different people, who could read the areas, have signed it. The organisation
 * is served those areas no more; of an area that no other organisation keeps, log, keys and chunk references are destroyed
 * at once, and no entry is ever taken for it again. What stays is the order and where the area stood. Blind as ever: it
 * knows that two signed, not what they were to the case.
 */
import type { AreaId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Disposed, OrderCause, SignedOrder } from '../../../shared/seal/area/disposal.ts';
import { hashOrder, signDisposed, verifyOrder } from '../../../shared/seal/area/disposal.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { short } from '../../common/log.ts';
import type { OpenArea } from '../order/areas.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead, readingOrgs } from '../rights.ts';
import { epochSubjects } from '../order/subjects.ts';

export async function dispose(
  relay: Relay,
  link: DeviceLink,
  { q, order, also }: Extract<ToRelay, { t: 'dispose' }>,
): Promise<void> {
  const directory = relay.directories.state(link.org);
  if (!directory) return link.tell({ t: 'declined', q, cause: 'unknown device' });
  const verified = await verifyOrder(relay.platform, order, directory);
  if (!verified.ok) return link.tell({ t: 'declined', q, cause: causeOf(verified.cause) });
  const { areas } = verified.value;
  const named = areas.filter((id) => mayDispose(relay, link.org, directory, id, order));
  const apart = (id: AreaId): boolean => cameApart(relay, link.org, id, named);
  if (!areas.every((id) => named.includes(id) || apart(id))) return link.tell({ t: 'declined', q, cause: 'no right' });
  const hash = await hashOrder(relay.platform, order.body);
  const lodged = await relay.commits.durably(() => relay.disposals.lodge(hash, link.org, order));
  const reads = also.filter((id) => readsApart(relay, link, directory, id, areas));
  for (const id of lodged.ok ? [...areas, ...reads] : [])
    if (!(await leave(relay, link.org, id, hash))) return link.tell({ t: 'declined', q, cause: 'storage full' });
  if (!lodged.ok) return link.tell({ t: 'declined', q, cause: 'storage full' });
  relay.disposals.scrub();
  relay.log.info({ order: short(hash), areas: areas.length }, 'disposed of');
  link.tell({ t: 'disposed', q, areas: await disposedOf(relay, link, [...areas, ...reads]) });
}

const causeOf = (cause: OrderCause): Decline =>
  cause === 'malformed' || cause === 'bad signature' || cause === 'unknown device' ? cause : 'no right';

/** Both signers could read the area, or it was disposed of already. Nobody disposes of an intake. */
function mayDispose(
  relay: Relay,
  org: OrgId,
  directory: DirectoryState,
  id: AreaId,
  { signatures }: SignedOrder,
): boolean {
  if (relay.disposals.find(id, org) !== null) return true;
  const area = relay.areas.find(id);
  const access = area?.durable.access;
  if (!area || area.intake || !access) return false;
  return signatures.every(({ device }) => roleIn(access, directory, device) !== null);
}

/** An area of sensitive material of this organisation, made of one that both signers could read: its readers may be others. */
function cameApart(relay: Relay, org: OrgId, id: AreaId, from: readonly AreaId[]): boolean {
  const access = relay.areas.find(id)?.durable.access;
  return access?.kind === 'sensitive' && access.owner === org && access.from !== null && from.includes(access.from);
}

/** One that the order could not name, for its signers did not know of it: made of one that it names, or a partner's. */
function readsApart(
  relay: Relay,
  link: DeviceLink,
  directory: DirectoryState,
  id: AreaId,
  areas: readonly AreaId[],
): boolean {
  if (relay.disposals.find(id, link.org) !== null) return true;
  const area = relay.areas.find(id);
  const access = area?.durable.access;
  if (!area || access?.kind !== 'sensitive' || !mayRead(entitlement(area), directory, link.device)) return false;
  return access.owner !== link.org || (access.from !== null && areas.includes(access.from));
}

/** In the area's line, so that what was judged before it is written before it, and nothing after. */
function leave(relay: Relay, org: OrgId, id: AreaId, order: Hash): Promise<boolean> {
  const area = relay.areas.find(id);
  if (!area) return Promise.resolve(true); // gone before
  area.busy += 1;
  const run = area.mailbox.then(() => leaveNow(relay, area, org, order)).finally(() => (area.busy -= 1));
  area.mailbox = ended(run);
  return run;
}

/** However it ended: its own asker hears of that. */
async function ended(run: Promise<unknown>): Promise<void> {
  await run.catch(() => {});
}

async function leaveNow(relay: Relay, area: OpenArea, org: OrgId, order: Hash): Promise<boolean> {
  const { place, access } = area.durable;
  if (area.broken || !place || !access || area.row === null) return !area.broken;
  const row = area.row;
  const subjects = await epochSubjects(relay, area.id, access);
  const left = new Set([...area.left, org]);
  const others = [...readingOrgs(entitlement(area))].filter((one) => !left.has(one));
  let chunks: Hash[] = [];
  let orphans: Hash[] = [];
  const durable = await relay.commits.durably(() => {
    relay.disposals.leave(area.id, org, order, area.durable.place ?? place);
    if (others.length > 0) return relay.disposals.dropKeys(subjects, seatsIn(area, org));
    chunks = relay.disposals.destroy(area.id, row, subjects);
    orphans = relay.chunks.dropOrphans(chunks);
  });
  if (!durable.ok) return false;
  area.left = left;
  if (others.length > 0) return true;
  relay.areas.drop(area);
  for (const chunk of orphans) relay.files.discard(chunk);
  return true;
}

const seatsIn = (area: OpenArea, org: OrgId): SeatId[] =>
  [...(area.durable.access?.seats.values() ?? [])].filter((grant) => grant.org === org).map(({ seat }) => seat);

/** The relay's signed word on those of these areas that the link's organisation has disposed of. */
export async function disposedOf(relay: Relay, link: DeviceLink, areas: readonly AreaId[]): Promise<Disposed[]> {
  const found = areas.flatMap((area) => relay.disposals.find(area, link.org) ?? []);
  return Promise.all(
    found.map((row) => signDisposed(relay.platform, relay.keys.signing, { ...row, generation: relay.generation })),
  );
}
