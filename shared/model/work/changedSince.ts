/** What is no longer as it lay before a reviewer, in sentences; none: what was signed off is what is there. */
import type { ItemId } from '../../primitives/ids.ts';
import type { Reviewed } from '../facts/reviewing.ts';

export function changedSince(then: Reviewed, now: Reviewed, nameOf: (item: ItemId) => string): readonly string[] {
  const before = new Map(then.files.map((file) => [file.item, file]));
  const after = new Set(now.files.map(({ item }) => item));
  return [
    ...(then.record === now.record ? [] : ['The case record was changed']),
    ...(then.summary === now.summary ? [] : ['The case summary was changed']),
    ...now.files.flatMap(({ item, sha256 }) => {
      const known = before.get(item);
      if (!known) return [`${nameOf(item)} was added`];
      return known.sha256 === sha256 ? [] : [`${nameOf(item)} has a newer version`];
    }),
    ...then.files.filter(({ item }) => !after.has(item)).map(({ item }) => `${nameOf(item)} is not here any more`),
  ];
}
