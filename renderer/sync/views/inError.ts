/** What of a package was sent in error: who says so and why, who had seen it, and what each computer there has answered. */
import type { ErrorRow } from '../../../shared/ipc/worker.ts';
import type { PackageState, ReceiptState } from '../../../shared/model/foldPackage.ts';
import { answersOf } from '../../../shared/model/inError/answers.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';

export const errorRows = (pkg: PackageState): readonly ErrorRow[] =>
  pkg.inError.map(({ at, by, reason, whole, versions }) => {
    const files = pkg.files.filter(({ file }) => versions.includes(file.content.version));
    return {
      at,
      by: `${by.personName}, ${by.orgName}`,
      reason,
      whole,
      files: files.map(({ file }) => file.name),
      seen: files.flatMap(({ file, receipts }) => receipts.flatMap((one) => seenLine(file.name, one))),
      computers: computersOf(pkg, versions),
    };
  });

const SEEN: Readonly<Record<ReceiptState['what'], string | null>> = {
  delivered: null,
  opened: 'had been opened by',
  exported: 'had been exported by',
  'viewing began': 'had been looked at in part by',
};

function seenLine(name: string, { what, by }: ReceiptState): string[] {
  const had = SEEN[what];
  if (had === null) return [];
  const outside = what === 'exported' ? '. That copy is outside Joinder: it has to be destroyed by hand' : '';
  return [`${name} ${had} ${by.personName}, ${by.orgName}${outside}.`];
}

const computersOf = (pkg: PackageState, versions: readonly VersionId[]): ErrorRow['computers'] =>
  answersOf(pkg, versions).map(({ name, destroyed, heard, proof }) => ({ name, destroyed, heard, proof }));
