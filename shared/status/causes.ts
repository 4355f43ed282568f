/**
 * The one table from every cause to a plain sentence: what is wrong, and what to do next, with the act that mends it where
 * there is one. A cause without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
import type { SkipWhy, TransferCause } from '../ipc/evidence.ts';
import type { EnrolCause, UnlockCause } from '../ipc/preload.ts';
import type { ActCause } from '../ipc/worker.ts';
import type { Decline, LinkRefusal } from '../wire/link.ts';
import type { Clock, WaitWhy } from './facts.ts';
import { formatTime } from './format.ts';
import type { Mend } from './words.ts';

export interface Cure {
  /** A few words, for after a colon. */
  readonly short: string;
  readonly sentence: string;
  readonly mend?: Mend;
}
type Table<C extends string> = Readonly<Record<C, Cure>>;

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
    short: 'metered link',
    sentence:
      'This link is metered and the package was released not to use one. It goes on by itself on another network.',
  },
  paused: {
    short: 'paused',
    sentence: 'This file was paused here. Resume it to go on where it left off.',
    mend: 'resume',
  },
};

export const REFUSAL: Table<LinkRefusal> = {
  version: {
    short: 'this application is too old or too new for the relay',
    sentence:
      'This version of Joinder and the relay do not understand each other. Update Joinder; until then you can go on working here, and nothing is lost.',
    mend: 'ask',
  },
  'unknown organisation': {
    short: 'the relay does not know your organisation',
    sentence: 'The relay does not know your organisation. Ask the relay\u2019s administrator to admit it.',
    mend: 'ask',
  },
  'unknown device': {
    short: 'the relay does not know this computer yet',
    sentence:
      'The relay does not know this computer yet. Your organisation\u2019s authority must be running once to make it known; it is tried again by itself.',
    mend: 'retry',
  },
  revoked: {
    short: 'this computer\u2019s access has ended',
    sentence:
      'Your organisation has ended this computer\u2019s access. What is on it can no longer be sent; ask your administrator.',
    mend: 'ask',
  },
  'bad signature': {
    short: 'the relay could not verify this computer',
    sentence:
      'The relay could not verify this computer\u2019s signature. Try again; if it recurs, ask your administrator whether this computer was enrolled again.',
    mend: 'retry',
  },
  clock: {
    short: 'this computer\u2019s clock is wrong',
    sentence:
      'This computer\u2019s clock differs from the relay\u2019s by too much. Set date and time, then try again.',
    mend: 'retry',
  },
  malformed: {
    short: 'the relay did not understand',
    sentence: 'The relay did not understand this computer. Update Joinder; if it recurs, tell your administrator.',
    mend: 'ask',
  },
  busy: {
    short: 'the relay is busy',
    sentence: 'The relay is busy. It is tried again by itself in a moment.',
    mend: 'retry',
  },
};

const OURS = 'It is kept on this computer; tell your administrator';
export const DECLINED: Table<Decline> = {
  malformed: {
    short: 'the relay could not read it',
    sentence: `The relay could not read an entry. ${OURS}.`,
    mend: 'ask',
  },
  'wrong area': {
    short: 'it belongs elsewhere',
    sentence: `An entry was offered to a place that it does not belong to. ${OURS}.`,
    mend: 'ask',
  },
  'unknown version': {
    short: 'the relay is older than this application',
    sentence:
      'The relay does not know this kind of entry yet. It is kept here and sent when the relay has been updated.',
    mend: 'ask',
  },
  'unknown device': {
    short: 'the relay does not know this computer yet',
    sentence:
      'The relay does not know this computer yet. It is kept here and sent when your organisation\u2019s authority has made it known.',
    mend: 'retry',
  },
  'bad signature': {
    short: 'its signature does not verify',
    sentence: `The relay could not verify an entry\u2019s signature. ${OURS}.`,
    mend: 'ask',
  },
  'no right': {
    short: 'you no longer may write there',
    sentence:
      'You may not write there, or no longer. What you wrote is kept on this computer; ask the lead of the case for access.',
    mend: 'ask',
  },
  'stale epoch': {
    short: 'the key was changed meanwhile',
    sentence: 'The key was changed while this computer was away. It is sealed again and sent by itself.',
    mend: 'retry',
  },
  'wrong seal': {
    short: 'it is sealed for other readers',
    sentence: `An entry is not sealed for those who read there. ${OURS}.`,
    mend: 'ask',
  },
  gap: {
    short: 'an earlier entry is missing',
    sentence: 'The relay lacks an earlier entry of this computer. It is sent again by itself.',
    mend: 'retry',
  },
  equivocation: {
    short: 'this computer said two things under one number',
    sentence:
      'Two entries of this computer bear the same number; a copied or restored profile does that. Stop using the copy, and ask your administrator.',
    mend: 'ask',
  },
  'update needed': {
    short: 'a newer version of Joinder is needed',
    sentence: 'Something there was made by a newer version. Update Joinder to go on; nothing is lost.',
    mend: 'ask',
  },
  'stale head': {
    short: 'access was changed by somebody else meanwhile',
    sentence:
      'Somebody else changed the access at the same time. Look at how it stands now, and do it again if it is still needed.',
    mend: 'retry',
  },
  'not a lead': {
    short: 'only a lead may do this',
    sentence: 'Only a lead may change the access. Ask a lead of the case.',
    mend: 'ask',
  },
  'not the owner': {
    short: 'only the owner may do this',
    sentence: 'Only the organisation that made the case may do this. Ask one of its leads.',
    mend: 'ask',
  },
  'wrong epoch': {
    short: 'the key change does not follow on',
    sentence: 'Another key change came first. It is done again by itself.',
    mend: 'retry',
  },
  'no lead left': {
    short: 'nobody could manage access afterwards',
    sentence: 'This would leave nobody who may manage the access. Name another lead first.',
  },
  'already succeeded': {
    short: 'it was already replaced',
    sentence: 'This place was already replaced by a new one. What you wrote is kept; put it in the new place.',
  },
  'already created': {
    short: 'it is already there',
    sentence: 'This place was already made. Nothing needs to be done.',
  },
  'not created': {
    short: 'the place is not at the relay yet',
    sentence: 'The relay does not hold this place yet. It is sent there first, by itself.',
    mend: 'retry',
  },
  'heads missing': {
    short: 'it rests on entries that the relay lacks',
    sentence: 'It rests on entries that the relay has not got yet. It goes by itself when they are there.',
    mend: 'retry',
  },
  'another history': {
    short: 'the relay has another history',
    sentence:
      'The relay no longer holds what it had shown this computer. Everything stays safe here; tell your administrator.',
    mend: 'ask',
  },
  quota: {
    short: 'over the quota for this post',
    sentence:
      'The receiving post has no room for more until it accepts what is waiting. Ask it to accept, or withdraw something.',
    mend: 'ask',
  },
  'storage full': {
    short: 'the relay is full',
    sentence: 'The relay has no room. Everything stays safe here; tell your administrator.',
    mend: 'ask',
  },
  'already collected': {
    short: 'it was already collected',
    sentence:
      'It was collected before it could be taken back. It stays there, marked as withdrawn; it cannot be un-seen.',
  },
  'not here': {
    short: 'the relay does not have it',
    sentence:
      'The relay does not hold what was asked for. It is asked again by itself; if it lasts, tell your administrator.',
    mend: 'retry',
  },
};

export const ENROL: Table<EnrolCause> = {
  'no network': {
    short: 'no network',
    sentence: 'This computer has no network. Connect it, then try again; the code stays good.',
    mend: 'retry',
  },
  'wrong address': {
    short: 'no relay at that address',
    sentence: 'No Joinder relay answers at that address. Check it against what your administrator gave you.',
  },
  'insecure address': {
    short: 'the address is not secure',
    sentence: 'The address must begin with https://. Ask your administrator for the right one.',
  },
  mistyped: {
    short: 'the code is mistyped',
    sentence:
      'The code is not complete or has a wrong character. Compare it with the one you were given, and type it again.',
  },
  'unknown code': {
    short: 'the code is not known',
    sentence:
      'Your organisation does not know this code. Check it, and the relay\u2019s address; or ask your administrator for a new one.',
  },
  'wrong secret': {
    short: 'the code is wrong',
    sentence: 'The second half of the code is wrong. Type it again with care: after five wrong tries it is void.',
  },
  used: {
    short: 'the code was already used',
    sentence:
      'This code was already used: each enrols one computer. Ask your administrator for a new one; if it was not you who used it, say so.',
    mend: 'ask',
  },
  expired: {
    short: 'the code has expired',
    sentence: 'This code has expired. Ask your administrator for a new one.',
    mend: 'ask',
  },
  void: {
    short: 'the code is void',
    sentence: 'This code is void after too many wrong tries. Ask your administrator for a new one.',
    mend: 'ask',
  },
  clock: {
    short: 'this computer\u2019s clock is wrong',
    sentence: 'This computer\u2019s clock is wrong. Set date and time, then try again; the code stays good.',
    mend: 'retry',
  },
  'authority away': {
    short: 'your organisation\u2019s authority is not running',
    sentence:
      'The relay answers, but your organisation\u2019s authority is not connected to it. Try again later; the code stays good.',
    mend: 'retry',
  },
  'not that authority': {
    short: 'the answer is not your organisation\u2019s',
    sentence:
      'The answer does not come from the authority that made this code: somebody may stand between. Do not go on; tell your administrator.',
    mend: 'ask',
  },
  malformed: {
    short: 'the answer could not be read',
    sentence: 'The answer could not be read. Update Joinder and try again; if it recurs, tell your administrator.',
    mend: 'retry',
  },
  'already enrolled': {
    short: 'this profile is already enrolled',
    sentence:
      'This profile is already enrolled for a person. Unlock it, or start Joinder with a new profile for another person.',
  },
  'disk full': {
    short: 'this disk is full',
    sentence:
      'This disk has too little free space to keep the keys safely. Free some space, then try again; the code stays good.',
    mend: 'free space',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence:
      'This disk reported an error while the keys were written. Try again; if it recurs, have the disk checked. The code stays good.',
    mend: 'retry',
  },
};

export const UNLOCK: Table<UnlockCause> = {
  'wrong passphrase': {
    short: 'wrong passphrase',
    sentence:
      'That is not the passphrase. Check Caps Lock and the keyboard layout, and type it again; nothing is lost.',
  },
  wait: {
    short: 'too many tries',
    sentence: 'Too many wrong tries. Wait until the time shown, then type it again; nothing is lost.',
  },
  damaged: {
    short: 'the key file is damaged',
    sentence:
      'The file that holds this profile\u2019s keys is damaged. Do not delete anything; ask your administrator.',
    mend: 'ask',
  },
  'disk full': {
    short: 'this disk is full',
    sentence: 'This disk has too little free space to open the profile safely. Free some space, then try again.',
    mend: 'free space',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence:
      'This disk reported an error while the profile was opened. Try again; if it recurs, do not delete anything and have the disk checked.',
    mend: 'retry',
  },
  'key store changed': {
    short: 'the system\u2019s key store has changed',
    sentence:
      'The operating system\u2019s key store no longer holds its part of this profile\u2019s keys: another account, or a reinstalled system. Sign in to the account it was made under; else ask your administrator.',
    mend: 'ask',
  },
};

export const ACT: Table<ActCause> = {
  offline: {
    short: 'no link to the relay',
    sentence: 'This needs a link to the relay. Try again when there is one.',
    mend: 'retry',
  },
  'not found': {
    short: 'it is not here',
    sentence: 'That is not on this computer, or no longer. Go back and look again.',
  },
  'not allowed': {
    short: 'you may not do this',
    sentence: 'Your post may not do this here. Ask the lead of the case.',
    mend: 'ask',
  },
  'already done': {
    short: 'it was already done',
    sentence: 'That was already done, perhaps by a colleague. Nothing needs to be done.',
  },
  'disk full': {
    short: 'this disk is full',
    sentence: 'It could not be saved: this disk is full. Free some space, then do it again.',
    mend: 'free space',
  },
  locked: { short: 'locked', sentence: 'Joinder is locked. Unlock it, then do it again.' },
  'not whole': {
    short: 'it is not whole yet',
    sentence: 'Not all of it has arrived yet. Wait until it is Ready to open; it arrives by itself.',
  },
  'too late': {
    short: 'too late',
    sentence:
      'It is too late for this: it has already been accepted, returned or withdrawn. Look at how it stands now.',
  },
  malformed: {
    short: 'something in it is not right',
    sentence:
      'Something in what you gave could not be used. Check each field, and do it again; nothing was saved of it.',
  },
  'nobody there': {
    short: 'nobody there can receive yet',
    sentence: 'That post has nobody who can receive. Choose another post, or ask the partner to fill it.',
    mend: 'ask',
  },
};

const GOES_ON = 'The other files go on';
export const SKIPPED: Table<SkipWhy> = {
  empty: {
    short: 'empty',
    sentence:
      'This file has no content (0 bytes). It is listed so that you can check the original; most often the copy went wrong.',
  },
  unreadable: {
    short: 'could not be read',
    sentence: `This file could not be read: you may lack the permission, or another program holds it. ${GOES_ON}; add it again when it can be read.`,
    mend: 'retry',
  },
  gone: {
    short: 'no longer there',
    sentence: `This file was gone before it was copied: the drive may have been pulled out. ${GOES_ON}; put the drive back and add it again.`,
    mend: 'retry',
  },
  'changed while read': {
    short: 'changed while it was copied',
    sentence: `This file changed while it was copied, so the copy was put aside. ${GOES_ON}; close what writes to it and add it again.`,
    mend: 'retry',
  },
  'path too long': {
    short: 'its path is too long',
    sentence: `This file\u2019s path is longer than 260 characters. ${GOES_ON}; move it to a folder with a shorter path and add it again.`,
  },
  'not a file': {
    short: 'not a file',
    sentence: `This is neither a file nor a folder (a link or a device), so it was left out. ${GOES_ON}; add the original instead.`,
  },
  'no space': {
    short: 'this disk is full',
    sentence: 'This disk has too little free space for the file. Free some space, then add it again.',
    mend: 'free space',
  },
  cancelled: {
    short: 'cancelled',
    sentence: 'Adding was cancelled before this file was copied. Add it again if you want it.',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence:
      'This disk reported an error while the file was written. Add it again; if it recurs, have the disk checked.',
    mend: 'retry',
  },
};

const WAITS: Readonly<Record<Exclude<WaitWhy['is'], 'until'>, string>> = {
  'no network': 'no network',
  'relay unreachable': 'the relay cannot be reached',
  'signed out': 'signed out',
  refused: 'the relay refuses the link',
  paused: 'paused',
  metered: 'metered link',
  sealing: 'waiting until every file is sealed',
  turn: 'other files go first',
  'no space at the relay': TRANSFER['no space at the relay'].short,
  quota: TRANSFER.quota.short,
  'missing here': TRANSFER['missing here'].short,
};

/** The reason after `Waiting to send: `. */
export const reasonToWait = (why: WaitWhy | undefined, clock: Clock): string => {
  if (why === undefined) return WAITS.turn;
  return why.is === 'until' ? `waiting until ${formatTime(why.at, clock)}` : WAITS[why.is];
};
