/**
 * Facts that were opened and count for nothing, because they are not their writer's to say or speak of other content:
 * told as alarms, and shown in the case's activity. Judged by the model's folds; nothing is judged here.
 */
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { PackageContent } from '../../../../shared/model/events.ts';
import type { FactOf, Logged, RefusedWhy } from '../../../../shared/model/logged.ts';
import { isPermitted } from '../../../../shared/model/work/permissions/sharing.ts';
import { DEFAULT_PERMISSIONS } from '../../../../shared/model/work/permissions/table.ts';
import { refusedOfGuests } from '../../guests/places.ts';
import type { Session } from '../../session.ts';
import { refusedSentence } from './alarmSentences.ts';
import { workOf } from '../work/folded.ts';
import { allCases, caseState, isGenuine, packagesOf } from '../caseIndex.ts';

/** The others happen between honest computers: a package that is not known yet, the same said twice. */
const TOLD: readonly string[] = [
  'not its author',
  'not theirs to say',
  'another content',
  'not permitted',
  'own work',
  'altered after it was signed',
  'barred',
] satisfies readonly RefusedWhy[];

/** Shown in the activity as well; no alarm, since a computer that was away may write them in good faith. */
const SHOWN: readonly string[] = [...TOLD, 'case closed', 'case open', 'not at this stage', 'held'];

interface Told {
  readonly why: string;
  readonly logged: Logged;
}

function refusedIn(session: Session, of: CaseId, which: readonly string[]): readonly Told[] {
  const all: readonly RefusedFact[] = [
    ...(caseState(session, of)?.refused ?? []),
    ...workOf(session, of).refused,
    ...packagesOf(session, of).flatMap((pkg) => pkg.refused),
  ];
  const refused = all.filter(({ why, hash }) => which.includes(why) && !isSetAside(session, why, hash));
  const others = packagesOf(session, of).filter(({ content }) =>
    content.files.some((file) => !isGenuine(session, file)),
  );
  const foreign = others.map(({ entry }): RefusedFact => ({ hash: entry, why: 'another content' }));
  return [...refused, ...foreign].flatMap(({ hash, why, action }) => {
    const logged = session.facts.get(hash);
    return logged ? [{ why: action ? `${why}: ${titleOfAction(action)}` : why, logged }] : [];
  });
}

/** Files of a closed case come in when it is reopened: `views/setAside.ts` names them. */
const isSetAside = ({ facts }: Session, why: string, hash: Hash): boolean => {
  const is = facts.get(hash)?.fact.is;
  return why === 'case closed' && (is === 'added' || is === 'entered');
};

interface RefusedFact {
  readonly hash: Hash;
  readonly why: string;
  /** The act of the permission table. */
  readonly action?: string | null;
}
const contentOf = ({ fact }: Released): PackageContent => (fact.is === 'released' ? fact.content : fact);
type Released = Logged<FactOf<'released' | 'package'>>;

const denied = new WeakMap<Session, { revision: number; releases: readonly Released[] }>();
/** Packages of who may not release: there is none that could be shown, often not even a case. */
function deniedReleases(session: Session): readonly Released[] {
  const { facts } = session;
  const known = denied.get(session);
  if (known?.revision === facts.revision) return known.releases;
  const all: readonly Released[] = [...facts.of('package'), ...facts.of('released')];
  const releases = all.filter((logged) => !isPermitted(logged));
  denied.set(session, { revision: facts.revision, releases });
  return releases;
}
const toldOf = (logged: Released): Told => ({ why: `not permitted: ${titleOfAction('released')}`, logged });

const titleOfAction = (action: string): string => DEFAULT_PERMISSIONS.actions[action]?.title ?? action;

const told = new WeakMap<Session, number>();

/** Raises an alarm for each, once. Looked at only when facts have changed. */
export function tellRefused(session: Session): void {
  if (told.get(session) === session.facts.revision) return;
  told.set(session, session.facts.revision);
  const all = allCases(session).flatMap((of) => refusedIn(session, of, TOLD));
  const guests = allCases(session).flatMap((of) => refusedOfGuests(session, of));
  for (const { why, logged } of [...all, ...guests, ...deniedReleases(session).map(toldOf)]) {
    const { area, hash, org, device } = logged;
    session.alarms.refused(area, 'content', { hash, org, device, cause: why });
  }
}

/** Those of a case, as lines of its activity. */
export const refusedLines = (session: Session, of: CaseId): { at: Millis; sentence: string }[] =>
  [
    ...refusedIn(session, of, SHOWN),
    ...refusedOfGuests(session, of),
    ...deniedReleases(session)
      .filter((logged) => contentOf(logged).case === of)
      .map(toldOf),
  ].map(({ why, logged }) => ({
    at: logged.relayTime ?? logged.time,
    sentence: refusedSentence('content', why, session.alarms.writerOf(logged.org, logged.device), 1, false).sentence,
  }));
