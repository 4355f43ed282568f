/**
 * Takes one entry: judges it as the next of its area, gives it a place (with anchors of directories that changed before
 * it), and hands it to the next commit. Entries of one area are judged one after the other; areas wait for each other only
 * at the disk. Promises an acknowledgement, or a word why not, for every append; the same entry twice has one place.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { AreaState, ReadEntry } from '../../../shared/seal/area/admit.ts';
import { admitRead } from '../../../shared/seal/area/admit.ts';
import { currentEpoch, decodeChainOp } from '../../../shared/seal/area/chain.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry, signedOf } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { short } from '../../common/log.ts';
import type { OpenArea } from './areas.ts';
import { entitlement } from './areas.ts';
import type { Appended, Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { fitEntries } from '../limits/quotas.ts';
import { place, snapshot } from './place.ts';
import { mayRead } from '../rights.ts';
import { fitBoxes } from './subjects.ts';

type Append = Extract<ToRelay, { t: 'append' }>;
/** Null: it cannot be read. */
type ReadAppend = Pick<Append, 'q' | 'entry' | 'boxes'> & { readonly read: Omit<ReadEntry, 'hash'> | null };

/** Puts the append in its area's line; returns when it has been judged and queued, or declined. */
export function takeAppend(relay: Relay, link: DeviceLink, { area: id, q, entry, boxes }: Append): Promise<void> {
  const message = { q, entry, boxes, read: readEntry(relay, entry) };
  const area = relay.areas.get(id);
  area.busy += 1;
  const before = area.mailbox;
  area.mailbox = relay.commits.judge(() => inTurn(relay, area, before, link, message));
  return area.mailbox;
}

/** Read as it comes, and its signature checked beside those of others: neither hangs on what comes before it in its area. */
function readEntry(relay: Relay, encoded: Uint8Array): ReadAppend['read'] {
  const entry = decodeEntry(encoded);
  const header = entry.ok ? decodeHeader(entry.value.header) : entry;
  if (!entry.ok || !header.ok) return null;
  const { org, device } = header.value;
  const by = relay.directories.state(org)?.known.get(device)?.signKey;
  const read = { ...entry.value, read: header.value };
  if (!by) return read;
  const good = relay.signatures.check({ key: by, signature: read.signature, signed: signedOf(read) });
  return { ...read, signed: { by, good } };
}

async function inTurn(
  relay: Relay,
  area: OpenArea,
  before: Promise<void>,
  link: DeviceLink,
  message: ReadAppend,
): Promise<void> {
  await before;
  const cause = await judgeOrFail(relay, area, link, message);
  area.busy -= 1;
  if (cause === null) return;
  relay.meters.declined.inc({ cause });
  relay.log.info({ area: short(area.id), device: short(link.device), cause }, 'append declined');
  link.tell({ t: 'declined', q: message.q, cause });
}

/** A throw is a bug, and must not end the line of an area's verdicts. */
async function judgeOrFail(
  relay: Relay,
  area: OpenArea,
  link: DeviceLink,
  message: ReadAppend,
): Promise<Decline | null> {
  try {
    return area.broken ? 'storage full' : await judgeAppend(relay, area, link, message);
  } catch (error) {
    relay.log.error(
      { area: short(area.id), error: error instanceof Error ? error.message : 'unknown' },
      'judging an append failed',
    );
    return 'malformed';
  }
}

async function judgeAppend(
  relay: Relay,
  area: OpenArea,
  link: DeviceLink,
  message: ReadAppend,
): Promise<Decline | null> {
  const entry = message.read;
  if (entry === null) return 'malformed';
  const header = entry.read;
  await entry.signed?.good; // awaited here, so that rights are those of the moment of the verdict
  if (area.gone || area.left.has(link.org)) return 'disposed';
  const own = header.device === link.device && header.org === link.org;
  if (!own && !mayCarry(relay, area, link, header)) return 'no right';
  const hash = await hashHeader(relay.platform, entry.header);
  const there = isNewer(area, header) ? null : placeOf(relay, area, hash);
  if (there !== null) return acknowledgeAgain(relay, area, link, message, hash, there);
  if (!header.seen.heads.every((head) => placeOf(relay, area, head) !== null)) return 'heads missing';
  if (!isOurHistory(relay, area, header.seen)) return 'another history';
  return order(relay, area, link, message, { ...entry, hash });
}

/** Beyond everything that its device has here, so that it cannot be here already. */
function isNewer(area: OpenArea, { device, incarnation, counter }: Header): boolean {
  const head = area.state.heads.get(device);
  return (
    head === undefined || incarnation > head.incarnation || (incarnation === head.incarnation && counter > head.counter)
  );
}

/** Another's entry may be carried (from a stick, or back to a restored relay) by who can read it here, or could once it stands. */
function mayCarry(relay: Relay, area: OpenArea, link: DeviceLink, { kind, body }: Header): boolean {
  const directory = relay.directories.state(link.org);
  if (directory === null) return false;
  if (mayRead(entitlement(area), directory, link.device)) return true;
  const op = kind === 'chain' && body !== null && area.state.access === null ? decodeChainOp(body) : null;
  if (!op?.ok || op.value.op !== 'create') return false;
  const seats = seatsOf(directory, link.device);
  return op.value.seats.some((grant) => grant.org === link.org && seats.has(grant.seat));
}

/** The place of an entry that is ordered here already, durable or about to be. */
function placeOf(relay: Relay, area: OpenArea, entry: Hash): number | null {
  return area.waiting.get(entry) ?? (area.row === null ? null : (relay.logs.findEntry(area.row, entry)?.n ?? null));
}

/** Whether what the writer says it had seen is what this relay ordered: clients take an entry that says otherwise for proof of a fork. */
function isOurHistory(relay: Relay, area: OpenArea, seen: Header['seen']): boolean {
  if (seen.n === 0 || seen.generation !== relay.generation) return true;
  if (area.row === null) return false;
  const [there] = relay.logs.items(area.row, seen.n - 1, 1);
  return there?.n === seen.n && there.h === seen.h;
}

async function order(
  relay: Relay,
  area: OpenArea,
  link: DeviceLink,
  message: ReadAppend,
  entry: ReadEntry,
): Promise<Decline | null> {
  const header = entry.read;
  if (entry.seal.by === 'erased') return 'wrong seal'; // clients meet erased entries in histories; none begins as one
  const directories = snapshot(relay, area, header.org);
  const time = Math.max(relay.platform.now(), area.place?.time ?? 0);
  const admitted = await admitRead(relay.platform, area.state, (org) => directories.get(org) ?? null, entry, time);
  if (!admitted.ok) return admitted.cause;
  const { state, hash } = admitted.value;
  if (entry.seal.by === 'stream' && state.access && entry.seal.epoch !== currentEpoch(state.access))
    return 'stale epoch';
  if (!fitEntries(relay, header.org, area.id, area.bytes + message.entry.length)) return 'quota';
  if (!(await fitBoxes(relay, state, hash, message.boxes))) return 'no right';
  const rows = await place(relay, area, [...directories.values()], {
    header,
    hash,
    encoded: message.entry,
    time,
  });
  if (area.broken) return 'storage full';
  const last = rows[rows.length - 1];
  if (!last) throw new Error('an admitted entry has no row');
  const access = header.kind === 'chain' ? state.access : null;
  queue(relay, { area, rows, n: last.n, entry: hash, boxes: message.boxes, access, link, q: message.q }, state, header);
  return null;
}

function queue(relay: Relay, tell: Appended, state: AreaState, header: Header): void {
  const { area, rows } = tell;
  const head = state.heads.get(header.device);
  const last = rows[rows.length - 1];
  if (!head || !last) throw new Error('an admitted entry has no head');
  area.state = state;
  area.place = { n: last.n, h: last.h, time: last.time };
  area.bytes += last.entry?.length ?? 0;
  area.waiting.set(tell.entry, tell.n);
  for (const row of rows) if (row.directory !== null) area.anchored.set(row.org, row.directory);
  relay.commits.add({
    tell,
    isVoid: () => area.broken,
    mayWait: true,
    write() {
      area.row ??= relay.logs.addArea(area.id);
      for (const row of rows) relay.logs.append(area.row, row);
      relay.logs.setHead(area.row, header.device, head);
      if (tell.access) relay.logs.setGrants(area.id, tell.access);
      for (const box of tell.boxes) relay.boxes.file(tell.link.device, box);
    },
    settle: (durable) => settle(relay, tell, durable, state),
  });
}

function settle(relay: Relay, tell: Appended, durable: boolean, state: AreaState): void {
  const { area } = tell;
  area.waiting.delete(tell.entry);
  const last = tell.rows[tell.rows.length - 1];
  if (durable && last) {
    relay.meters.entries.inc({});
    relay.meters.entryBytes.inc({}, last.entry?.length ?? 0);
    area.durable = { place: { n: last.n, h: last.h, time: last.time }, access: state.access };
    area.tip = null;
  } else if (!durable) {
    relay.areas.drop(area);
    tell.link.tell({ t: 'declined', q: tell.q, cause: 'storage full' });
  }
}

/** Sent again: the acknowledgement is owed again, once the first is durable. Boxes that were lost with it are kept now. */
function acknowledgeAgain(
  relay: Relay,
  area: OpenArea,
  link: DeviceLink,
  message: ReadAppend,
  entry: Hash,
  n: number,
): null {
  const boxes = message.boxes.filter((box) => box.subject === entry && !relay.boxes.isWithdrawn(area.id, entry));
  relay.commits.add({
    tell: { area, rows: [], n, entry, boxes, access: null, link, q: message.q },
    isVoid: () => area.broken,
    mayWait: true,
    write: () => boxes.forEach((box) => void relay.boxes.file(link.device, box)),
    settle: (durable) => {
      if (!durable) link.tell({ t: 'declined', q: message.q, cause: 'storage full' });
    },
  });
  return null;
}
