/**
 * Why this computer could not be enrolled, and what to do next: one entry for every cause.
 */
import type { EnrolCause } from '../../shared/ipc/preload.ts';

export interface Words {
  readonly sentence: string;
  readonly next: string;
}

export const ENROL_SENTENCES: Record<EnrolCause, Words> = {
  'no network': {
    sentence: 'This computer has no network.',
    next: 'Enrolling is the one thing that needs it. Connect, then look up again; what you entered stays here.',
  },
  'wrong address': {
    sentence: 'There is no Joinder relay at this address.',
    next: 'Compare the address with the one your administrator gave you, letter by letter.',
  },
  'insecure address': {
    sentence: 'This address would not be protected on its way.',
    next: 'The address must begin with https://. Ask your administrator for the right one.',
  },
  mistyped: {
    sentence: 'This code is mistyped.',
    next: 'It has eight groups of five letters and digits. Compare each group with what you were given.',
  },
  'unknown code': {
    sentence: 'Your organisation does not know this code.',
    next: 'Check that relay and code belong together, or ask your administrator for a new code.',
  },
  'wrong secret': {
    sentence: 'This code is not right.',
    next: 'Check it once more. After five wrong tries it is void and your administrator has to give you a new one.',
  },
  used: {
    sentence: 'This code has been used already.',
    next: 'A code is good for one computer. If it was not you who used it, tell your administrator at once.',
  },
  expired: { sentence: 'This code has expired.', next: 'Ask your administrator for a new one.' },
  void: {
    sentence: 'This code serves no more.',
    next: 'There were too many wrong tries, or somebody said that this is not the right computer. Get a new one.',
  },
  clock: {
    sentence: 'The clock of this computer is wrong.',
    next: 'Set date and time (and the time zone), then look up again.',
  },
  'authority away': {
    sentence: 'Your organisation’s authority does not answer now.',
    next: 'The relay was reached. Try again in a few minutes; if it stays so, tell your administrator.',
  },
  'not that authority': {
    sentence: 'Whoever answers is not the authority that gave out this code.',
    next: 'Do not go on. Tell your administrator: somebody may stand between, or the relay may be the wrong one.',
  },
  'not approved': {
    sentence: 'Nobody has said that this is the right computer.',
    next: 'Compare the digits with those on the other computer, and confirm there. The same code goes on serving until it expires.',
  },
  malformed: {
    sentence: 'The answer could not be understood.',
    next: 'Relay and application may be of different versions. Tell your administrator.',
  },
  'already enrolled': {
    sentence: 'This profile is enrolled already.',
    next: 'Close Joinder and open it again to unlock it.',
  },
  'disk error': {
    sentence: 'This computer’s disk did not take what was written.',
    next: 'Try again. If it comes back, have the disk looked at before you work here. The code has not been used up.',
  },
  'disk full': {
    sentence: 'The disk of this computer is full.',
    next: 'Free some space, then enrol again. The code has not been used up.',
  },
};
