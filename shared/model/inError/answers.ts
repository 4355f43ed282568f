/**
 * Of what was sent in error: which computers have answered for it, and whether anything of the package is left. Pure; a
 * computer counts as done only when it has signed for every version that is asked for.
 */
import type { DeviceId, Hash, VersionId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { VersionFacts } from '../../status/facts.ts';
import type { Me, PackageFile, PackageState } from '../foldPackage.ts';

export interface Answer {
  readonly device: DeviceId;
  readonly name: string;
  /** When it signed that it destroyed its copy; null: it has not answered. */
  readonly destroyed: Millis | null;
  /** When it had last been heard, as far as was known when it was said. */
  readonly heard: Millis | null;
  readonly proof: Hash | null;
}

/**
 * Every computer that could hold what was sent in error, and whether it has signed for all of it: those that were named,
 * and those that have signed for a file or for its destruction since.
 */
export function answersOf(state: PackageState, versions: readonly VersionId[]): readonly Answer[] {
  const devices = new Map<DeviceId, { readonly name: string; readonly heard: Millis | null }>();
  const errors = state.inError.filter(
    (one) => one.versions.length === 0 || one.versions.some((v) => versions.includes(v)),
  );
  for (const { devices: named } of errors)
    for (const { device, name, heard } of named) devices.set(device, { name, heard });
  const signed = state.files.filter(({ file }) => versions.includes(file.content.version)).flatMap((f) => f.receipts);
  for (const { device, deviceName, by } of [...signed, ...state.destroyed])
    if (!devices.has(device))
      devices.set(device, { name: `${deviceName} of ${by.personName}, ${by.orgName}`, heard: null });
  return [...devices].map(([device, { name, heard }]) => {
    const said = state.destroyed.filter((one) => one.device === device);
    const done = said.length > 0 && versions.every((version) => said.some((one) => one.versions.includes(version)));
    const last = done ? said.at(-1) : undefined;
    return { device, name, heard, destroyed: last?.at ?? null, proof: last?.entry ?? null };
  });
}

export const countAnswers = (answers: readonly Answer[]): { readonly done: number; readonly of: number } => ({
  done: answers.filter(({ destroyed }) => destroyed !== null).length,
  of: answers.length,
});

export function inErrorOf(state: PackageState, { file, inError }: PackageFile, me: Me): VersionFacts['inError'] {
  if (!inError) return null;
  const answers = answersOf(state, [file.content.version]);
  const here = answers.some(({ device, destroyed }) => device === me.device && destroyed !== null);
  const { at: when, reason, by } = inError;
  return { at: when, reason, name: by.personName, ...countAnswers(answers), here };
}

/** Whether nothing of a package is left that was not sent in error. */
export const isAllInError = ({ inError, files }: PackageState): boolean =>
  inError.length > 0 && (inError.some(({ whole }) => whole) || files.every((file) => file.inError !== null));

export const versionsInError = ({ files }: PackageState): readonly VersionId[] =>
  files.flatMap(({ file, inError }) => (inError ? [file.content.version] : []));
