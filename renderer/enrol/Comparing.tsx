/** While enrolling waits for somebody's word at another computer: the digits that both show. */
import { Button } from '../ui/Button.tsx';
import { desktop } from '../worker/desktop.ts';

export const Comparing = ({ digits }: { readonly digits: string }) => (
  <div className="stack">
    <h1>Compare these digits</h1>
    <p>
      The computer that gave you the code shows them too, under Access, Computers. When they are the same, confirm it
      there; this computer goes on by itself.
    </p>
    <p className="compared mono" role="status">
      {digits}
    </p>
    <p className="quiet">If they differ, somebody else is using your code: refuse it there.</p>
    <div className="row">
      <Button onPress={() => void desktop().stopEnrolling()}>Stop waiting</Button>
    </div>
  </div>
);
