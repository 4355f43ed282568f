/**
 * What waits for a person of this side: a package that was returned and not answered, one with a file that cannot go on by
 * itself, files that were chosen and not added. What was received and waits for an answer is the Inbox's.
 */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { needsMe } from '../../../shared/model/packageStatus.ts';
import { isProblem } from '../../../shared/status/condition.ts';
import { countOf } from '../../../shared/status/format.ts';
import { emergencyNeeds } from '../access/emergency/rows.ts';
import { workOf } from '../cases/work/folded.ts';
import { mayIn } from '../cases/work/mayIn.ts';
import type { Desktop } from '../desktop.ts';
import { guestNeeds } from '../guests/views.ts';
import type { Session } from '../session.ts';
import { packagedFile } from './files.ts';
import { packagesHereOf } from '../cases/work/lateLetters.ts';

export interface Need {
  /** Null: it is about the case itself. */
  readonly package: PackageState | null;
  readonly why: string;
  /** The same where only the case is spoken of. */
  readonly short: string;
  readonly at: Millis | null;
  /** Told outside of the windows too, once, under this name. */
  readonly emergency?: string;
}

/** All that waits in a case, the first being what is said of the case. */
export function needsOf(desktop: Desktop, of: CaseId): readonly Need[] {
  const inPackages = packagesHereOf(desktop.session, of).flatMap((pkg) => needOf(desktop, pkg) ?? []);
  const notAdded = desktop.importing.notAdded(of);
  const why = `${countOf(notAdded, 'file was', 'files were')} not added`;
  const adding: Need[] = notAdded === 0 ? [] : [{ package: null, why, short: why, at: null }];
  return [
    ...inPackages,
    ...adding,
    ...leftBehind(desktop.session, of),
    ...guestsOf(desktop.session, of),
    ...inEmergency(desktop.session, of),
  ];
}

/** Guests of the case whose end is near, or for whom nobody answers any more. */
const guestsOf = (session: Session, of: CaseId): Need[] =>
  guestNeeds(session, of).map((why) => ({ package: null, why, short: 'a guest’s access ends', at: null }));
const inEmergency = (session: Session, of: CaseId): readonly Need[] =>
  emergencyNeeds(session, of).map((need) => ({ package: null, ...need }));

/** A case whose holder has left the organisation, for who may hand it over to somebody else. */
function leftBehind(session: Session, of: CaseId): readonly Need[] {
  const { holder } = workOf(session, of);
  const state = session.directories.current(session.identity.org);
  if (!state || holder === null || holder.org !== session.identity.org) return [];
  const hasLeft = (state.holds.get(holder.person)?.size ?? 0) === 0 && state.people.has(holder.person);
  if (!hasLeft || !mayIn(session, of, 'handed over')) return [];
  const why = `${holder.personName}, who has this case, has left: hand it over, with what is still to do in it, under Cases`;
  return [{ package: null, why, short: `its holder ${holder.personName} has left`, at: null }];
}

function needOf(desktop: Desktop, pkg: PackageState): Need | null {
  const asked = pkg.side === 'sender' ? needsMe(pkg) : null;
  if (asked !== null) return { package: pkg, why: asked, short: asked, at: pkg.decided?.at ?? pkg.content.at };
  if (pkg.withdrawn || pkg.decided) return null;
  const problems = new Map<string, string[]>();
  for (const file of pkg.files) {
    const { name, condition } = packagedFile(desktop, pkg, file);
    if (isProblem(condition)) problems.set(condition.text, [...(problems.get(condition.text) ?? []), name]);
  }
  if (problems.size === 0) return null;
  const lines = [...problems].map(([word, [name, ...more]]) =>
    more.length === 0 ? `${word} (${name})` : `${word} (${countOf(more.length + 1, 'file', 'files')})`,
  );
  return { package: pkg, why: lines.join('; '), short: 'a file has a problem', at: pkg.content.at };
}
