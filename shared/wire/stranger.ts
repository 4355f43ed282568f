/**
 * What a laptop asks of an authority that does not know it (sealed, `shared/seal/devices/strangerAsk.ts`): to sign in through the
 * organisation's identity provider, and what becomes of its copies once it was shut out. Answers, and the asking itself over the
 * `fetch` that is handed in. What signing in ends with is an enrolment code: everything after is enrolment.
 */
import { z } from 'zod';
import { fromBase64Url } from '../primitives/bytes.ts';
import { generateBoxKeys } from '../primitives/hpke.ts';
import type { Platform } from '../primitives/platform.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import type { Card } from '../seal/directory/card.ts';
import { decodeCard, encodeCard, fingerprint } from '../seal/directory/card.ts';
import { authorityDigits } from '../seal/devices/enrolment.ts';
import { readOrgCode } from '../seal/devices/orgCode.ts';
import { STRANGER_ASK, openStrangerAnswer, sealStrangerAsk } from '../seal/devices/strangerAsk.ts';
import { readAddress } from './address.ts';
import type { EnrolCause, Fetch } from './askAuthority.ts';
import { get, post } from './askAuthority.ts';
import * as f from './fields.ts';
import { authorityInfo, relayInfo } from './http.ts';

const key = z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length === 65, '65 bytes expected');
/** Random or hashed text of the protocol (RFC 7636, 4.1): a verifier, a challenge, a state. */
const token = z.string().regex(/^[A-Za-z0-9_-]{43,128}$/);
const attempt = z.string().regex(/^[0-9a-f]{32}$/);
const common = { replyKey: key, time: f.count };

export const strangerAsk = z.discriminatedUnion('do', [
  /** Can one sign in here? Changes nothing. */
  z.object({ do: z.literal('sign-in offer'), ...common }),
  /** I listen at this port of 127.0.0.1, and hold the verifier of this challenge. */
  z.object({
    do: z.literal('begin sign-in'),
    ...common,
    port: f.count.max(65_535),
    challenge: token,
    state: token,
  }),
  /** What the browser brought back. */
  z.object({
    do: z.literal('finish sign-in'),
    ...common,
    attempt,
    /** The query of the redirect, as it came. */
    query: z.string().max(8192),
    verifier: token,
  }),
  /** This computer was shut out: what becomes of its copies? `done`: they are deleted, by the order of that time. */
  z.object({ do: z.literal('copies'), ...common, device: f.device, done: f.count.nullable() }),
]);
export type StrangerAsk = z.infer<typeof strangerAsk>;

/** Why a sign-in is refused by the authority. */
export const SIGN_IN_REFUSALS = [
  /** This organisation has no sign-in. */
  'no sign-in',
  /** No such attempt, any more: it was finished, or took too long, or the authority was started anew. */
  'attempt over',
  /** The identity provider could not be reached by the authority. */
  'provider away',
  /** The identity provider took the code back: used, expired, another redirect or verifier. */
  'provider refused',
  /** What the provider said could not be verified. */
  'not verified',
  /** A valid sign-in of nobody whom the authority knows. */
  'not one of us',
  /** Known, and not in the organisation today; with `day`, it begins then. */
  'not in',
] as const;
export type SignInRefusal = (typeof SIGN_IN_REFUSALS)[number];

export const strangerAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('sign-in offer'), host: z.string(), ports: z.array(f.count).max(16) }),
  z.object({ is: z.literal('begun'), attempt, url: z.string().max(8192) }),
  /** An enrolment code, good for this sitting. */
  z.object({ is: z.literal('signed in'), code: z.string().max(64) }),
  z.object({ is: z.literal('declined'), cause: z.enum(SIGN_IN_REFUSALS), day: z.string().nullable() }),
  /** `day`: the first on which they are deleted; null: nothing says so. `isHeld`: until somebody ends a hold. */
  z.object({ is: z.literal('keep'), day: z.string().nullable(), isHeld: z.boolean() }),
  z.object({ is: z.literal('erase'), order: z.object({ body: f.bytes(4096), signature: f.bytes(64) }) }),
]);
export type StrangerAnswer = z.infer<typeof strangerAnswer>;

/** An authority as it was found behind a relay, checked against what the laptop knows of it. */
export interface FoundAuthority {
  readonly relay: string;
  readonly card: Card;
  readonly cardText: string;
  readonly fingerprint: string;
}

export interface Reach {
  readonly platform: Platform;
  readonly fetch: Fetch;
}

/** Finds the authority that an organisation's code vouches for. */
export async function findAuthority(
  { platform, fetch }: Reach,
  typedRelay: string,
  typedCode: string,
): Promise<Result<FoundAuthority, EnrolCause>> {
  const digits = await readOrgCode(platform, typedCode);
  if (!digits.ok) return digits;
  const relay = readAddress(typedRelay);
  if (!relay.ok) return relay;
  const about = await get(fetch, `${relay.value}/v1/relay`);
  if (!about.ok) return about;
  if (about.value.status !== 200 || !relayInfo.safeParse(about.value.body).success) return fail('wrong address');
  const shown = await get(fetch, `${relay.value}/v1/authorities/${digits.value}`);
  if (!shown.ok) return shown;
  const text = authorityInfo.safeParse(shown.value.body);
  const card = text.success ? decodeCard(text.data.card) : fail('');
  if (shown.value.status !== 200 || !card.ok) return fail('not that authority');
  if ((await authorityDigits(platform, card.value)) !== digits.value) return fail('not that authority');
  const print = await fingerprint(platform, card.value);
  return ok({ relay: relay.value, card: card.value, cardText: encodeCard(card.value), fingerprint: print });
}

type Body<T> = T extends StrangerAsk ? Omit<T, 'replyKey' | 'time'> : never;

/** Asks once. The card must be known to be the authority's. */
export async function askAsStranger(
  { platform, fetch }: Reach,
  { relay, card }: Pick<FoundAuthority, 'relay' | 'card'>,
  body: Body<StrangerAsk>,
): Promise<Result<StrangerAnswer, EnrolCause>> {
  const reply = await generateBoxKeys();
  const sealed = await sealStrangerAsk(card, { ...body, replyKey: reply.publicKey, time: platform.now() });
  const digits = await authorityDigits(platform, card);
  const said = await post(fetch, `${relay}/v1/authorities/${digits}/ask/${STRANGER_ASK}`, sealed);
  if (!said.ok) return said;
  const bytes = said.value === null ? null : bytesOf(said.value);
  const answer = strangerAnswer.safeParse(bytes === null ? null : await openStrangerAnswer(reply, bytes));
  return answer.success ? ok(answer.data) : fail('malformed');
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return fromBase64Url(text);
  } catch {
    return null; // not base64url
  }
}
