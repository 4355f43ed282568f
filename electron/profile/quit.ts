/**
 * The way out. Owns the question "something is not sent yet: quit all the same?", asked in a window; promises that what
 * was typed is in the journal before the application ends, and that a partner that died holds nobody up for long.
 */
import type { Unsent } from '../../shared/ipc/preload.ts';

export interface Quit {
  /** Somebody wants to leave: true where the application may end now; else it is asked, and ends later or stays. */
  mayGo(): boolean;
  anyway(): void;
  stay(): void;
  /** Ends without a question. */
  now(): void;
}

export interface QuitPlace {
  unsent(): Promise<Unsent | null>;
  /** Shows the question in a window; false: there is none to show it in. */
  ask(unsent: Unsent): boolean;
  /** Flushes and forgets keys. */
  close(): Promise<unknown>;
  /** Ends the process. */
  end(): void;
}

const isNothing = (unsent: Unsent): boolean =>
  unsent.files === 0 && unsent.edits === 0 && unsent.bytes === 0 && unsent.sentences.length === 0;

export function quitBy(at: QuitPlace): Quit {
  let step: 'staying' | 'asking' | 'closing' | 'gone' = 'staying';
  const close = async (): Promise<void> => {
    if (step === 'closing' || step === 'gone') return;
    step = 'closing';
    await at.close().catch(() => undefined); // what is in the journal is safe; the rest cannot be helped now
    step = 'gone';
    at.end();
  };
  const ask = async (): Promise<void> => {
    step = 'asking';
    const unsent = await at.unsent();
    if (step !== 'asking') return;
    if (unsent === null || isNothing(unsent) || !at.ask(unsent)) await close();
  };
  return {
    mayGo: () => {
      if (step === 'gone') return true;
      if (step !== 'closing') void ask();
      return false;
    },
    anyway: () => void close(),
    stay: () => {
      if (step === 'asking') step = 'staying';
    },
    now: () => void close(),
  };
}
