/** The sentences of alarms: what was found, and what to do next. */
import type { Alarm } from '../../../../shared/ipc/worker.ts';
import { DECLINED } from '../../../../shared/status/linkCauses.ts';
import type { Decline } from '../../../../shared/wire/link.ts';
import type { Lie } from '../../log/lies.ts';
import type { RefusedAt } from '../../log/news.ts';

type Said = Pick<Alarm, 'sentence' | 'next'>;

const KEPT = 'What is on this computer stays as it is, and you can go on working.';

export const LIES: Record<Lie, Said> = {
  fork: {
    sentence: 'The relay has shown two different histories of one case.',
    next: `Nothing more is taken from it or given to it for this case. ${KEPT} Tell your administrator: the proof is kept.`,
  },
  rollback: {
    sentence: 'The relay has gone back behind what it had already acknowledged.',
    next: `${KEPT} Tell your administrator; it goes on by itself when the relay holds everything again.`,
  },
  altered: {
    sentence: 'The relay has altered, left out or reordered what it forwards for one case.',
    next: `It was not taken. ${KEPT} It is asked again on the next link; tell your administrator.`,
  },
  unsigned: {
    sentence: 'The relay sent something without its own proof.',
    next: 'It was not taken. If this comes again, tell your administrator.',
  },
  withheld: {
    sentence: 'The relay no longer gives a case, or part of one, that it had given or announced.',
    next: `${KEPT} Ask the lead of the case whether your access has ended; if not, tell your administrator.`,
  },
  directory: {
    sentence: 'The relay refers to a directory that it does not give.',
    next: `What rests on it is not taken yet. ${KEPT} It is asked again on the next link; tell your administrator.`,
  },
};

export const OTHERS = {
  unsigned: {
    sentence: (org: string) => `The relay sent a directory of ${org} that its authority did not sign.`,
    next: 'It changes nothing here. Tell your administrator.',
  },
  'gone back': {
    sentence: (org: string) => `The relay has gone back behind a directory of ${org} that it had already given.`,
    next: `The newer one is kept here. Tell your administrator.`,
  },
  computerAdded: {
    sentence: (name: string) => `A computer was added for you: ${name}.`,
    next: 'It reads what you read. If it is not yours, remove it under Access, Computers and tell your administrator.',
  },
  lateWork: {
    sentence: (person: string) => `A computer of ${person} was shut out before everything of it was sent.`,
    next: 'What it had not sent waits under Access, Late work: adopt it, or decline it. After 30 days it is gone.',
  },
  storeReset: {
    sentence: 'This computer\u2019s case store was found empty and is being filled again.',
    next: 'Your unsent work comes back from the journal, the rest from the relay. Nothing needs to be done.',
  },
  diskFull: {
    sentence: 'This computer\u2019s disk is full: what is written now is not saved yet.',
    next: 'Free some space, and leave Joinder open: it is saved by itself then, and this goes away. What said Saved is safe.',
  },
  storeOlder: {
    sentence:
      'This computer\u2019s case store was found older than what was written here, and is being brought up to date.',
    next: 'Your unsent work comes back from the journal, the rest from the relay. Nothing needs to be done.',
  },
  relayRestored: {
    sentence: 'The relay was put back from a copy.',
    next: 'What it has lost is sent to it again from here, by itself. Nothing needs to be done; have this computer on line for a while.',
  },
  renewed: {
    sentence: 'This computer\u2019s profile was put back from an older copy.',
    next: 'It goes on under a new mark, and what was written here since is sent again. If you did not do this, somebody may have a copy of it: tell your administrator.',
  },
  keyWithheld: {
    sentence: 'Somebody changed the key of one case and gave this computer none.',
    next: 'What is written there since cannot be read here, and nothing can be written there. Ask the lead of the case; if nobody meant to end your access, tell your administrator.',
  },
  fault: {
    sentence: 'Something in one case could not be worked off: a fault in Joinder.',
    next: `${KEPT} It is tried again on the next link and after a restart; tell your administrator.`,
  },
} as const;

/** Of the relay's words on everything that it has accepted, in all cases together. */
export const RELAY_WORDS: Record<'forked' | 'gone back', Said> = {
  forked: {
    sentence: 'The relay has signed two histories that cannot both be.',
    next: `It shows people different things. ${KEPT} Tell your administrator: both words are kept, and an auditor saves them under Access, Audit.`,
  },
  'gone back': {
    sentence: 'The relay does not stand by a word that it had signed.',
    next: `${KEPT} Tell your administrator: the word is kept, and an auditor saves it under Access, Audit.`,
  },
};

export type RulesRefused = 'ill-formed' | 'ended';
/** Of rule data: whose, which edition is not taken, which judges in its place. */
export const RULES: Record<RulesRefused, (org: string, edition: string, kept: string) => Said> = {
  'ill-formed': (org, edition, kept) => ({
    sentence: `New rules of ${org} are not used: edition ${edition} is ill-formed.`,
    next: `Edition ${kept}, the last good one, still judges. What is wrong is shown under Rules; tell whoever publishes them.`,
  }),
  ended: (org, edition, kept) => ({
    sentence: `Rules of ${org} are no longer in force: edition ${edition} has ended.`,
    next: `Edition ${kept} judges again. Tell whoever publishes them.`,
  }),
};

/** What is wrong with an entry, after "because". */
const BECAUSE: Readonly<Record<string, string>> = {
  malformed: 'it cannot be read',
  'too large': 'it is larger than any editor writes',
  'foreign client': 'it writes under another computer\u2019s mark',
  overlap: 'it says a second thing in a place that is taken',
  'deletes unseen': 'it deletes what was not written yet',
  quarantined: 'reading it would have stopped the application',
  'not its author': 'it names another person as its author',
  'unknown device': 'its computer is not in the directory',
  'wrong key': 'its content does not open',
  commitment: 'its content is not what its writer signed',
  erased: 'its content is gone',
  'bad signature': 'its signature does not verify',
  'no right': 'its writer may not write there',
  'over-wide': 'it asks for emergency access for longer than is allowed',
  'stale epoch': 'it is sealed under a key that was replaced',
  'wrong seal': 'it is not sealed for those who read there',
  gap: 'an earlier one of the same computer is missing',
  equivocation: 'its computer had already written another in its place',
  'update needed': 'it needs a newer version of Joinder',
  'not theirs to say': 'it is not theirs to say',
  'another content': 'it speaks of other content than was sent',
  'not permitted': 'none of its writer\u2019s roles may do this',
  'own work': 'nobody may do this to their own work',
  barred: 'its writer is barred from this case',
  'altered after it was signed': 'it alters a statement after it was signed',
  'not at this stage': 'it cannot be done at this stage',
  'case closed': 'the case was closed',
  'case open': 'the case is not closed',
  held: 'a hold stands',
  'unknown package': 'it speaks of a package that is not known',
};
/** A cause may name the act after a colon, as the permission table calls it. */
function because(cause: string): string {
  const [why = '', act] = cause.split(': ');
  const said = BECAUSE[why] ?? why;
  return act === undefined ? said : `${said} (${act})`;
}

/** `more`: so many that the rest is not counted. */
export function refusedSentence(
  at: RefusedAt,
  cause: string,
  writer: string,
  count: number,
  more: boolean,
): Said & Pick<Alarm, 'serious'> {
  const entries = count === 1 ? 'An entry' : `${count}${more ? ' or more' : ''} entries`;
  if (at === 'declined') {
    const { short, sentence } = DECLINED[cause as Decline];
    return {
      serious: false,
      sentence: `${entries} of this computer did not get to the relay: ${short}.`,
      next: sentence,
    };
  }
  const were = count === 1 ? 'was' : 'were';
  return {
    // The relay reaches the same verdict before it orders an entry: one that comes all the same is its doing. So may be a
    // seal that does not open.
    serious: at === 'order' || cause === 'wrong key',
    sentence: `${entries} by ${writer} ${were} refused: ${because(cause)}.`,
    next:
      at === 'order'
        ? 'The relay should not have let this in. It is kept aside and changes nothing; tell your administrator.'
        : 'It is kept aside and changes nothing; work goes on. If it comes again, tell your administrator.',
  };
}
