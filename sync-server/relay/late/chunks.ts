/**
 * Sealed chunks that a computer which was shut out still held: of files that were added there and that nobody else has. It signs
 * for what its disk holds, and sends what its organisation has not got. They are kept in a lane of that device's, which is no
 * area: nobody can fetch them there; who writes in the case of the file carries them over into it. After 30 days the lane is
 * emptied. Knows no content, and never tells what another organisation has sent.
 */
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { importVerifyKey, verify } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { DAY, HOUR } from '../../../shared/primitives/units.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { LateChunks } from '../../../shared/wire/late.ts';
import { lateChunksBody } from '../../../shared/wire/late.ts';
import type { Relay } from '../context.ts';
import { overQuota } from '../limits/quotas.ts';

const KEPT_DAYS = 30;

/** Where a device's late chunks are referred to: no area has the id of a device. */
const laneOf = (device: DeviceId): AreaId => device as string as AreaId;
/** References of one day carry that day, so that it can be told which are old. */
const tagOf = (now: Millis): Hash =>
  Math.floor(now / DAY)
    .toString(16)
    .padStart(64, '0') as Hash;
const dayOf = (tag: Hash): number => Number.parseInt(tag, 16);

/** Which of the chunks that a shut-out computer signs for are to be sent. */
export async function hearLateChunks(
  relay: Relay,
  work: LateChunks,
): Promise<Result<readonly Hash[], 'unknown device' | 'not shut out' | 'quota' | 'storage full'>> {
  const { org, device: id, chunks, signature } = work;
  const directory = (await relay.directories.find(org))?.directory;
  const device = directory?.known.get(id);
  if (!directory || !device) return fail('unknown device');
  if (directory.devices.has(id)) return fail('not shut out');
  const key = await importVerifyKey(relay.platform, device.signKey);
  if (!(await verify(relay.platform, key, signature, LABEL.lateChunks, lateChunksBody(work))))
    return fail('unknown device');
  const lane = laneOf(id);
  const missing = chunks.filter(
    ({ hash }) => !relay.chunks.isWholeOf(hash, org) && !relay.chunks.wasFetchedBy(hash, org),
  );
  const fresh = missing.filter(({ hash }) => !relay.chunks.referrers(lane, hash).includes(org));
  const more = fresh.reduce((sum, { size }) => sum + size, 0);
  if (overQuota(relay, org, lane, more) !== null) return fail('quota');
  const tag = tagOf(relay.platform.now());
  const noted = await relay.commits.durably(() => {
    for (const { hash, size } of fresh) {
      relay.chunks.refer(lane, hash, tag, org);
      relay.chunks.expect(lane, hash, org, size);
    }
  });
  return noted.ok ? ok(missing.map(({ hash }) => hash)) : fail('storage full');
}

/** Takes a whole chunk that such a computer had signed for. */
export async function takeLateChunk(
  relay: Relay,
  { org, device, chunk, size }: { org: OrgId; device: DeviceId; chunk: Hash; size: ByteCount },
  bytes: AsyncIterable<Uint8Array>,
): Promise<'taken' | 'no right' | 'hash differs' | 'storage full'> {
  const area = laneOf(device);
  if (!relay.chunks.referrers(area, chunk).includes(org)) return 'no right';
  if (relay.chunks.owns(area, chunk, org)) return 'taken';
  const upload = { area, chunk, org };
  relay.files.discardPart(upload); // what a cut left of it: sent whole
  const written = await relay.files.write(upload, 0, size, bytes);
  if (!written.ok) return written.cause === 'storage full' ? 'storage full' : 'hash differs';
  if (written.value !== 'whole') return 'hash differs';
  const durable = await relay.commits.durably(() => relay.chunks.own(area, chunk, org, size));
  if (!durable.ok) return 'storage full';
  return 'taken';
}

/** Those of these chunks that wait in a lane of an organisation's own, with their sizes. */
export function waitingIn(
  relay: Relay,
  org: OrgId,
  lane: AreaId,
  chunks: readonly Hash[],
): { readonly chunk: Hash; readonly size: ByteCount }[] {
  if (!relay.directories.state(org)?.ended.has(lane as string as DeviceId)) return [];
  return chunks.flatMap((chunk) => {
    const size = relay.chunks.owns(lane, chunk, org) ? relay.chunks.wholeSize(chunk) : null;
    return size === null ? [] : [{ chunk, size }];
  });
}

const swept = new WeakMap<Relay, Millis>();

/** Lets go of what nobody has adopted in time; looked for once an hour. */
export async function dropOldChunks(relay: Relay, org: OrgId): Promise<void> {
  const now = relay.platform.now();
  if (now - (swept.get(relay) ?? Number.NEGATIVE_INFINITY) < HOUR) return;
  swept.set(relay, now);
  const directory = relay.directories.state(org);
  const orphans: Hash[] = [];
  await relay.commits.durably(() => {
    for (const device of directory?.ended.keys() ?? [])
      for (const tag of relay.chunks.tagsIn(laneOf(device), org))
        if (dayOf(tag) + KEPT_DAYS < dayOf(tagOf(now))) orphans.push(...relay.chunks.dropTag(laneOf(device), tag, org));
  });
  for (const chunk of orphans) relay.files.discard(chunk);
}
