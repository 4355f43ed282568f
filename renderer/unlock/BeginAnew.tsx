/**
 * A computer whose passphrase is lost begins anew: what would be lost is said first, with how to keep it; then all that is here is
 * deleted, after a second question. Nothing that was not sent goes unless a person has ticked that it may.
 */
import { useState } from 'react';
import type { AnewCause, LeftHere } from '../../shared/ipc/preload.ts';
import { assertNever } from '../../shared/primitives/result.ts';
import { Ask } from '../ui/Ask.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Check.tsx';
import { Trouble } from '../ui/State.tsx';
import { desktop } from '../worker/desktop.ts';

const CAUSES: Record<AnewCause, string> = {
  'not sent': 'Something here was not sent. Look again, and tick that it may be lost.',
  'not locked': 'It was unlocked meanwhile, or your organisation has ended its access.',
  kept: 'Your organisation keeps what this computer holds until further notice. Ask your administrator.',
  'disk error': 'This computer’s disk could not be written. Restart the computer and try again.',
};

export function BeginAnew({ whose }: { readonly whose: string }) {
  const [left, setLeft] = useState<LeftHere | null>(null);
  const [looking, setLooking] = useState(false);
  const look = async (): Promise<void> => {
    setLooking(true);
    const found = await desktop().leftHere();
    setLooking(false);
    setLeft(found.ok ? found.value : null);
  };
  return (
    <div className="row">
      <Button small busy={looking} onPress={() => void look()}>
        Begin anew on this computer…
      </Button>
      {left !== null && (
        <Anew whose={whose} left={left} looking={looking} onLook={() => void look()} onClose={() => setLeft(null)} />
      )}
    </div>
  );
}

interface AnewProps {
  readonly whose: string;
  readonly left: LeftHere;
  readonly looking: boolean;
  readonly onLook: () => void;
  readonly onClose: () => void;
}

function Anew({ whose, left, looking, onLook, onClose }: AnewProps) {
  const [may, setMay] = useState(false);
  const [isSure, setSure] = useState(false);
  const loses = left.files || left.written === 'not sent' || left.written === 'unreadable';
  return (
    <Ask title="Begin anew on this computer" open onClose={onClose} urgent>
      {isSure ? (
        <Sure losing={loses && may} onBack={() => setSure(false)} />
      ) : (
        <>
          <p>
            All that is in Joinder on this computer ({whose}) is deleted, and it begins as a new computer with a new
            enrolment code. This cannot be undone: if the passphrase may come back to you, wait.
          </p>
          <p>What was sent is with your colleagues, and comes to the new computer from theirs.</p>
          <ul className="bullets" aria-label="What was not sent">
            <li>{writtenText(left)}</li>
            {left.files && (
              <li>
                Files are here. Which of them were sent cannot be told while it is locked: those that were not are lost.
              </li>
            )}
          </ul>
          {left.written === 'not sent' && (
            <p>
              To keep it, have this computer removed first: on another of yours under Access, Computers, or by a
              key-admin or administrator. Then connect it to the network and look again: it is brought to your
              colleagues, who find it under Access, Late work.
            </p>
          )}
          {loses && (
            <Check selected={may} onChange={setMay}>
              What was not sent may be lost for good
            </Check>
          )}
          <footer>
            <Button onPress={onClose}>Cancel</Button>
            {left.written === 'not sent' && (
              <Button busy={looking} onPress={onLook}>
                Look again
              </Button>
            )}
            <Button kind="danger" disabled={loses && !may} onPress={() => setSure(true)}>
              Delete and begin anew…
            </Button>
          </footer>
        </>
      )}
    </Ask>
  );
}

/** The second question. */
function Sure({ losing, onBack }: { readonly losing: boolean; readonly onBack: () => void }) {
  const [cause, setCause] = useState<AnewCause | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const done = await desktop().beginAnew(losing); // where it is done, the first screen comes in place of this one
    setBusy(false);
    if (!done.ok) setCause(done.cause);
  };
  return (
    <>
      <p>
        <strong>Delete everything of Joinder on this computer?</strong>
      </p>
      {losing && <p>With it goes, for good, what was written or added here and not sent.</p>}
      {cause !== null && <Trouble sentence="Nothing was begun anew." next={CAUSES[cause]} />}
      <footer>
        <Button onPress={onBack}>Back</Button>
        <Button kind="danger" busy={busy} onPress={() => void run()}>
          Delete for good
        </Button>
      </footer>
    </>
  );
}

function writtenText({ written, most }: LeftHere): string {
  switch (written) {
    case 'none':
      return 'All that was written here was sent.';
    case 'brought':
      return 'What was written here and not sent was brought to your colleagues now: a lead finds it under Access, Late work.';
    case 'not sent':
      return most === 1
        ? 'One entry that was written here may not have been sent, and would be lost.'
        : `Of what was written here, up to ${most} entries may not have been sent, and would be lost.`;
    case 'unreadable':
      return 'Whether all that was written here was sent cannot be read any more.';
    default:
      return assertNever(written);
  }
}
