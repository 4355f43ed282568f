/**
 * Why there is no link, why a relay refuses one, or declines an entry.
 * A cause without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
import type { Decline, LinkRefusal } from '../wire/link.ts';
import type { Table } from './cure.ts';
import type { LinkLoss } from './facts.ts';
import { TRANSFER } from './transferCauses.ts';

/** Why there is no link to the relay. */
export const LOSS: Table<LinkLoss> = {
  'no network': {
    short: 'no network',
    sentence: TRANSFER['no network'].sentence,
    mend: 'retry',
  },
  'relay unreachable': {
    short: 'relay unreachable',
    sentence: TRANSFER['relay unreachable'].sentence,
    mend: 'retry',
  },
  'no answer': {
    short: 'relay does not answer',
    sentence:
      'The relay let this computer in, but did not answer what it was asked. Nothing is lost, and it is asked again by itself; if it lasts, tell your administrator.',
    mend: 'retry',
  },
  'another relay': {
    short: 'another relay answers',
    sentence:
      'What answers there is not the relay that this computer was enrolled with. Nothing of yours was sent to it; ask your administrator whether the relay was replaced. Work goes on here.',
    mend: 'ask',
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
  suspended: {
    short: 'the relay keeps this computer out for now',
    sentence:
      'The relay\u2019s administrator keeps this computer out for a time, three days at most. Work goes on here, and nothing is lost; ask your administrator.',
    mend: 'ask',
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
  'over-wide': {
    short: 'it asks for emergency access for too long',
    sentence:
      'Emergency access lasts 24 hours at the most, from now. Check this computer’s clock, and ask for a shorter time.',
    mend: 'ask',
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
  disposed: {
    short: 'the case was disposed of',
    sentence: 'Two people of your organisation have disposed of this case. Nothing more of it is kept anywhere.',
    mend: 'ask',
  },
  'not here': {
    short: 'the relay does not have it',
    sentence:
      'The relay does not hold what was asked for. It is asked again by itself; if it lasts, tell your administrator.',
    mend: 'retry',
  },
};
