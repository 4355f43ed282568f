/**
 * What this screen asks of the authority, and what became of it: the sentence of a refusal stays until the next try. Owns
 * looking again and again for computers that wait for this person's word, for as long as the screen is shown.
 */
import { useCallback, useEffect, useState } from 'react';
import type { ComputerAsk } from '../../../shared/ipc/computers.ts';
import type { DeviceAnswer } from '../../../shared/wire/deviceAsk.ts';
import { worker } from '../../worker/connection.ts';

export type Waiting = Extract<DeviceAnswer, { is: 'waiting' }>;

const LOOK_EVERY = 3000;
const AWAY =
  'Your organisation’s authority could not be asked. This needs the network; try again when this computer is on line.';
const DECLINED: Record<Extract<DeviceAnswer, { is: 'declined' }>['cause'], string> = {
  'not known': 'The authority did not do it: the person, computer or code is not there any more, or the digits differ.',
  'not yours': 'You may do this for your own computers. For somebody else’s, a key-admin of your organisation does it.',
};

interface Asking {
  readonly busy: boolean;
  readonly wrong: string | null;
  /** Null where it was not answered, or refused. */
  readonly ask: (what: ComputerAsk) => Promise<DeviceAnswer | null>;
}

export function useAsking(): Asking {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const ask = useCallback(async (what: ComputerAsk): Promise<DeviceAnswer | null> => {
    setBusy(true);
    setWrong(null);
    const answer = await asked(what);
    setBusy(false);
    if (answer === null) setWrong(AWAY);
    else if (answer.is === 'declined') setWrong(DECLINED[answer.cause]);
    return answer?.is === 'declined' ? null : answer;
  }, []);
  return { busy, wrong, ask };
}

async function asked(what: ComputerAsk): Promise<DeviceAnswer | null> {
  try {
    const answer = await worker().askAboutComputers(what);
    return answer.ok ? answer.value : null;
  } catch {
    return null; // the line closed, because the worker is being started again
  }
}

/** Computers that wait; null until the authority has answered once. */
export function useWaiting(): Waiting | null {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const answer = await asked({ do: 'waiting' });
      if (!isShown) return;
      if (answer?.is === 'waiting') setWaiting(answer);
      timer = setTimeout(() => void look(), LOOK_EVERY);
    };
    void look();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, []);
  return waiting;
}
