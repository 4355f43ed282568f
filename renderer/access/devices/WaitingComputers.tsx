/** New computers that wait for this person's word: the digits to compare, and yes or no. */
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Trouble } from '../../ui/State.tsx';
import type { Waiting } from './useComputers.ts';
import { useAsking } from './useComputers.ts';

type One = Waiting['computers'][number];

export function WaitingComputers({ waiting }: { readonly waiting: Waiting }) {
  if (waiting.computers.length === 0) return null;
  return (
    <section className="part stack" aria-label="Waiting for your word">
      <h2>Waiting for your word</h2>
      {waiting.computers.map((one) => (
        <NewComputer key={one.code} one={one} />
      ))}
    </section>
  );
}

function NewComputer({ one }: { readonly one: One }) {
  const { busy, wrong, ask } = useAsking();
  const [said, setSaid] = useState<'yes' | 'no' | null>(null);
  const decide = async (isRight: boolean): Promise<void> => {
    const answer = await ask({ do: 'decide', code: one.code, digits: isRight ? one.digits : null });
    if (answer !== null) setSaid(isRight ? 'yes' : 'no');
  };
  return (
    <div className="stack tight" role="group" aria-label={`${one.name}, ${one.personName}`}>
      <p>
        <strong>{one.name}</strong> of {one.personName} asks to be let in. Does the new computer show these digits?
      </p>
      <p className="compared mono">{one.digits}</p>
      {wrong !== null && <Trouble sentence={wrong} />}
      {said === null ? (
        <div className="row">
          <Button kind="main" onPress={() => void decide(true)} busy={busy}>
            The digits are the same
          </Button>
          <Button kind="danger" onPress={() => void decide(false)} busy={busy}>
            Not the same, or not ours
          </Button>
        </div>
      ) : (
        <p role="status">{said === 'yes' ? 'It is being let in.' : 'It was refused, and its code serves no more.'}</p>
      )}
    </div>
  );
}
