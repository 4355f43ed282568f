/**
 * What went wrong, where, and what to do next: one sentence for each cause that a command can end with. Never repeats a
 * name, a key or a code.
 */
import { ROLES, SIDES } from '../../../shared/model/roles.ts';
import { assertNever } from '../../../shared/primitives/result.ts';
import type { AddressCause } from '../../../shared/wire/address.ts';
import type { ImportCause } from '../hr/hrImport.ts';
import { importSentence } from '../hr/hrSentences.ts';
import type { ActCause } from '../acts.ts';
import type { RulesCause } from '../rules.ts';
import { faultsSentence } from '../rules.ts';

export type CommandCause =
  | ActCause
  | AddressCause
  | 'already here'
  | 'no authority here'
  | 'keys damaged'
  | 'store is later'
  | 'already running'
  | 'too many codes'
  | 'port in use'
  | 'no card file'
  | 'no role'
  | 'not in'
  | 'no guest'
  | 'no sponsor'
  | 'too late'
  | 'no personnel file'
  | { readonly hr: ImportCause }
  | RulesCause;

export function sentence(cause: CommandCause): string {
  if (typeof cause === 'object') return 'hr' in cause ? importSentence(cause.hr) : faultsSentence(cause.faults);
  switch (cause) {
    case 'already here':
      return 'This data folder already holds an authority, and its keys were left as they are. Name another folder with --data.';
    case 'no authority here':
      return "This data folder holds no authority. Make one with 'init --name NAME', or name the right folder with --data.";
    case 'keys damaged':
      return 'The key file of this authority cannot be read. Restore authority.keys from a copy; nothing was changed.';
    case 'store is later':
      return 'A newer authority has kept its data here. Run that one, or a newer one; nothing was touched.';
    case 'already running':
      return 'An authority already serves from this data folder. Stop that one first; commands work while it runs.';
    case 'port in use':
      return 'Another program listens on that port. Choose another with --port, or leave it out for any free one.';
    case 'bad name':
      return 'A name or title must be one line of 1 to 200 characters. Type it again.';
    case 'unknown person':
      return "No person has that id or name. 'person list' shows who there is.";
    case 'several people':
      return "Several people have that name. Give the id, which 'person list' shows.";
    case 'unknown post':
      return "No post has that id or title. 'person list' shows the posts, 'post add' makes one.";
    case 'several posts':
      return "Several posts have that title. Give the id, which 'person list' shows, or the unit.";
    case 'unknown role':
      return `There is no such role. Roles are: ${ROLES.join(', ')}.`;
    case 'unknown side':
      return `There is no such side. Sides are: ${SIDES.join(', ')}.`;
    case 'unknown partner':
      return "No partner has that id or name. 'partner list' shows them, 'partner add' pins one.";
    case 'several partners':
      return "Several partners have that name. Give the id, which 'partner list' shows.";
    case 'no rules folder':
      return 'That folder cannot be read. Give with --dir the folder that holds rules.json.';
    case 'unknown baseline':
      return "No baseline has that id. 'baseline list' shows them.";
    case 'post from elsewhere':
      return 'This post comes from the personnel system, the identity provider or a baseline. End it there.';
    case 'personal grant':
      return 'A post with an owner needs a last day (--until), and somebody else as its owner.';
    case 'no leaver':
      return "Nothing is kept of a leaver of that name. 'leavers list' shows of whom it is.";
    case 'ended by hand':
      return "An administrator ended this person's access. Let them in again first: person let-in --person PERSON.";
    case 'not ended':
      return "No administrator ended this person's access. 'person record' shows what happened.";
    case 'no hold':
      return "There is no hold on this person. 'leavers list' shows the holds.";
    case 'not in':
      return 'This person is not in the organisation today, as personnel system, identity provider or an administrator say. Let them be entered there first; who was ended by hand comes back by person let-in.';
    case 'no guest':
      return "No guest has that id or name, or their access has ended. 'guest list' shows who there is.";
    case 'no sponsor':
      return 'Whoever answers for a guest is one of your own people and holds the post that is named.';
    case 'too late':
      return 'That day is over, or later than the policy lets a guest stay. Name a day up to it.';
    case 'no personnel file':
      return 'That file cannot be read. Give the path of a CSV file: hr import FILE.csv.';
    case 'no role':
      return 'Name at least one role with --role, or take all away with --none.';
    case 'unknown device':
      return "No device has that id. 'person list' shows the devices.";
    case 'no card file':
      return 'There is no such card file. Give the path of a file, or the card itself: it begins with joinder-card-1.';
    case 'bad card':
      return 'That is no card, or it was cut short. Ask the partner for the output of its card command.';
    case 'other fingerprint':
      return "That fingerprint is not that card's, so nothing was pinned. Compare again with the partner over the telephone: one of the two is wrong, or was changed on the way.";
    case 'own card':
      return 'That is the card of this authority itself. Ask the partner for its own.';
    case 'too many codes':
      return 'Too many enrolment codes are about. Wait until some have expired.';
    case 'wrong address':
      return 'That is no relay address. It looks like https://relay.example.';
    case 'insecure address':
      return 'http:// is taken on this computer only. Use https:// for a relay elsewhere.';
    default:
      return assertNever(cause);
  }
}
