/** Where a request for access stands, in words. */
import type { AccessRequest } from '../model/access/requests.ts';
import { ASK_LIVES, REMIND_AFTER, isExpired, needsEndorsing } from '../model/access/requests.ts';
import type { Clock } from './facts.ts';
import { formatTime } from './format.ts';
import type { Word } from './words.ts';

export function requestWord(request: AccessRequest, clock: Clock): Word {
  const { asked, at, answer, endorsed } = request;
  const waitsFor = needsEndorsing(asked) && endorsed === null ? (asked.manager?.post ?? '') : asked.to.post;
  if (answer !== null) {
    const by = answer.by.personName;
    if (answer.decision === 'taken back') return { text: 'Taken back', tone: 'quiet', at: answer.time };
    return answer.decision === 'approved'
      ? { text: `Approved by ${by}`, tone: 'good', at: answer.time, by }
      : { text: `Declined by ${by}`, tone: 'quiet', at: answer.time, by };
  }
  if (isExpired(request, clock.now)) return { text: 'Expired: nobody answered', tone: 'quiet' };
  const ends = `It expires ${formatTime(at + ASK_LIVES, clock)}.`;
  if (clock.now - at > REMIND_AFTER)
    return { text: `Reminder: waits for ${waitsFor}`, tone: 'attention', at, why: ends };
  return { text: `Waits for ${waitsFor}`, tone: 'going', at, why: ends };
}
