/**
 * Why a bundle is not written onto a stick, and why what is on one is refused, in part or whole: each with a plain sentence.
 * Sentences never hold names, titles, paths or codes.
 */
import type { Cure, Table } from './cure.ts';

/** The bundle as a whole, or one of its parts, is not taken. */
export type StickRefusal =
  | 'no bundle'
  | 'newer version'
  | 'damaged'
  | 'unreadable'
  | 'not for you'
  | 'key on its way'
  | 'no partner'
  | 'directory'
  | 'not signed'
  | 'disk full'
  | 'unknown token';

export const STICK_REFUSED: Table<StickRefusal> = {
  'no bundle': {
    short: 'not a bundle of Joinder',
    sentence: 'This file is not a bundle that Joinder wrote onto a stick. Choose the file that ends in .stick.',
  },
  'newer version': {
    short: 'of a newer version',
    sentence: 'A newer version of Joinder wrote this. Update Joinder, then import it again.',
  },
  damaged: {
    short: 'damaged at its beginning',
    sentence:
      'The beginning of this file is damaged, so nothing in it can be trusted. Where the bundle has other parts, import those; else ask the sender to put it on a stick again.',
  },
  unreadable: {
    short: 'cannot be read',
    sentence: 'This file could not be read. See that the stick is plugged in, and choose it again.',
  },
  'not for you': {
    short: 'for another post',
    sentence: 'This bundle is sealed for a post that you do not hold. Give the stick to whom it is for.',
  },
  'key on its way': {
    short: 'your post\u2019s key is not here yet',
    sentence:
      'This bundle is for your post, and the key that opens it has not come to this computer. A colleague\u2019s computer sends it when both are on line; import it again then.',
  },
  'no partner': {
    short: 'from nobody that your organisation knows',
    sentence:
      'The organisation that wrote this is not a partner of yours. Nothing of it was taken. If it should be one, your administrator adds it.',
  },
  directory: {
    short: 'its directory is not the sender\u2019s',
    sentence:
      'What it says of the sender\u2019s people is not what their authority signed. Nothing of it was taken; tell your administrator.',
  },
  'not signed': {
    short: 'not signed by a computer of the sender',
    sentence:
      'No computer that the sender\u2019s organisation admits has signed this: it may have been locked out since. Nothing of it was taken.',
  },
  'disk full': {
    short: 'this disk is full',
    sentence: 'The disk of this computer is full. Free some space, then import it again; what has come stays.',
  },
  'unknown token': {
    short: 'not chosen any more',
    sentence: 'This file is no longer chosen. Choose it again.',
  },
};

/** What is missing of a file that is on a stick. */
export type StickLoss =
  | 'damaged'
  | 'cut off'
  | 'other part'
  | 'not on it'
  | 'no space here'
  | 'disk error'
  | 'another content';

export const STICK_LOST: Table<StickLoss> = {
  damaged: {
    short: 'damaged on the stick',
    sentence:
      'Part of it is damaged on the stick. What was whole is kept; the rest comes from another stick, or over the link.',
  },
  'cut off': {
    short: 'the stick ends before it',
    sentence:
      'The bundle ends before all of it, or the stick was pulled out. What was whole is kept; import it again, or ask for another stick.',
  },
  'other part': {
    short: 'it lies in another part',
    sentence: 'Some of it lies in another part of this bundle. Import that part as well.',
  },
  'not on it': {
    short: 'not on the stick',
    sentence: 'The stick does not hold it. It comes from another stick, or over the link.',
  },
  'no space here': {
    short: 'this disk is full',
    sentence: 'This computer has too little free space for it. Free some space, then import it again.',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence: 'This disk reported an error while it was written. Import it again; if it recurs, have the disk checked.',
  },
  'another content': {
    short: 'another content under a known number',
    sentence: 'This computer knows that version with another content. It was not taken; tell the sender.',
  },
};

/** Why an entry on a stick is not taken. The first that fits; what is not listed is told as not whole. */
export const ENTRY_REFUSED: Readonly<Record<string, Cure>> = {
  gap: {
    short: 'what came before it is missing',
    sentence:
      'It follows upon something that is neither on the stick nor here. It comes over the link, or from a newer stick.',
  },
  overtaken: {
    short: 'another stands in its place',
    sentence: 'The relay holds something else of the same computer in its place. What the relay holds counts.',
  },
  equivocation: {
    short: 'its computer wrote two in one place',
    sentence:
      'The computer that wrote it has signed another in its place: one of the two is false. Tell your administrator.',
  },
  'no right': {
    short: 'its writer may not send you this',
    sentence: 'Who wrote it may not send to your post any more, by all that is known here.',
  },
  'unknown device': {
    short: 'by a computer that nobody admitted',
    sentence: 'The sender\u2019s organisation does not know the computer that wrote it.',
  },
  'wrong area': {
    short: 'meant for another place',
    sentence: 'It belongs into another place than the post that this bundle is for.',
  },
  'cannot be opened': {
    short: 'cannot be opened here',
    sentence: 'No key that is here opens it, or what it holds is not what it says. It was put aside.',
  },
  'update needed': {
    short: 'of a newer version',
    sentence: 'A newer version of Joinder wrote it. Update Joinder, then import it again.',
  },
};
export const ENTRY_BROKEN: Cure = {
  short: 'not as it was signed',
  sentence: 'It is not as its writer signed it. It was not taken.',
};

export const PACKAGE_WITHDRAWN: Cure = {
  short: 'withdrawn by its sender',
  sentence: 'Its sender has withdrawn it since. None of its files was taken from the stick.',
};

/** Why no bundle was written. */
export type StickOutCause =
  | 'not found'
  | 'not posted'
  | 'withdrawn'
  | 'nobody there'
  | 'elsewhere'
  | 'missing here'
  | 'several posts'
  | 'too large'
  | 'nothing to say'
  | 'no space'
  | 'not permitted'
  | 'read-only'
  | 'place gone'
  | 'disk error'
  | 'cancelled'
  | 'locked'
  | 'unknown token';

export const STICK_NOT_WRITTEN: Table<StickOutCause> = {
  'not found': { short: 'not here', sentence: 'This package is no longer here. Go back and look at the list again.' },
  'not posted': {
    short: 'it waits',
    sentence:
      'This package waits for what was chosen at its release (a time, or its files being sealed). Try again when it has gone out.',
  },
  withdrawn: { short: 'withdrawn', sentence: 'This package was withdrawn. Nothing of it is put on a stick.' },
  'nobody there': {
    short: 'nobody can open it',
    sentence:
      'Nobody at that post can open a bundle yet: no computer there holds it. Ask them to enrol one, and go on line once.',
  },
  elsewhere: {
    short: 'on another computer',
    sentence:
      'Another computer released this, and you do not hold the post that it went out from, or may not release for it. Put it on a stick on a computer of that post.',
  },
  'missing here': {
    short: 'a file is not on this computer',
    sentence: 'Part of a file is not on this computer. Fetch it here first, or use the computer that added it.',
  },
  'several posts': {
    short: 'for several posts',
    sentence: 'One bundle is for one post. Choose packages for one post at a time.',
  },
  'too large': {
    short: 'too much for one bundle',
    sentence: 'This is too much for one bundle. Choose fewer packages.',
  },
  'nothing to say': {
    short: 'nothing to take back',
    sentence: 'This computer has nothing to say to that post yet: receipts are written once files have arrived.',
  },
  'no space': {
    short: 'the stick is full',
    sentence:
      'The stick has too little free space. Nothing was left on it; free some space or take a larger one, then try again.',
  },
  'not permitted': {
    short: 'you may not write there',
    sentence: 'You may not write to the place that you chose. Choose another.',
  },
  'read-only': {
    short: 'it can only be read',
    sentence: 'The place that you chose can only be read. Take off its write protection, or choose another.',
  },
  'place gone': {
    short: 'the stick is gone',
    sentence:
      'The place that you chose is not there any more: it may have been pulled out. What was begun there is no bundle. Plug it in and try again.',
  },
  'disk error': {
    short: 'the stick reported an error',
    sentence:
      'The stick reported an error or was pulled out. What was begun there is no bundle. Try again; if it recurs, take another.',
  },
  cancelled: { short: 'cancelled', sentence: 'Cancelled. Nothing was left on the stick.' },
  locked: { short: 'locked', sentence: 'Joinder is locked. Unlock it, then try again.' },
  'unknown token': { short: 'no place chosen', sentence: 'The place is no longer chosen. Choose it again.' },
};
