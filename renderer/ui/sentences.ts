/**
 * The one table from every cause an act can fail for to a sentence with the next step.
 */
import type { ActCause } from '../../shared/ipc/worker.ts';

export const ACT_SENTENCES: Record<ActCause, string> = {
  offline:
    'This needs a link, and there is none now. It can be done as soon as the status bar says that Joinder is on line.',
  'not found': 'This is no longer here: it may have been withdrawn or replaced. Go back and look at the list again.',
  'not kept':
    'None of the keys that are asked for were kept for you. Leave it open: another custodian may have them. Tell the person who asks.',
  'not allowed':
    'Your post does not allow this here. Ask the officer in the case, or a lead of the organisation that owns it.',
  'already done': 'This has already been done. The list shows it.',
  'disk full': 'The disk of this computer is full. Free some space, then try again; nothing saved before is lost.',
  'not permitted':
    'You may not write to the place that you chose. Choose a folder of your own, or ask whoever looks after that one.',
  'read-only': 'The place that you chose can only be read. Choose another, or take off its write protection.',
  'place gone':
    'The place that you chose is not there any more: it may have been moved, renamed or unplugged. Choose one again.',
  'disk error':
    'The disk that you chose reported an error. Try again; if it recurs, choose another and have it checked.',
  locked: 'Joinder is locked. Unlock it, then try again.',
  'not whole': 'Not every file is here yet. This can be done when each of them is delivered.',
  'too late': 'It is too late for this: it has been delivered or answered in the meantime.',
  'case closed': 'The case is closed, and can only be read. Reopen it first, under Retention and disposal.',
  held: 'A hold stands on this case: nothing of it may be disposed of until somebody lifts the hold.',
  'not reviewed': 'A retention review has to decide first, after the closing, that the case is disposed of.',
  sensitive:
    'One of these files belongs to material that is sensitive now. It is not released; leave it out, or ask who keeps the sensitive material.',
  malformed: 'Joinder could not read what was entered. Check each field and try again.',
  'line manager first':
    'The sharing agreement asks for the line manager’s approval first. Whoever asked can ask again, so that it goes to them.',
  'changed meanwhile': 'What this is about was changed in the meantime. Look at it again, then try again.',
  'no case file':
    'There is no Case file yet, in which the other organisation could read this. The first release makes it.',
  'too large': 'This is too much for one act. Make it smaller: shorten long descriptions, then try again.',
  denied:
    'The rules of this case deny that post: somebody who holds it is barred, lacks what the case asks for, or is of another unit. Who can see this says why.',
  'own request': 'Nobody decides their own request. Somebody else who holds the post that was asked does.',
  'too long': 'That day is over, or later than your organisation lets a guest stay at a time. Choose an earlier one.',
  'key away':
    'The key of this case was changed, and the next one has not reached this computer yet. Nothing was written; try again when the status bar says that Joinder is on line.',
  'access over': 'Their access has ended. Who is to come again is invited again, from the case.',
  'authority away':
    'Your organisation’s authority did not answer. Look in a moment whether it was done after all; if not, try again.',
  'nobody there': 'Nobody at that post can receive yet. You can still release: it goes as soon as somebody can.',
};
