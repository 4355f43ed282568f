/**
 * One date that runs for several packages is said once, as the next of them, with the packages that it is for. Pure.
 */
import type { PackageRow } from '../../../../shared/ipc/worker.ts';
import type { Deadline } from '../../../../shared/model/rules/deadlines/deadlines.ts';
import { countText, timeText } from '../../../ui/format.ts';

export interface OneDate {
  /** The one that is due first. */
  readonly first: Deadline;
  /** The packages that it runs for, as their ids, in the order in which they are due; none where it is of something else. */
  readonly packages: readonly string[];
}

const packageOf = ({ path }: Deadline): string | null => /^packages\/([^/]+)\//.exec(path)?.[1] ?? null;

/** In their order: the next first. */
export function onceEach(deadlines: readonly Deadline[]): readonly OneDate[] {
  const said = new Map<string, OneDate>();
  for (const one of deadlines) {
    const id = packageOf(one);
    const name = id === null ? one.key : one.code;
    const before = said.get(name);
    const packages = [...(before?.packages ?? []), ...(id === null ? [] : [id])];
    said.set(name, { first: before?.first ?? one, packages });
  }
  return [...said.values()];
}

/** So many are named by when they were released. */
const NAMED = 3;

/** `for 2 packages, released 23 Nov 10:30 and 23 Nov 11:05`; `rows`: those that this computer knows. */
export function packagesText(packages: readonly string[], rows: readonly Pick<PackageRow, 'package' | 'at'>[]): string {
  const times = packages.flatMap((id) => rows.find((row) => row.package === id)?.at ?? []).map((at) => timeText(at));
  const count = `for ${countText(packages.length, 'package')}`;
  if (times.length < packages.length || times.length > NAMED) return count;
  return `${count}, released ${times.slice(0, -1).join(', ')} and ${times.at(-1) ?? ''}`;
}
