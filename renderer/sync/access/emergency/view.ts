/**
 * Emergencies over all cases: to who broke the glass, from what they said, whether or not the case is still here; to others, those
 * in the cases that they read.
 */
import type { EmergenciesView, EmergencyRow } from '../../../../shared/ipc/emergency.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import type { EmergencyState } from '../../../../shared/status/emergency.ts';
import { emergencyWord } from '../../../../shared/status/emergency.ts';
import { currentEpoch } from '../../../../shared/seal/area/chain.ts';
import { allCases } from '../../cases/caseIndex.ts';
import type { Desktop } from '../../desktop.ts';
import type { Session } from '../../session.ts';
import { nameOf } from '../../views/cases.ts';
import { clockOf } from '../../views/clock.ts';
import { askedPosts, mayBreakGlass } from './asking.ts';
import { emergenciesIn, emergencyRows, judgedOf } from './rows.ts';

type Asked = Logged<FactOf<'emergency'>>;

/** How what this person asked for stands, as far as this computer knows. */
function stateOf(session: Session, { fact, device }: Asked, judged: FactOf<'emergency judged'> | null): EmergencyState {
  const { identity, log, keyring, platform, directories } = session;
  if (judged) return { is: 'judged', justified: judged.justified, by: judged.by.personName, at: judged.at };
  const all = fact.areas.flatMap((area) => log.replica(area).history.emergencies);
  const spans = all.filter((one) => one.reason === fact.reason);
  const isEnded = spans.length > 0 && spans.every(({ over }) => over !== null);
  if (platform.now() >= fact.until || isEnded) return { is: 'over', at: fact.until };
  if (device !== identity.device)
    return { is: 'elsewhere', computer: directories.current(identity.org)?.known.get(device)?.name ?? '' };
  if (spans.length === 0) return { is: 'asked', at: fact.at, isOnLine: session.link.open };
  const hasKeys = fact.areas.some((area) => {
    const { access } = log.replica(area).state;
    return access !== null && keyring.areaKey(area, currentEpoch(access)) !== null;
  });
  return hasKeys ? { is: 'open', until: fact.until } : { is: 'waiting', since: fact.at };
}

/** What this person asked for, on whichever of their computers. */
function ownRow(session: Session, asked: Asked): EmergencyRow {
  const { fact, time } = asked;
  const { identity, facts } = session;
  const judged =
    facts
      .of('emergency judged')
      .find((one) => one.fact.reason === fact.reason && one.org === identity.org && one.person !== identity.person) ??
    null;
  const state = stateOf(session, asked, judged?.fact ?? null);
  const isOpen = state.is === 'open';
  const isWaiting = state.is === 'waiting' || state.is === 'asked';
  return {
    reason: fact.reason,
    case: fact.case,
    title: fact.wanted,
    mine: true,
    person: fact.by.personName,
    computer: '',
    why: fact.why,
    from: time,
    until: fact.until,
    word: emergencyWord(state, clockOf(session)),
    asked: isWaiting ? askedPosts(session, fact.seats) : [],
    judged: judged && judgedOf(judged),
    can: { end: isOpen, judge: false, open: isOpen },
  };
}

export async function emergenciesView(desktop: Desktop): Promise<EmergenciesView> {
  const { session } = desktop;
  const { facts, identity } = session;
  const asked = new Map(
    facts
      .of('emergency')
      .filter(({ person, org }) => person === identity.person && org === identity.org)
      .map((one) => [one.fact.reason, ownRow(session, one)] as const),
  );
  const rows = [...asked.values()];
  for (const of of allCases(session)) {
    if (emergenciesIn(session, of).length === 0) continue;
    const { title } = await nameOf(desktop, of);
    rows.push(...emergencyRows(session, of, title).filter(({ reason }) => !asked.has(reason)));
  }
  return {
    may: mayBreakGlass(session),
    isOnLine: session.link.open,
    rows: rows.toSorted((a, b) => Number(b.can.judge) - Number(a.can.judge) || b.from - a.from),
  };
}
