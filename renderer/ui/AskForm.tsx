/**
 * A dialog that asks for one act: what is filled in, Cancel, and the act, which waits until nothing is lacking. It closes
 * once the act is done; where it was not, it says so, with what to do next, and keeps what was filled in.
 */
import type { FormEvent, ReactNode } from 'react';
import type { ActCause } from '../../shared/ipc/worker.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { Ask } from './Ask.tsx';
import { Button } from './Button.tsx';
import { Trouble } from './State.tsx';
import { useAct } from './useAct.ts';

interface AskFormProps {
  readonly title: string;
  /** The name of the button. */
  readonly act: string;
  /** What the button does; null while something is lacking. */
  readonly run: (() => Promise<Result<unknown, ActCause>>) | null;
  /** Said where it was not done. */
  readonly failed: string;
  readonly onClose: () => void;
  /** It was done; the dialog closes all the same. */
  readonly onDone?: () => void;
  readonly wide?: boolean;
  readonly urgent?: boolean;
  /** An answer, the very value, after which the dialog goes on: one step of several was done. */
  readonly staysOn?: Result<unknown, ActCause>;
  readonly children: ReactNode;
}

export function AskForm({ title, act, run, failed, onClose, onDone, wide, urgent, staysOn, children }: AskFormProps) {
  const doing = useAct();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (run === null || doing.busy) return;
    let goesOn = false;
    const step = async (): Promise<Result<unknown, ActCause>> => {
      const answer = await run();
      goesOn = staysOn !== undefined && answer === staysOn;
      return answer;
    };
    if (!(await doing.run(step)) || goesOn) return;
    onDone?.();
    onClose();
  };
  return (
    <Ask title={title} open onClose={onClose} wide={wide === true} urgent={urgent === true}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {children}
        {doing.wrong !== null && <Trouble sentence={failed} next={doing.wrong} />}
        <footer>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="main" type="submit" disabled={run === null} busy={doing.busy}>
            {act}
          </Button>
        </footer>
      </form>
    </Ask>
  );
}
