/** Where an emergency stands, in words. */
import { assertNever } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Clock } from './facts.ts';
import { formatTime } from './format.ts';
import type { Word } from './words.ts';

export type EmergencyState =
  /** Written on this computer; the relay has not ordered it yet. */
  | { readonly is: 'asked'; readonly at: Millis; readonly isOnLine: boolean }
  /** Ordered; no colleague's computer has given the key yet. */
  | { readonly is: 'waiting'; readonly since: Millis }
  | { readonly is: 'open'; readonly until: Millis }
  | { readonly is: 'elsewhere'; readonly computer: string }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'over'; readonly at: Millis }
  | { readonly is: 'judged'; readonly justified: boolean; readonly by: string; readonly at: Millis };

export function emergencyWord(state: EmergencyState, clock: Clock): Word {
  switch (state.is) {
    case 'asked':
      return state.isOnLine
        ? { text: 'Being asked for', tone: 'going', at: state.at }
        : {
            text: 'Waits for the network',
            tone: 'attention',
            at: state.at,
            why: 'The case is not on this computer. It is asked for by itself when this computer is on line.',
          };
    case 'waiting':
      return {
        text: 'Waits for a colleague\u2019s computer',
        tone: 'attention',
        at: state.since,
        why: 'None that has the key is on line. It goes on by itself when one is; nobody has to do anything there.',
      };
    case 'open':
      return { text: `Open until ${formatTime(state.until, clock)}`, tone: 'attention' };
    case 'elsewhere':
      return { text: `Asked for on ${state.computer}`, tone: 'quiet', why: 'It opens on that computer alone.' };
    case 'refused':
      return { text: 'Refused: no key is given', tone: 'attention', why: `${state.why}.` };
    case 'over':
      return { text: 'Over, and not judged yet', tone: 'attention', at: state.at };
    case 'judged':
      return state.justified
        ? { text: `Judged justified by ${state.by}`, tone: 'good', at: state.at, by: state.by }
        : { text: `Judged not justified by ${state.by}`, tone: 'attention', at: state.at, by: state.by };
    default:
      return assertNever(state);
  }
}
