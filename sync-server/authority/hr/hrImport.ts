/**
 * Takes a personnel file: reads, plans, refuses what looks like a mistake, writes the facts and brings the directory in step.
 * All of the file or nothing of it. The same file again changes nothing.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Authority } from '../authority.ts';
import { noteMove } from '../people/personal.ts';
import { reconcile, today } from '../people/reconcile.ts';
import type { Fault } from './csv.ts';
import type { Plan } from './plan.ts';
import { planImport } from './plan.ts';
import { readPersonnel } from './rows.ts';

/** More than both of these at once is taken for a broken file, unless somebody says otherwise. */
const MOST_LEAVERS = 10;
const MOST_SHARE = 0.05;

export type ImportCause =
  | { readonly file: readonly Fault[] }
  | { readonly leavers: number; readonly employed: number; readonly emptied: readonly string[] };

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly force: boolean;
}

export interface Imported {
  readonly plan: Plan;
  readonly applied: boolean;
  /** Why it is refused unless forced. */
  readonly doubt: Extract<ImportCause, { leavers: number }> | null;
}

export async function importPersonnel(
  authority: Authority,
  bytes: Uint8Array,
  { dryRun, force }: ImportOptions,
): Promise<Result<Imported, ImportCause>> {
  const file = readPersonnel(bytes);
  if (!file.ok) return fail({ file: file.cause });
  const { people, directory } = authority;
  const state = await directory.state();
  const day = today(authority);
  // Planned and written with nobody between, so that a change that the provider made meanwhile is not written over.
  const done = people.change((): Result<Imported, ImportCause> => {
    const known = { day, people: people.people(), groups: people.groups(), baselines: people.baselines(), state };
    const plan = planImport(file.value, known);
    const doubt = doubtOf(plan);
    if (dryRun) return ok({ plan, applied: false, doubt });
    if (doubt !== null && !force) return fail(doubt);
    write(authority, plan);
    return ok({ plan, applied: true, doubt });
  });
  if (done.ok && done.value.applied) await reconcile(authority, 'hr import');
  return done;
}

function doubtOf({ changes, employed, emptied }: Plan): Imported['doubt'] {
  const leavers = changes.filter(({ what }) => what === 'leaves').length;
  const many = leavers > MOST_LEAVERS && leavers > employed * MOST_SHARE;
  return many || emptied.length > 0 ? { leavers, employed, emptied } : null;
}

function write(authority: Authority, { changes }: Plan): void {
  const { people, platform } = authority;
  const day = today(authority);
  for (const { row, facts } of changes) {
    const id = row?.id ?? newId<PersonId>(platform);
    const moved = noteMove(row?.facts ?? null, facts, day);
    if (!people.putPerson(id, moved, platform.now())) throw new Error('two people have one staff number');
  }
}
