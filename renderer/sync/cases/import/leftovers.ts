/**
 * What may be deleted from this disk, as far as the facts say. Says nothing while a fact may be missing: a store that was reset
 * and has not been in step since, an entry that waits for its key or that this version cannot read, an area that stopped.
 */
import type { Content } from '../../../../shared/ipc/evidence.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { Logged } from '../../../../shared/model/logged.ts';
import type { PackageId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';
import { packages } from '../caseIndex.ts';

/** Once after unlocking, before anything is added or moves. */
export async function clearLeftovers(session: Session, here: ReadonlySet<VersionId>): Promise<void> {
  const { inStep, log, facts, evidence } = session;
  if (inStep.at === null || log.waits > 0 || facts.unread > 0) return;
  if (log.all().some((replica) => replica.lie !== null)) return;
  const { needed, useless } = sortOut(facts.all(), packages(session), here);
  await evidence.clear(needed, useless);
}

/**
 * `useless`: what was fetched of files that came in a package and were withdrawn or dropped before they were whole here.
 * `needed`: every other content that any fact names, whoever says so and whether or not it counts.
 */
export function sortOut(
  facts: readonly Logged[],
  known: readonly PackageState[],
  here: ReadonlySet<VersionId>,
): { readonly needed: readonly Content[]; readonly useless: readonly Content[] } {
  const received = known.filter(({ side }) => side === 'receiver');
  const over = received.flatMap(({ package: id, withdrawn, files }) =>
    files
      .filter(({ file, dropped }) => (withdrawn !== null || dropped !== null) && !here.has(file.content.version))
      .map(({ file }) => keyOf(id, file.content)),
  );
  const isOver = new Set(over);
  const needed: Content[] = [];
  const useless: Content[] = [];
  for (const { fact } of facts) {
    for (const content of contentsIn(fact))
      (fact.is === 'package' && isOver.has(keyOf(fact.package, content)) ? useless : needed).push(content);
  }
  return { needed, useless };
}

/** Whatever has the form of a content, wherever a fact holds it: a kind of fact that is made later must not be forgotten here. */
export function contentsIn(value: unknown): Content[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('version' in value && 'chunks' in value) return [value as Content];
  return Object.values(value).flatMap(contentsIn);
}

const keyOf = (pkg: PackageId, { version, sha256 }: Content): string => `${pkg} ${version} ${sha256}`;
