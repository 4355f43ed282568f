/**
 * Destroying on this computer, in an order that can be cut off anywhere and begun again: first what is outside the database
 * and can only be found through it (chunks), then the database's own rows and the keys in one transaction, then the
 * journal. What was done is counted before, for afterwards nothing is left to count.
 */
import type { Content } from '../../../shared/ipc/evidence.ts';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash, VersionId } from '../../../shared/primitives/ids.ts';
import { hashOf } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { Importing } from '../cases/import/importing.ts';
import { forgetLooks } from '../cases/looks.ts';
import type { Moving } from '../cases/moving/moving.ts';
import { forgetSnapshot } from '../cases/snapshotOf.ts';
import { forgetFolded } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';
import type { Plan } from './plan.ts';

export interface Hands {
  readonly session: Session;
  readonly moving: Moving;
  readonly importing: Importing;
}

/** `what` of a `destroyed` fact. */
export interface Count {
  readonly areas: AreaId[];
  readonly entries: number;
  readonly files: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly digest: Hash;
}

/** What the plan will destroy, in ids, numbers and one hash over the names of the chunks. */
export async function countOf({ platform, db }: Session, plan: Plan): Promise<Count> {
  const chunks = new Map(
    plan.doomed.flatMap((content) => content.chunks.map(({ hash, size }) => [hash, size] as const)),
  );
  let entries = [...plan.letters.values()].reduce((sum, some) => sum + some.length, 0);
  for (const area of plan.areas) entries += await db.log.where('[area+n]').between([area, 0], [area, Infinity]).count();
  return {
    areas: [...plan.areas],
    entries,
    files: versionsOf(plan.doomed).size,
    chunks: chunks.size,
    bytes: [...chunks.values()].reduce((sum, size) => sum + size, 0),
    digest: await hashOf(platform, LABEL.destroyed, ...[...chunks.keys()].sort().map(fromHex)),
  };
}

const versionsOf = (contents: readonly Content[]): ReadonlySet<VersionId> =>
  new Set(contents.map(({ version }) => version));

/** True once nothing is left. False: the disk would not let something go; asked again later. Throws where a process ended. */
export async function wipe({ session, moving, importing }: Hands, plan: Plan): Promise<boolean> {
  const { evidence, docs, log, facts, records, vault } = session;
  log.forgetting.dispose(plan.areas);
  await importing.forgetCase(plan.case);
  const { left } = await evidence.destroy(plan.doomed, plan.needed);
  if (left > 0) return false;
  for (const area of plan.areas) await docs.forget(area);
  const letters = [...plan.letters.values()].flat();
  const entries = [...letters, ...plan.sent];
  await log.forgetting.forget(plan.areas, entries);
  for (const area of plan.areas) facts.forgetArea(area);
  for (const hash of entries) facts.forget(hash);
  for (const hash of entries) await records.drop(`acknowledged ${hash}`);
  for (const id of plan.packages)
    for (const prefix of ['unreachable ', 'send again '])
      for (const { key } of await records.list(prefix + id)) await records.drop(key);
  await moving.forget(versionsOf(plan.doomed));
  await forgetLooks(session, plan.case);
  forgetSnapshot(session, plan.case);
  forgetFolded(session, plan.case);
  await vault.destroy({ areas: plan.areas, entries });
  session.changed();
  return true;
}
