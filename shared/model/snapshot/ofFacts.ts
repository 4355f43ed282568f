/** The files and packages of a snapshot, from the folds of their facts. Pure; times are written in UTC. */
import { isoOf } from '../../primitives/moments.ts';
import type { Millis } from '../../primitives/units.ts';
import type { CaseState } from '../foldCase.ts';
import type { PackageState } from '../foldPackage.ts';
import type { FileFacts, PackageFacts } from './facts.ts';

/** The newest version of each item: what would be judged and sent. */
export const filesOf = (state: CaseState | null): readonly FileFacts[] =>
  (state?.items ?? []).flatMap(({ item, versions }) => {
    const newest = versions.at(-1);
    if (!newest) return [];
    const { version, number, file, by, at, releasedTo } = newest;
    return [
      {
        item,
        version,
        number,
        name: file.name,
        type: file.type,
        bytes: file.content.size,
        sha256: file.content.sha256,
        added: isoOf(at),
        addedBy: by.personName,
        found: [...(file.found ?? [])],
        releasedTo: [...releasedTo],
      },
    ];
  });

/** When every file that was not left out had arrived; null while one has not. */
export function deliveredAt({ files }: PackageState): Millis | null {
  const first = files
    .filter(({ dropped }) => dropped === null)
    .map(({ receipts }) => receipts.find(({ what }) => what !== 'viewing began')?.at ?? null);
  return first.length === 0 || first.includes(null) ? null : Math.max(...first.map((at) => at ?? 0));
}

/** When a person first opened one of its files. */
export function openedAt({ files }: PackageState): Millis | null {
  const opened = files.flatMap(({ receipts }) =>
    receipts.filter(({ what }) => what === 'opened' || what === 'exported').map(({ at }) => at),
  );
  return opened.length === 0 ? null : Math.min(...opened);
}

function stateOf(state: PackageState): PackageFacts['state'] {
  if (state.withdrawn) return 'withdrawn';
  if (state.decided) return state.decided.is;
  if (openedAt(state) !== null) return 'opened';
  return deliveredAt(state) === null ? 'released' : 'delivered';
}

const time = (at: Millis | null | undefined): string | undefined =>
  at === null || at === undefined ? undefined : isoOf(at);

export const packagesOf = (packages: readonly PackageState[]): readonly PackageFacts[] =>
  packages.map((state) => {
    const { content, decided } = state;
    const times = { delivered: time(deliveredAt(state)), opened: time(openedAt(state)), decided: time(decided?.at) };
    return {
      id: state.package,
      to: content.to.orgName,
      post: content.to.post,
      purpose: content.purpose,
      urgency: content.urgency,
      released: isoOf(content.at),
      releasedBy: content.from.personName,
      from: content.from.post,
      ...(content.answers === null ? {} : { answers: content.answers }),
      files: state.files.flatMap(({ file, dropped }) => (dropped === null ? [file.content.version] : [])),
      state: stateOf(state),
      reasons: decided?.is === 'returned' ? (decided.reasons.length > 0 ? [...decided.reasons] : [decided.reason]) : [],
      ...(decided?.respondBy ? { respondBy: decided.respondBy } : {}),
      ...Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined)),
    };
  });
