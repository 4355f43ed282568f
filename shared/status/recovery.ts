/** Where a request to the custodians stands, in words. */
import type { Recovery } from '../model/access/recoveries.ts';
import { RECOVERY_LIVES, isRecoveryOver } from '../model/access/recoveries.ts';
import type { Clock } from './facts.ts';
import { formatTime } from './format.ts';
import type { Word } from './words.ts';

export function recoveryWord(recovery: Recovery, clock: Clock): Word {
  const { asked, agreed, given, declined } = recovery;
  const at = asked.relayTime ?? asked.time;
  if (given) return { text: 'Keys brought back', tone: 'good', at: given.relayTime ?? given.time };
  if (declined) return { text: `Declined by ${declined.fact.by.personName}`, tone: 'quiet', at: declined.time };
  if (isRecoveryOver(recovery, clock.now)) return { text: 'Over: two custodians did not agree in time', tone: 'quiet' };
  const why = `It ends ${formatTime(at + RECOVERY_LIVES, clock)}.`;
  return agreed
    ? { text: 'Waits for a second custodian', tone: 'going', at: agreed.relayTime ?? agreed.time, why }
    : { text: 'Waits for two custodians', tone: 'going', at, why };
}
