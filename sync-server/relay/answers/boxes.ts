/**
 * Boxes given and filed. A device gets those made for itself and for the posts it holds. It may file boxes for what it can
 * read or has appended itself, and keys of its own posts for devices of its own organisation. Every device's box stands
 * in a row of its own: none pushes out another's.
 */
import type { Hash, SeatId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { seatSubject } from '../../../shared/seal/boxes.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead } from '../rights.ts';
import { epochSubjects } from '../order/subjects.ts';
import { tellOfBoxes } from '../order/tell.ts';

const FRAME = 3 * MiB;

type AddBoxes = Extract<ToRelay, { t: 'add boxes' }>;

export async function giveBoxes(
  relay: Relay,
  link: DeviceLink,
  { q, subjects }: Extract<ToRelay, { t: 'boxes' }>,
): Promise<void> {
  await relay.commits.flushed(); // a box that came with an entry is durable with it
  const directory = relay.directories.state(link.org);
  const readers: Box['to'][] = directory === null ? [] : [link.device, ...seatsOf(directory, link.device)];
  let size = 0;
  const found = subjects
    .flatMap((subject) => readers.flatMap((reader) => relay.boxes.find(subject, reader)))
    .filter((box) => (size += box.sealed.length + 160) <= FRAME);
  const fresh = found.filter((box) => !relay.boxes.wasGiven(box.subject, box.to));
  if (fresh.length > 0)
    relay.commits.add({ write: () => fresh.forEach((box) => relay.boxes.give(box.subject, box.to)), settle: () => {} });
  link.tell({ t: 'boxes', q, boxes: found });
}

export async function addBoxes(relay: Relay, link: DeviceLink, message: AddBoxes): Promise<Decline | null> {
  const directory = relay.directories.state(link.org);
  if (directory === null) return 'no right';
  const allowed =
    message.area === null
      ? await fitSeatBoxes(relay, link, directory, message.boxes)
      : await fitAreaBoxes(relay, link, directory, { ...message, area: message.area });
  if (allowed !== null) return allowed;
  const fresh: Box[] = [];
  const durable = await relay.commits.durably(() =>
    message.boxes.forEach((box) => relay.boxes.file(link.device, box) && fresh.push(box)),
  );
  if (!durable.ok) return 'storage full';
  tellOfBoxes(relay, fresh);
  return null;
}

/** Keys of posts that the device's person holds, for devices of its organisation; or for the post's next key pair. */
async function fitSeatBoxes(
  relay: Relay,
  link: DeviceLink,
  directory: DirectoryState,
  boxes: readonly Box[],
): Promise<Decline | null> {
  const seats = new Map<Hash, SeatId>();
  for (const seat of seatsOf(directory, link.device)) {
    const newest = (directory.seats.get(seat)?.generation ?? 0) + 1; // one made here may be on its way through the authority
    for (let generation = 1; generation <= newest; generation++)
      seats.set(await seatSubject(relay.platform, seat, generation), seat);
  }
  const devices: ReadonlyMap<string, unknown> = directory.devices;
  return boxes.every((box) => seats.has(box.subject) && (devices.has(box.to) || box.to === seats.get(box.subject)))
    ? null
    : 'no right';
}

async function fitAreaBoxes(
  relay: Relay,
  link: DeviceLink,
  directory: DirectoryState,
  message: AddBoxes & { area: NonNullable<AddBoxes['area']> },
): Promise<Decline | null> {
  const area = relay.areas.find(message.area);
  const row = area?.row ?? null;
  if (!area || row === null) return 'not here';
  const reads = mayRead(entitlement(area), directory, link.device);
  const epochs = reads ? await epochSubjects(relay, area.id, area.durable.access) : new Set<Hash>();
  const wrong = message.boxes.map(({ subject }) => {
    if (epochs.has(subject)) return null;
    const entry = relay.logs.findEntry(row, subject);
    if (!entry || relay.boxes.isWithdrawn(area.id, subject)) return 'not here';
    return reads || entry.org === link.org ? null : 'no right';
  });
  return wrong.find((cause) => cause !== null) ?? null;
}
