/**
 * What has happened to a version, for one organisation. Each rank rests on a fact that is signed or durable; the highest
 * stands, so the word never falls, whatever the order in which facts arrive. What is here now, and what is going on, are
 * other words (here.ts, condition.ts).
 */
import type { ByteCount } from '../primitives/units.ts';
import { reasonToWait } from './transferCauses.ts';
import type { Clock, VersionFacts } from './facts.ts';
import { formatPercent } from './format.ts';
import type { Ranked, Word } from './words.ts';

export const SENDER_RANK = { kept: 0, waiting: 1, sending: 2, sent: 3, delivered: 4, opened: 5 } as const;
export const RECEIVER_RANK = { expected: 0, arriving: 1, ready: 2, openedByColleague: 3, openedByYou: 4 } as const;

/** How far a version is on its way here. */
export const arriving = (moved: ByteCount, size: ByteCount): Word => ({
  text: `Arriving ${formatPercent(moved, size)}`,
  tone: 'going',
});

const ranked = (rank: number, word: Word): Ranked => ({ rank, word });

function sender(facts: VersionFacts, clock: Clock): Ranked {
  const { org, opened, delivered, atRelay, released } = facts;
  if (opened)
    return ranked(SENDER_RANK.opened, {
      text: `Opened by ${opened.name}, ${opened.org}`,
      tone: 'good',
      at: opened.at,
      by: opened.name,
    });
  if (delivered)
    return ranked(SENDER_RANK.delivered, {
      text: `Delivered to ${delivered.org}`,
      tone: 'good',
      at: delivered.at,
      by: delivered.device,
    });
  if (atRelay)
    return ranked(SENDER_RANK.sent, { text: `Sent: ${org} has not collected it yet`, tone: 'going', at: atRelay.at });
  if (released && facts.moved > 0)
    return ranked(SENDER_RANK.sending, { text: `Sending ${formatPercent(facts.moved, facts.size)}`, tone: 'going' });
  if (released)
    return ranked(SENDER_RANK.waiting, {
      text: `Waiting to send: ${reasonToWait(facts.waits[0], clock, facts.transfer?.cause)}`,
      tone: 'going',
      at: released.at,
    });
  if (facts.sealed || facts.holder === null)
    return ranked(SENDER_RANK.kept, {
      text: 'On this computer',
      tone: 'quiet',
      ...(facts.sealed ? { at: facts.sealed.at } : {}),
    });
  return ranked(SENDER_RANK.kept, { text: `On another computer: ${facts.holder}`, tone: 'quiet' });
}

function receiver(facts: VersionFacts): Ranked {
  const { org, opened, delivered } = facts;
  if (opened?.mine)
    return ranked(RECEIVER_RANK.openedByYou, { text: 'Opened by you', tone: 'good', at: opened.at, by: opened.name });
  if (opened)
    return ranked(RECEIVER_RANK.openedByColleague, {
      text: `Opened by a colleague: ${opened.name}`,
      tone: 'good',
      at: opened.at,
      by: opened.name,
    });
  // A colleague's computer that holds it proves nothing about this one: only this device's own receipt makes it ready here.
  if (delivered?.here) {
    const { at, device: by } = delivered;
    // The rank stays; what was sent in error cannot be opened any more, destroyed already or about to be.
    const word: Pick<Word, 'text' | 'tone'> = facts.inError
      ? { text: 'Was delivered here', tone: 'quiet' }
      : { text: 'Ready to open', tone: 'good' };
    return ranked(RECEIVER_RANK.ready, { ...word, at, by });
  }
  if (facts.moved > 0 && facts.inError)
    return ranked(RECEIVER_RANK.arriving, {
      text: `Stopped at ${formatPercent(facts.moved, facts.size)}`,
      tone: 'quiet',
    });
  if (facts.moved > 0) return ranked(RECEIVER_RANK.arriving, arriving(facts.moved, facts.size));
  if (facts.inError) return ranked(RECEIVER_RANK.expected, { text: 'Never delivered here', tone: 'quiet' });
  return ranked(RECEIVER_RANK.expected, { text: `Expected from ${org}`, tone: 'quiet' });
}

/** The word for what has happened, with its rank. */
export const happened = (facts: VersionFacts, clock: Clock): Ranked =>
  facts.side === 'sender' ? sender(facts, clock) : receiver(facts);
