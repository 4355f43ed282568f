/**
 * One act at a time: whether it is under way, and the sentence that says what became of it when it failed. The sentence
 * stays until the next try; nothing is said in a toast.
 */
import { useCallback, useState } from 'react';
import type { ActCause } from '../../shared/ipc/worker.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { ACT_SENTENCES } from './sentences.ts';

interface Act {
  readonly busy: boolean;
  readonly wrong: string | null;
  /** Runs it; true when it was done. */
  readonly run: (act: () => Promise<Result<unknown, ActCause> | void>) => Promise<boolean>;
  readonly clear: () => void;
}

const LINE_LOST = 'Joinder was interrupted while doing this. Nothing that was saved is lost. Try again.';

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const run = useCallback(async (act: () => Promise<Result<unknown, ActCause> | void>): Promise<boolean> => {
    setBusy(true);
    setWrong(null);
    try {
      const outcome = await act();
      if (typeof outcome === 'object' && !outcome.ok) setWrong(ACT_SENTENCES[outcome.cause]);
      return typeof outcome !== 'object' || outcome.ok;
    } catch {
      // The only throw across the line: it closed, because the worker is being started again.
      setWrong(LINE_LOST);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, wrong, run, clear: () => setWrong(null) };
}
