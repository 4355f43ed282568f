/**
 * Why a transfer stands still, why what was released does not go yet.
 * A cause without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
import type { TransferCause } from '../ipc/evidence.ts';
import type { Table } from './cure.ts';
import type { Clock, LinkLoss, WaitWhy } from './facts.ts';
import { formatTime } from './format.ts';

export const TRANSFER: Table<TransferCause> = {
  'no link': {
    short: 'no link to the relay',
    sentence: 'There is no link to the relay yet. It goes on by itself as soon as there is one.',
    mend: 'retry',
  },
  'no network': {
    short: 'no network',
    sentence: 'This computer has no network. It goes on by itself where it left off when there is one.',
    mend: 'retry',
  },
  'relay unreachable': {
    short: 'the relay cannot be reached',
    sentence:
      'The network is there, but the relay does not answer. It is tried again by itself; if it lasts, tell your administrator.',
    mend: 'retry',
  },
  refused: {
    short: 'the relay refused it',
    sentence: 'The relay refused this file. Nothing is lost; tell your administrator, and try again.',
    mend: 'ask',
  },
  'not there yet': {
    short: 'not at the relay yet',
    sentence: 'The sender has not sent all of this file yet. It arrives by itself when their computer is on line.',
  },
  withdrawn: {
    short: 'withdrawn by the sender',
    sentence: 'The sender withdrew this file before it arrived. Nothing more will come.',
  },
  'no space here': {
    short: 'this disk is full',
    sentence: 'This computer has too little free space for the file. Free some space; it goes on by itself.',
    mend: 'free space',
  },
  'no space at the relay': {
    short: 'the relay is full',
    sentence: 'The relay has no room for this file. It stays safe here; tell your administrator, and try again.',
    mend: 'ask',
  },
  quota: {
    short: 'over the quota for this post',
    sentence:
      'The receiving post has no room for more until it accepts what is waiting. Ask it to accept, or drop this file.',
    mend: 'ask',
  },
  'area quota': {
    short: 'over the quota for this part of the case; ask your administrator for more room',
    sentence:
      'Your organisation has no more room in this part of the case at the relay. It stays safe here; ask your administrator for more room. It goes on by itself then.',
    mend: 'ask',
  },
  'organisation quota': {
    short: 'over the quota for your organisation; ask your administrator for more room',
    sentence:
      'Your organisation has used all the room that it has at the relay. It stays safe here; ask your administrator for more room. It goes on by itself then.',
    mend: 'ask',
  },
  'does not verify': {
    short: 'the copy is damaged',
    sentence:
      'What arrived is not what was sent, so it was put aside. Fetch it again; if it recurs, ask the sender for the file again.',
    mend: 'fetch',
  },
  'missing here': {
    short: 'its content is not on this computer',
    sentence:
      'Part of this file is missing from this disk. Fetch it again, or drop it from the package and add it again from the original.',
    mend: 'drop',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence:
      'This disk reported an error while the file was read or written. It is tried again by itself; if it recurs, have the disk checked.',
    mend: 'retry',
  },
  busy: {
    short: 'the relay is busy',
    sentence: 'The relay is busy. It is tried again by itself in a moment.',
    mend: 'retry',
  },
  metered: {
    short: 'metered or slow link',
    sentence:
      'This link is metered or slow, and files wait for another: as chosen for this computer under Limits, or for this package. They go on by themselves on another link. Transfers has Go on this once for what waits by the limits.',
  },
  paused: {
    short: 'paused',
    sentence: 'This file was paused here. Resume it to go on where it left off.',
    mend: 'resume',
  },
};

/** Why there is no link. */
export const LOST: Readonly<Record<LinkLoss, string>> = {
  'no network': 'no network',
  'relay unreachable': 'the relay cannot be reached',
  'no answer': 'the relay does not answer',
  'another relay': 'another relay answers',
};

const WAITS: Readonly<Record<Exclude<WaitWhy['is'], 'until'>, string>> = {
  ...LOST,
  'signed out': 'signed out',
  refused: 'the relay refuses the link',
  paused: 'paused',
  metered: TRANSFER.metered.short,
  sealing: 'waiting until every file is sealed',
  turn: 'other files go first',
  taking: 'the relay has not taken the package yet',
  'no space at the relay': TRANSFER['no space at the relay'].short,
  quota: TRANSFER.quota.short,
  // Which limit it is; what to do stands beside it.
  'area quota': 'over the quota for this part of the case',
  'organisation quota': 'over the quota for your organisation',
  'missing here': TRANSFER['missing here'].short,
  stick: 'it is on a stick',
};

/** The reason after `Waiting to send: `. `beside`: the cause that a condition beside it tells, with what to do; then no other file is to blame. */
export const reasonToWait = (why: WaitWhy | undefined, clock: Clock, beside: TransferCause | null = null): string => {
  if (why === undefined || why.is === 'turn') return beside === null ? WAITS.turn : 'it cannot go now';
  if (why.is === 'metered' && beside === 'metered') return 'it cannot go now'; // why stands beside
  if (why.is === 'until') return `waiting until ${formatTime(why.at, clock)}`;
  return why.is === beside && NO_ROOM.has(beside) ? 'no room at the relay' : WAITS[why.is];
};
const NO_ROOM: ReadonlySet<TransferCause> = new Set([
  'quota',
  'area quota',
  'organisation quota',
  'no space at the relay',
]);
