/**
 * Giving the space of a case's files back on this computer. Drops nothing that is not whole elsewhere: the relay signs, now,
 * that it holds all of it where this computer can fetch it again; and of what was added on our side, another organisation's
 * computer has signed that it holds it whole as well. Whatever is not proved stays, and is said.
 */
import type { Content } from '../../../../shared/ipc/evidence.ts';
import type { Freed } from '../../../../shared/ipc/offline.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import { isDelivered } from '../../../../shared/model/packageStatus.ts';
import type { AreaId, CaseId, Hash, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';
import { areaOf, areaOfPackage, filedAs, filedIn, packagesOf } from '../caseIndex.ts';
import { contentsIn } from '../import/leftovers.ts';
import type { Moving } from '../moving/moving.ts';
import { askCustody } from '../passport/custody.ts';

/** Why a version stays. */
const WHY = {
  unsent: 'it was not released, so it is nowhere else',
  undelivered: 'no other computer has signed yet that it holds it whole',
  relay: 'the relay does not say that it holds all of it',
  disk: 'the disk would not let it go',
} as const;
type Why = keyof typeof WHY;

/** Where a version can be fetched again from, and under which tag its chunks are referred to there. */
interface Source {
  readonly area: AreaId;
  /** Null: they are there already. Else they are carried there from an intake that they were sent to. */
  readonly tag: Hash | null;
  readonly from: AreaId | null;
}

export async function freeSpace(session: Session, moving: Moving, of: CaseId): Promise<Freed> {
  const kept = new Map<Why, number>();
  const stays = (why: Why): void => void kept.set(why, (kept.get(why) ?? 0) + 1);
  const safe: FileRecord[] = [];
  await moving.keeps.choose(of, 'when opened'); // else it would come again by itself
  for (const file of filesOf(session, of)) {
    if (!moving.here.has(file.content.version)) continue;
    const source = sourceOf(session, of, file);
    if (typeof source === 'string') stays(source);
    else if (await isAtRelay(session, source, file)) safe.push(file);
    else stays('relay');
  }
  let [files, bytes] = [0, 0];
  for (const { content } of safe) {
    // Remembered first: a version that is dropped and not known to be would be taken for lost.
    await moving.keeps.free(content.version);
    const [before] = await session.evidence.here([content]);
    const { left } = await session.evidence.destroy([content], neededBeside(session, content, safe));
    moving.gone(content.version);
    const [after] = await session.evidence.here([content]);
    if (left > 0) stays('disk');
    else files++;
    bytes += Math.max(0, (before?.held ?? 0) - (after?.held ?? 0));
  }
  session.changed();
  return { files, bytes, kept: [...kept].map(([why, count]) => ({ files: count, why: WHY[why] })) };
}

/** Every file of a case that this computer knows, once. */
export const filesOf = (session: Session, of: CaseId): readonly FileRecord[] => [
  ...new Map(
    [
      ...packagesOf(session, of).flatMap(({ content }) => content.files),
      ...filedIn(session, of).map(({ fact }) => fact.file),
    ].map((file) => [file.content.version, file]),
  ).values(),
];

function sourceOf(session: Session, of: CaseId, { content: { version } }: FileRecord): Source | Why {
  const carriers = packagesOf(session, of).flatMap((pkg) => {
    const file = pkg.files.find((one) => one.file.content.version === version);
    return file && !pkg.withdrawn && file.dropped === null && file.inError === null ? [{ pkg, file }] : [];
  });
  const received = carriers.find(({ pkg }) => pkg.side === 'receiver');
  const intake = received && areaOfPackage(session, received.pkg);
  if (intake) return { area: intake, tag: null, from: null };
  const sent = carriers.filter(({ pkg }) => pkg.side === 'sender');
  const working = areaOf(session, of, 'working papers');
  const added = filedAs(session, version);
  if (sent.length === 0 || !working || !added) return 'unsent';
  const delivered = sent.find(({ file }) => isDelivered(file));
  if (!delivered) return 'undelivered';
  return { area: working.area, tag: added.hash, from: delivered.pkg.posted?.intake ?? null };
}

/** The relay's signed word, asked for now, in the area through which it will be fetched again. */
async function isAtRelay(session: Session, { area, tag, from }: Source, file: FileRecord): Promise<boolean> {
  const { link } = session;
  if (!link.open) return false;
  const chunks = file.content.chunks.map(({ hash }) => hash);
  if (tag !== null) {
    for (let i = 0; i < chunks.length; i += 2048) {
      const answer = await link.ask<'done'>({ t: 'refer', area, tag, chunks: chunks.slice(i, i + 2048), from });
      if (answer?.t !== 'done') return false;
    }
  }
  const of = packagesWith(session, file.content.version);
  return of !== null && (await askCustody(session, of, area, [file])) !== null;
}

const packagesWith = (session: Session, version: VersionId) =>
  session.facts
    .of('package')
    .map(({ fact }) => fact)
    .concat(session.facts.of('released').map(({ fact }) => fact.content))
    .find(({ files }) => files.some(({ content }) => content.version === version))?.package ?? null;

/** Whatever else any fact names, but for what goes as well. */
function neededBeside({ facts }: Session, { version }: Content, safe: readonly FileRecord[]): Content[] {
  const goes = new Set<VersionId>([version, ...safe.map(({ content }) => content.version)]);
  return facts
    .all()
    .flatMap(({ fact }) => contentsIn(fact))
    .filter((one) => !goes.has(one.version));
}
