/**
 * Answers what a laptop asks that this authority does not know: whether and how one signs in, and, of one that was shut out,
 * what becomes of its copies. What comes unreadable is answered nothing.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { openStrangerAsk, sealStrangerAnswer } from '../../../shared/seal/devices/strangerAsk.ts';
import type { StrangerAnswer, StrangerAsk } from '../../../shared/wire/stranger.ts';
import { strangerAsk } from '../../../shared/wire/stranger.ts';
import type { Authority } from '../authority.ts';
import { copiesOf } from '../devices/copies.ts';
import { areKeys } from './seats.ts';

const NO_SIGN_IN: StrangerAnswer = { is: 'declined', cause: 'no sign-in', day: null };

export async function answerStranger(
  authority: Authority,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, 'malformed' | 'clock'>> {
  const { platform, keys } = authority;
  const ask = strangerAsk.safeParse(await openStrangerAsk(keys.boxKeys, sealed));
  if (!ask.success || !(await areKeys(platform, [ask.data.replyKey]))) return fail('malformed');
  // A clock that is far off would make leases and times of a new computer wrong. One that is shut out may have any.
  if (ask.data.do !== 'copies' && Math.abs(ask.data.time - platform.now()) > DAY) return fail('clock');
  return ok(await sealStrangerAnswer(ask.data.replyKey, await answer(authority, ask.data)));
}

function answer(authority: Authority, ask: StrangerAsk): Promise<StrangerAnswer> {
  const { signIn } = authority;
  switch (ask.do) {
    case 'copies':
      return copiesOf(authority, ask.device, ask.done);
    case 'sign-in offer':
      return Promise.resolve(
        signIn === null
          ? NO_SIGN_IN
          : { is: 'sign-in offer', host: new URL(signIn.settings.issuer).host, ports: [...signIn.settings.ports] },
      );
    case 'begin sign-in':
      return signIn?.begin(ask.port, ask.challenge, ask.state) ?? Promise.resolve(NO_SIGN_IN);
    case 'finish sign-in':
      return signIn?.finish(ask.attempt, ask.query, ask.verifier) ?? Promise.resolve(NO_SIGN_IN);
    default:
      return assertNever(ask);
  }
}
