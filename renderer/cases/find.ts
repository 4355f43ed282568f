/**
 * Finding cases by what people remember of them: title, URN however it is spaced, officer, suspect.
 */
import type { CaseRow } from '../../shared/ipc/worker.ts';

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const bare = (text: string): string => plain(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The cases in which every word looked for occurs; those changed last come first. */
export function findCases(rows: readonly CaseRow[], search: string): readonly CaseRow[] {
  const words = plain(search)
    .split(/\s+/)
    .filter((word) => bare(word) !== '');
  const found = rows.filter((row) => {
    const text = plain([row.title, row.urn ?? '', row.officer, row.kind, ...row.suspects].join(' '));
    const closed = bare(text);
    return words.every((word) => text.includes(word) || closed.includes(bare(word)));
  });
  return found.sort((a, b) => b.changed - a.changed);
}
