/** Recovery as a screen shows it: who the custodians are, what was asked of them, and what cannot be opened here. */
import type { AccessNeed } from '../../../../shared/ipc/access.ts';
import type { LackingPlace, RecoveryRow, RecoveryView } from '../../../../shared/ipc/recovery.ts';
import type { Recovery } from '../../../../shared/model/access/recoveries.ts';
import { isRecoveryOpen, waitsFor } from '../../../../shared/model/access/recoveries.ts';
import { custodiansOf, isRecoverable } from '../../../../shared/seal/custodians.ts';
import { formatTime } from '../../../../shared/status/format.ts';
import { recoveryWord } from '../../../../shared/status/recovery.ts';
import type { Session } from '../../session.ts';
import { clockOf } from '../../views/clock.ts';
import { myRoles } from '../roles.ts';
import { postName } from '../postName.ts';
import { isAsked, isCustodian, lackingKeys, recoveries } from './recovering.ts';

function canAct(session: Session, recovery: Recovery): RecoveryRow['can'] {
  const who = { person: session.identity.person, roles: myRoles(session) };
  if (!waitsFor(recovery, who, session.platform.now())) return null;
  return recovery.agreed === null ? 'agree first' : 'agree second';
}

function rowOf(session: Session, recovery: Recovery): RecoveryRow {
  const { asked, agreed, given, declined } = recovery;
  const clock = clockOf(session);
  const when = (one: { readonly relayTime: number | null; readonly time: number }): string =>
    formatTime(one.relayTime ?? one.time, clock);
  return {
    id: asked.fact.id,
    mine: asked.person === session.identity.person,
    by: asked.fact.by.personName,
    byPost: asked.fact.by.post,
    why: asked.fact.why,
    at: asked.relayTime ?? asked.time,
    places: asked.fact.areas.length,
    word: recoveryWord(recovery, clock),
    acted: [
      ...(agreed ? [`${agreed.fact.by.personName} agreed first, ${when(agreed)}.`] : []),
      ...(given ? [`${given.fact.by.personName} agreed second and brought the keys back, ${when(given)}.`] : []),
      ...(declined ? [`${declined.fact.by.personName} declined, ${when(declined)}: ${declined.fact.why}`] : []),
    ],
    can: canAct(session, recovery),
    mayWithdraw: asked.person === session.identity.person && isRecoveryOpen(recovery, session.platform.now()),
  };
}

/** What is named of the places that cannot be opened. */
const MOST_NAMED = 50;

function lackingPlaces(session: Session, lacking: ReturnType<typeof lackingKeys>): readonly LackingPlace[] {
  const given = [...recoveries(session).values()].filter(
    (one) => one.given !== null && one.asked.person === session.identity.person,
  );
  const asked = new Set(given.flatMap((one) => one.asked.fact.areas.map(({ area }) => area)));
  const places = lacking.flatMap(({ area }): LackingPlace[] => {
    const { state, row } = session.log.replica(area);
    return state.access === null
      ? []
      : [{ area, kind: state.access.kind, changed: row.time, wasAsked: asked.has(area) }];
  });
  return places.toSorted((a, b) => b.changed - a.changed).slice(0, MOST_NAMED);
}

export function recoveryView(session: Session): RecoveryView {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  const lacking = lackingKeys(session);
  const rows = [...recoveries(session).values()].map((one) => rowOf(session, one));
  return {
    custodians: (own ? custodiansOf(own) : []).map(({ seat, people, key }) => ({
      post: postName(session, { org: identity.org, seat }),
      people: [...people].map((person) => own?.people.get(person)?.name ?? ''),
      hasKey: key !== null,
    })),
    isEnough: own !== null && isRecoverable(own),
    isCustodian: isCustodian(session),
    administers: myRoles(session).includes('administrator'),
    lacking: lacking.length,
    places: lackingPlaces(session, lacking),
    isAsked: isAsked(session),
    rows: rows.toSorted((a, b) => Number(b.can !== null) - Number(a.can !== null) || b.at - a.at),
  };
}

/** Whose this part is: custodians, administrators, who asked, and who has something to ask for. */
export const hasRecovery = (session: Session): boolean =>
  isCustodian(session) ||
  myRoles(session).includes('administrator') ||
  recoveries(session).size > 0 ||
  lackingKeys(session).length > 0;

export function recoveryNeeds(session: Session): readonly AccessNeed[] {
  return [...recoveries(session).values()].flatMap((one): AccessNeed[] =>
    canAct(session, one) === null
      ? []
      : [
          {
            id: `recovery ${one.asked.fact.id} ${one.agreed === null ? 1 : 2}`,
            part: 'recovery',
            text: `${one.asked.fact.by.personName} asks the custodians to bring keys back, and waits for your word`,
            until: null,
          },
        ],
  );
}
