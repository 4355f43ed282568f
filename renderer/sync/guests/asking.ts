/** What is asked of the authority about guests, and its refusals as causes that a screen can say. */
import type { ActCause } from '../../../shared/ipc/worker.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { GuestAct, GuestAnswer, GuestCause } from '../../../shared/wire/guests.ts';
import type { Session } from '../session.ts';

const CAUSES: Record<GuestCause, ActCause> = {
  'not yours': 'not allowed',
  'not known': 'not found',
  'too long': 'too long',
  over: 'access over',
  malformed: 'malformed',
};

type Answered = Exclude<GuestAnswer, { is: 'declined' }>;

/** `id`: by which the authority knows an act again that was asked before and never answered. */
export async function askAuthority(
  { vault, platform }: Pick<Session, 'vault' | 'platform'>,
  act: GuestAct,
  id: string = newId<string>(platform),
): Promise<Result<Answered, ActCause>> {
  const said = await vault.askAuthority({ do: 'guest', id, act });
  if (!said.ok || said.value.is !== 'guest') return fail('authority away');
  const { answer } = said.value;
  return answer.is === 'declined' ? fail(CAUSES[answer.cause]) : ok(answer);
}
