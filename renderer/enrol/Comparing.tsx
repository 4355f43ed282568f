/** While enrolling waits for somebody's word at another computer: the digits that both show. */
import { Button } from '../ui/Button.tsx';
import { desktop } from '../worker/desktop.ts';

interface Props {
  readonly digits: string;
  /** By a sign-in rather than a code: then somebody who may let computers in has to look. */
  readonly isSignedIn: boolean;
}

export const Comparing = ({ digits, isSignedIn }: Props) => (
  <div className="stack">
    <h1>Compare these digits</h1>
    <p>
      {isSignedIn
        ? 'A colleague who lets computers in, or you at another computer of yours, sees them too, under Access, Computers. Read them out to each other; when they are the same, they are confirmed there, and this computer goes on by itself.'
        : 'The computer that gave you the code shows them too, under Access, Computers. When they are the same, confirm it there; this computer goes on by itself.'}
    </p>
    <p className="compared mono" role="status">
      {digits}
    </p>
    <p className="quiet">
      {isSignedIn
        ? 'If they differ, this is not the computer that waits there: refuse it.'
        : 'If they differ, somebody else is using your code: refuse it there.'}
    </p>
    <div className="row">
      <Button onPress={() => void desktop().stopEnrolling()}>Stop waiting</Button>
    </div>
  </div>
);
