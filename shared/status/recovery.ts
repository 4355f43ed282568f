/** Where a request to the custodians stands, in words. */
import type { Recovery } from '../model/access/recoveries.ts';
import { RECOVERY_LIVES, isRecoveryOver, wholeGiven } from '../model/access/recoveries.ts';
import type { Millis } from '../primitives/units.ts';
import type { Clock } from './facts.ts';
import { formatTime } from './format.ts';
import type { Word } from './words.ts';

export function recoveryWord(recovery: Recovery, clock: Clock): Word {
  const { asked, agreed, given, declined, withdrawn } = recovery;
  const at = asked.relayTime ?? asked.time;
  if (given) return givenWord(recovery, given.relayTime ?? given.time);
  if (withdrawn)
    return {
      text: `Withdrawn by ${withdrawn.fact.by.personName}`,
      tone: 'quiet',
      at: withdrawn.relayTime ?? withdrawn.time,
    };
  if (declined) return { text: `Declined by ${declined.fact.by.personName}`, tone: 'quiet', at: declined.time };
  if (isRecoveryOver(recovery, clock.now)) return { text: 'Over: two custodians did not agree in time', tone: 'quiet' };
  const why = `It ends ${formatTime(at + RECOVERY_LIVES, clock)}.`;
  return agreed
    ? { text: 'Waits for a second custodian', tone: 'going', at: agreed.relayTime ?? agreed.time, why }
    : { text: 'Waits for two custodians', tone: 'going', at, why };
}

/** All, or which part: nobody should take a part for the whole. */
function givenWord(recovery: Recovery, at: Millis): Word {
  const whole = wholeGiven(recovery);
  const all = recovery.asked.fact.areas.length;
  if (whole === null || whole === all) return { text: 'Keys brought back', tone: 'good', at };
  return {
    text: whole === 0 ? 'Keys brought back in part' : `Keys brought back of ${whole} of ${all} places`,
    tone: 'attention',
    at,
    why: 'Of the rest these two custodians have no keys: they were kept for others, or never. A computer that has them gives them by itself once it is on line; otherwise ask again, and have other custodians agree.',
  };
}
