/** What an administrator asks of the authority from here: one act at a time, with the sentence of a refusal until the next. */
import { useCallback, useState } from 'react';
import type { AdminAct, AdminAnswer, AdminCause } from '../../../shared/wire/administer.ts';
import { worker } from '../../worker/connection.ts';

const AWAY =
  'Your organisation’s authority could not be asked. This needs the network; try again when this computer is on line.';

const DECLINED: Record<AdminCause, string> = {
  'not yours': 'Only who holds a post with the role administrator does this.',
  'own access': 'Nobody changes their own access. Another administrator does it, or the authority’s command line.',
  'not known': 'The person or post is not there any more. Look at the list again.',
  'from elsewhere': 'Personnel, the identity provider or a baseline says so, and it has to be changed there.',
  'not in':
    'They are not in the organisation today: personnel, the identity provider or an administrator ended their access.',
  malformed: 'Something was not understood. Check names and dates, then try again.',
};

interface Admin {
  readonly busy: boolean;
  readonly wrong: string | null;
  /** Null where it was not answered, or refused. */
  readonly ask: (act: AdminAct) => Promise<AdminAnswer | null>;
}

export function useAdmin(): Admin {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const ask = useCallback(async (act: AdminAct): Promise<AdminAnswer | null> => {
    setBusy(true);
    setWrong(null);
    const outcome = await worker()
      .administer(act)
      .catch(() => null); // the line went: it is asked anew
    setBusy(false);
    if (outcome === null || !outcome.ok) {
      setWrong(AWAY);
      return null;
    }
    if (outcome.value.is !== 'declined') return outcome.value;
    setWrong(DECLINED[outcome.value.cause]);
    return null;
  }, []);
  return { busy, wrong, ask };
}
