/** Why a sign-in did not do, and what to do next: one entry for every cause. */
import type { SignInCause } from '../../shared/ipc/preload.ts';
import type { Words } from './sentences.ts';
import { ENROL_SENTENCES } from './sentences.ts';

export const SIGN_IN_SENTENCES: Record<SignInCause, Words> = {
  ...ENROL_SENTENCES,
  mistyped: {
    sentence: 'This code is mistyped.',
    next: 'Your organisation’s code has five groups of five letters and digits. Compare each group.',
  },
  'no sign-in': {
    sentence: 'Your organisation has no sign-in for Joinder.',
    next: 'Ask your administrator for an enrolment code: it has eight groups of five.',
  },
  'attempt over': {
    sentence: 'This sign-in is over.',
    next: 'It took too long, or your organisation’s authority was started anew meanwhile. Try again.',
  },
  'provider away': {
    sentence: 'Your organisation’s authority cannot reach the sign-in page.',
    next: 'Try again in a few minutes; if it stays so, tell your administrator.',
  },
  'provider refused': {
    sentence: 'The sign-in page did not confirm this sign-in.',
    next: 'Try again. If it comes back, tell your administrator: Joinder may not be allowed there.',
  },
  'not verified': {
    sentence: 'What the sign-in page said could not be verified.',
    next: 'Nothing was let in. Try again; if it comes back, tell your administrator at once.',
  },
  'not one of us': {
    sentence: 'Your organisation’s authority does not know you yet.',
    next: 'You may have signed in with another account: try again with the one of this organisation. Or ask your administrator.',
  },
  'not in': {
    sentence: 'You are not in this organisation today, as its personnel and accounts say.',
    next: 'If that is wrong, ask your administrator.',
  },
  cancelled: { sentence: 'The sign-in was cancelled.', next: 'Nothing has changed. Try again whenever you like.' },
  'took too long': {
    sentence: 'Nobody signed in for a quarter of an hour.',
    next: 'Try again. The page in the browser serves no more.',
  },
  'no browser': {
    sentence: 'No browser could be opened on this computer.',
    next: 'Set a default browser, then try again; or ask your administrator for an enrolment code.',
  },
  'no port': {
    sentence: 'Other programs use every port that your organisation allows for signing in.',
    next: 'Close other programs that wait for a sign-in, then try again. If it stays so, tell your administrator.',
  },
  'other sign-in': {
    sentence: 'The browser came back from another sign-in than this one.',
    next: 'Close the old pages in the browser, then try again.',
  },
};
