/**
 * What an enrolled device may ask of its authority (sealed, `shared/seal/devices/deviceAsk.ts`), the answers, and the asking itself
 * over the `fetch` that is handed in. Asked again, an act that was done changes nothing.
 */
import { z } from 'zod';
import { fromBase64Url } from '../primitives/bytes.ts';
import { generateBoxKeys } from '../primitives/hpke.ts';
import type { DeviceId } from '../primitives/ids.ts';
import type { Key, Platform } from '../primitives/platform.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import { decodeCard, orgIdOf } from '../seal/directory/card.ts';
import { DEVICE_ASK, openDeviceAnswer, sealDeviceAsk } from '../seal/devices/deviceAsk.ts';
import { authorityDigits } from '../seal/devices/enrolment.ts';
import { adminAct, adminAnswer, day } from './administer.ts';
import type { EnrolCause, Fetch } from './askAuthority.ts';
import { post } from './askAuthority.ts';
import { guestAct, guestAnswer } from './guests.ts';
import * as f from './fields.ts';

export const deviceAsk = z.discriminatedUnion('do', [
  /** May I work on? */
  z.object({ do: z.literal('lease') }),
  /** A code with which a new computer of this person comes, to wait for this asker's word. */
  z.object({ do: z.literal('code'), person: f.person }),
  /** Which computers wait for mine? */
  z.object({ do: z.literal('waiting') }),
  /** I have seen these digits on the new computer; null: it is not the right one, and the code is void. */
  z.object({ do: z.literal('decide'), code: z.string().max(8), digits: z.string().max(8).nullable() }),
  /** It was lost: it is shut out for good. */
  z.object({ do: z.literal('remove'), device: f.device }),
  z.object({ do: z.literal('name'), device: f.device, name: z.string().max(200) }),
  /** Which personal grants do I answer for, and until when do I hold my own posts? */
  z.object({ do: z.literal('personal') }),
  /** One of them goes on until that day; null: it ends now. */
  z.object({ do: z.literal('renew'), person: f.person, seat: f.seat, until: day.nullable() }),
  /** An act of an administrator; `id` is fresh for each. */
  z.object({ do: z.literal('administer'), id: z.string().regex(/^[0-9a-f]{32}$/), act: adminAct }),
  /** About a guest; `id` is fresh for each act. */
  z.object({ do: z.literal('guest'), id: z.string().regex(/^[0-9a-f]{32}$/), act: guestAct }),
]);
export type DeviceAskBody = z.infer<typeof deviceAsk>;

export const signedLease = z.object({ body: f.bytes(4096), signature: f.bytes(64) });

export const ownPosts = z.array(z.object({ seat: f.seat, until: day })).max(200);
export type OwnPosts = z.infer<typeof ownPosts>;

export const deviceAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('lease'), lease: signedLease }),
  z.object({ is: z.literal('code'), code: z.string().max(64), expires: f.count }),
  z.object({
    is: z.literal('waiting'),
    computers: z.array(
      z.object({
        code: z.string(),
        person: f.person,
        personName: z.string(),
        name: z.string(),
        digits: z.string(),
      }),
    ),
    isKeyAdmin: z.boolean(),
  }),
  z.object({
    is: z.literal('personal'),
    /** `asks`: why they are put before their owner now; null: they are not. */
    grants: z
      .array(z.object({ person: f.person, seat: f.seat, until: day, asks: z.enum(['ends', 'moved']).nullable() }))
      .max(1000),
    /** The asker's own posts that have a last day. */
    own: ownPosts.default([]),
  }),
  /** To who asks for a lease: this computer was shut out, for good; a guest's forgets its keys as well. */
  z.object({ is: z.literal('ended'), forgets: z.boolean() }),
  z.object({ is: z.literal('done') }),
  z.object({ is: z.literal('administered'), answer: adminAnswer }),
  z.object({ is: z.literal('guest'), answer: guestAnswer }),
  /** The ask was understood, and is refused. */
  z.object({ is: z.literal('declined'), cause: z.enum(['not known', 'not yours']) }),
]);
export type PersonalGrants = Extract<z.infer<typeof deviceAnswer>, { is: 'personal' }>['grants'];
export type DeviceAnswer = z.infer<typeof deviceAnswer>;

export interface AskingDevice {
  readonly relay: string;
  readonly cardText: string;
  readonly device: DeviceId;
  readonly signKey: Key;
  readonly platform: Platform;
  readonly fetch: Fetch;
}

/** Asks once. `malformed` is also what a device hears that the authority does not admit. */
export async function askAsDevice(at: AskingDevice, ask: DeviceAskBody): Promise<Result<DeviceAnswer, EnrolCause>> {
  const { platform, fetch, relay, device, signKey } = at;
  const card = decodeCard(at.cardText);
  if (!card.ok) return fail('not that authority');
  const org = await orgIdOf(platform, card.value.signKey);
  const reply = await generateBoxKeys();
  const asked = { org, device, time: platform.now(), replyKey: reply.publicKey, ask };
  const sealed = await sealDeviceAsk(platform, card.value, signKey, asked);
  const digits = await authorityDigits(platform, card.value);
  const said = await post(fetch, `${relay}/v1/authorities/${digits}/ask/${DEVICE_ASK}`, sealed);
  if (!said.ok) return said;
  const answer = deviceAnswer.safeParse(
    said.value === null ? null : await openDeviceAnswer(reply, bytesOf(said.value)),
  );
  return answer.success ? ok(answer.data) : fail('malformed');
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64Url(text);
  } catch {
    return new Uint8Array(); // opens as nothing
  }
}
