/** What of access waits for this person: requests that they decide, campaigns that ask them about posts, personal grants to renew. */
import type { AccessNeed } from '../../../shared/ipc/access.ts';
import { ASK_LIVES, REMIND_AFTER } from '../../../shared/model/access/requests.ts';
import { dayNumber, dayOf } from '../../../shared/primitives/calendar.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { REMIND_DAYS } from '../../../shared/status/recertification.ts';
import { countOf } from '../../../shared/status/format.ts';
import type { Session } from '../session.ts';
import { personalRows } from './personal.ts';
import { isMine } from './recertification/acts.ts';
import { roundsAndLists } from './recertification/rounds.ts';
import { recoveryNeeds } from './recovery/view.ts';
import { requestsToDecide } from './requests.ts';

export async function accessNeeds(session: Session): Promise<readonly AccessNeed[]> {
  const asked = requestsToDecide(session);
  const now = session.platform.now();
  const requests: AccessNeed[] = asked.map(({ asked: { id, by }, at }) =>
    reminded(now - at > REMIND_AFTER, {
      id: `request ${id}`,
      part: 'requests',
      text: `${by.personName} asks for access, and waits for your answer`,
      until: dayOf(Math.floor((at + ASK_LIVES) / DAY)),
    }),
  );
  const { begun, lists } = await roundsAndLists(session);
  const campaigns = begun.flatMap((round): AccessNeed[] => {
    const open = lists
      .filter((list) => list.round === round)
      .reduce((sum, list) => sum + list.lines.filter((line) => isMine(session, list, line)).length, 0);
    if (open === 0) return [];
    const { id, name } = round.campaign.opened;
    const text = `${name}: ${countOf(open, 'post', 'posts')} to keep or remove`;
    const isNear = (dayNumber(round.until) ?? 0) - Math.floor(now / DAY) < REMIND_DAYS;
    const part = 'recertification';
    return [reminded(isNear, { id: `round ${id} ${round.number}`, part, text, until: round.until })];
  });
  const personal = personalRows(session).flatMap(({ person, name, seat, post, until, asks }): AccessNeed[] => {
    if (asks === null) return [];
    const text =
      asks === 'moved' ? `${name} has moved: renew ${post}, or let it end` : `Renew ${post} of ${name}, or let it end`;
    return [{ id: `personal ${person} ${seat} ${until}`, part: 'recertification', text, until }];
  });
  return [...requests, ...campaigns, ...personal, ...recoveryNeeds(session)];
}

/** Put before its reader once more: under a name of its own, so that it is told again too. */
const reminded = (isDue: boolean, need: AccessNeed): AccessNeed =>
  isDue ? { ...need, id: `${need.id} again`, text: `Reminder: ${need.text}` } : need;
