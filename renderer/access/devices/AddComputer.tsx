/**
 * A new computer: a code to type in there, and whose it is to be. A key-admin may do it for somebody else, who has lost theirs or
 * the passphrase. Once a computer has come it goes away by itself: the digits to compare stand on the screen behind it.
 */
import { useEffect, useState } from 'react';
import type { ComputersView } from '../../../shared/ipc/computers.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { whenText } from '../../ui/format.ts';
import { Trouble } from '../../ui/State.tsx';
import { useAsking } from './useComputers.ts';

interface AddComputerProps {
  readonly view: ComputersView;
  readonly isKeyAdmin: boolean;
  /** Those that wait for this person's word. */
  readonly waiting: readonly string[];
  readonly onClose: () => void;
}

export function AddComputer({ view, isKeyAdmin, waiting, onClose }: AddComputerProps) {
  const [person, setPerson] = useState<PersonId>(view.me);
  const [made, setMade] = useState<{ readonly code: string; readonly expires: number } | null>(null);
  const { busy, wrong, ask } = useAsking();
  const [before] = useState(waiting);
  const hasCome = made !== null && waiting.some((code) => !before.includes(code));
  useEffect(() => {
    if (hasCome) onClose();
  }, [hasCome, onClose]);
  const make = async (): Promise<void> => {
    const answer = await ask({ do: 'code', person });
    if (answer?.is === 'code') setMade(answer);
  };
  return (
    <Ask title="Add a computer" open wide={made !== null} onClose={onClose}>
      {made === null ? (
        <>
          <p>
            The new computer gets a code from here. It is let in once you have seen the same six digits on it and on
            this screen.
          </p>
          {isKeyAdmin && (
            <Choice
              label="Whose computer"
              options={view.people.map((one) => ({ value: one.person, text: one.name }))}
              value={person}
              onChange={setPerson}
            />
          )}
        </>
      ) : (
        <>
          <p>Start Joinder on the new computer, and type in there:</p>
          <dl className="facts">
            <dt>Relay address</dt>
            <dd className="mono">{view.relay}</dd>
            <dt>Enrolment code</dt>
            <dd className="mono">{made.code}</dd>
          </dl>
          <p className="quiet">
            Then choose a passphrase there. The code enrols one computer, until {whenText(made.expires)}. When it has
            come, this closes by itself, and its six digits stand under Waiting for your word.
          </p>
        </>
      )}
      {wrong !== null && <Trouble sentence={wrong} />}
      <footer>
        <Button onPress={onClose} busy={busy}>
          {made === null ? 'Cancel' : 'Close'}
        </Button>
        {made === null && (
          <Button kind="main" onPress={() => void make()} busy={busy}>
            {busy ? 'Asking for a code…' : 'Get a code'}
          </Button>
        )}
      </footer>
    </Ask>
  );
}
