/**
 * Keys for custodians: every area's key is kept for the organisation's recovery, so that two custodians together can open it and
 * none alone. The key is sealed to one custodian's post, and what comes of it once more to another's: nested boxes, for each area
 * and epoch by themselves. So no secret stands behind all of them, nothing is put together anywhere, and what is opened is what was
 * asked for. Custodians are posts with the role; a post pairs with those that none of its holders holds.
 */
import { decodeCbor, encodeCbor } from '../primitives/cbor.ts';
import { fromHex } from '../primitives/bytes.ts';
import type { BoxKeys } from '../primitives/hpke.ts';
import type { AreaId, Hash, PersonId, SeatId } from '../primitives/ids.ts';
import type { Platform } from '../primitives/platform.ts';
import { hashOf } from '../primitives/platform.ts';
import type { Box } from './boxes.ts';
import { encodeBox, openBox, sealBox } from './boxes.ts';
import type { DirectoryState, SeatKey } from './directory/directory.ts';
import { LABEL } from './labels.ts';
import * as read from './read.ts';

export const CUSTODIAN_ROLE = 'custodian';
/** Posts that are sealed to: a box holds one for each other. */
const MOST = 12;

/** What the outer boxes of an area's key are filed under. */
export const custodySubject = (platform: Platform, area: AreaId, epoch: number): Promise<Hash> =>
  hashOf(platform, `${LABEL.custodians} outer`, fromHex(area), encodeCbor(epoch));

/** What an inner box is sealed for: it opens nothing but what this custodian passed on. */
const innerSubject = (platform: Platform, area: AreaId, epoch: number, first: SeatId): Promise<Hash> =>
  hashOf(platform, `${LABEL.custodians} inner`, fromHex(area), encodeCbor(epoch), fromHex(first));

export interface Custodian {
  readonly seat: SeatId;
  readonly people: ReadonlySet<PersonId>;
  /** Null: nobody has made it a key yet. */
  readonly key: SeatKey | null;
}

/** The posts with the role that somebody holds. */
export function custodiansOf(directory: DirectoryState): readonly Custodian[] {
  const seats = [...directory.roles].filter(([, roles]) => roles.includes(CUSTODIAN_ROLE)).map(([seat]) => seat);
  return seats
    .toSorted()
    .map((seat) => ({
      seat,
      people: new Set([...directory.holds].filter(([, held]) => held.has(seat)).map(([person]) => person)),
      key: directory.seats.get(seat) ?? null,
    }))
    .filter(({ people }) => people.size > 0)
    .slice(0, MOST);
}

/** The others with a key that nobody holds together with this one. */
const partnersOf = (all: readonly Custodian[], one: Custodian): readonly SeatKey[] =>
  all.flatMap(({ seat, people, key }) =>
    key !== null && seat !== one.seat && ![...people].some((person) => one.people.has(person)) ? [key] : [],
  );

/** Whether two people who share no post could bring keys back. */
export function isRecoverable(directory: DirectoryState): boolean {
  const all = custodiansOf(directory);
  return all.some((one) => one.key !== null && partnersOf(all, one).length > 0);
}

/** To which keys an area's key is sealed: a name that changes when they do. Empty: to none. */
export function custodyName(directory: DirectoryState): string {
  if (!isRecoverable(directory)) return '';
  return custodiansOf(directory)
    .map(({ key, seat, people }) => `${seat} ${key?.generation ?? 0} ${[...people].toSorted().join(',')}`)
    .join(' ');
}

/** An area's key for the custodians of an organisation; none where there are not two. */
export async function sealForCustodians(
  platform: Platform,
  directory: DirectoryState,
  { area, epoch, key }: { readonly area: AreaId; readonly epoch: number; readonly key: Uint8Array },
): Promise<readonly Box[]> {
  const all = custodiansOf(directory);
  const subject = await custodySubject(platform, area, epoch);
  const boxes: Box[] = [];
  for (const first of all) {
    const partners = partnersOf(all, first);
    if (first.key === null || partners.length === 0) continue;
    const inner = await innerSubject(platform, area, epoch, first.seat);
    const parts = await Promise.all(partners.map((to) => sealBox(inner, to.seat, to.generation, to.publicKey, key)));
    const { seat, generation, publicKey } = first.key;
    boxes.push(await sealBox(subject, seat, generation, publicKey, encodeCbor(parts.map(encodeBox))));
  }
  return boxes;
}

/** What the first of two opens: a box for each of the others, of which it can open none. */
export async function openOuter(keys: BoxKeys, box: Box): Promise<readonly Box[]> {
  const plain = await openBox(keys, box);
  const parts = read.reading(() => (plain === null ? [] : read.list(decodeCbor(plain), 'parts').map(readBox)));
  return parts.ok ? parts.value : [];
}

function readBox(value: unknown): Box {
  const [subject, to, generation, sealed] = read.tuple(value, 'box', 4);
  return {
    subject: read.hash(subject, 'subject'),
    to: read.id<SeatId>(to, 'to'),
    generation: read.count(generation, 'generation'),
    sealed: read.bytes(sealed, 'sealed'),
  };
}

/** The area's key, from what another custodian passed on; null where it is not for us, or of something else. */
export async function openInner(
  platform: Platform,
  keys: BoxKeys,
  of: { readonly area: AreaId; readonly epoch: number; readonly first: SeatId },
  box: Box,
): Promise<Uint8Array | null> {
  if (box.subject !== (await innerSubject(platform, of.area, of.epoch, of.first))) return null;
  return openBox(keys, box);
}
