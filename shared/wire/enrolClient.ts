/**
 * The laptop's side of enrolment: asks who a code is for, then enrols this device. Promises that nothing is believed that
 * the code's authority did not say: its card is checked against the code, its answers open with the code's secret alone,
 * and the relay must be the one that the authority itself sees. `fetch` is handed in (with its own time limit).
 */
import { equalBytes, fromBase64Url } from '../primitives/bytes.ts';
import { generateBoxKeys } from '../primitives/hpke.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../primitives/ids.ts';
import type { Key, KeyPair, Platform } from '../primitives/platform.ts';
import { exportPublicKey, importVerifyKey } from '../primitives/platform.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import type { Card } from '../seal/directory/card.ts';
import { decodeCard, deviceIdOf, encodeCard, fingerprint, orgIdOf } from '../seal/directory/card.ts';
import { compareDigits } from '../seal/devices/comparing.ts';
import type { DirectoryState, SignedStatement } from '../seal/directory/directory.ts';
import { emptyDirectory, extendDirectoryBy } from '../seal/directory/directory.ts';
import type { EnrolmentCode } from '../seal/devices/enrolment.ts';
import { authorityDigits, openAnswer, proveDevice, readCode, sealAsk } from '../seal/devices/enrolment.ts';
import type { ProposedKey } from '../seal/devices/seatAsk.ts';
import { SEAT_ASK, sealSeatAsk } from '../seal/devices/seatAsk.ts';
import { readAddress } from './address.ts';
import type { EnrolCause, Fetch } from './askAuthority.ts';
import { get, post } from './askAuthority.ts';
import type { EnrolAnswer, EnrolAsk } from './http.ts';
import { authorityInfo, enrolAnswer, relayInfo } from './http.ts';

export type { EnrolCause, Fetch } from './askAuthority.ts';

export interface Asking {
  /** As typed. */
  readonly relay: string;
  readonly code: string;
  readonly platform: Platform;
  readonly fetch: Fetch;
  /** This computer holds keys of an attempt that was cut short: a code that is used may be its own, and `enrol` with those keys goes on. */
  readonly resuming?: boolean;
}

/** Where a code leads. `relay` is the address in its one form; `cardText` goes into the vault. */
interface Found {
  readonly relay: string;
  readonly relayKey: Uint8Array;
  readonly cardText: string;
  readonly org: OrgId;
}

export interface Offer extends Found {
  readonly fingerprint: string;
  readonly orgName: string;
  readonly person: PersonId;
  readonly personName: string;
  /** `hasKey` false: propose a fresh key pair for it when enrolling. */
  readonly posts: readonly {
    readonly seat: SeatId;
    readonly title: string;
    readonly unit: string;
    readonly hasKey: boolean;
  }[];
}

export interface NewDevice {
  readonly signKeys: KeyPair;
  /** 65 bytes. */
  readonly boxKey: Uint8Array;
  readonly name: string;
  /** Public halves of fresh keys for the posts that have none. Keep the private ones durably before asking. */
  readonly seats: readonly { readonly seat: SeatId; readonly publicKey: Uint8Array }[];
}

export interface Enrolled extends Found {
  readonly device: DeviceId;
  readonly person: PersonId;
  /** Posts whose key is the one proposed; keys proposed for others are to be thrown away. */
  readonly accepted: readonly SeatId[];
  /** The whole directory, verified, and the state it folds to. */
  readonly statements: readonly SignedStatement[];
  readonly directory: DirectoryState;
}

/** Who would I be? Changes nothing anywhere. */
export async function lookUp(asking: Asking): Promise<Result<Offer, EnrolCause>> {
  const way = await findWay(asking);
  if (!way.ok) return way;
  const answer = await ask(asking, way.value, (replyKey) =>
    Promise.resolve({ do: 'look', replyKey, time: asking.platform.now() }),
  );
  if (!answer.ok) return answer;
  if (answer.value.is !== 'offer' || answer.value.org !== way.value.found.org) return fail('malformed');
  const { orgName, person, personName, posts, used } = answer.value;
  if (used && asking.resuming !== true) return fail('used');
  const print = await fingerprint(asking.platform, way.value.card);
  return ok({ ...way.value.found, fingerprint: print, orgName, person, personName, posts });
}

/** Shows the digits, and waits a while: false: ask no more. */
export type Compare = (digits: string) => Promise<boolean>;

/** Enrols the device. Asked again with the same code, device and seats (the answer was lost, or could not hold the whole directory), the authority answers alike. */
export async function enrol(
  asking: Asking,
  device: NewDevice,
  compare: Compare = () => Promise.resolve(false),
): Promise<Result<Enrolled, EnrolCause>> {
  const { platform } = asking;
  const way = await findWay(asking);
  if (!way.ok) return way;
  const { code } = way.value;
  const signKey = await exportPublicKey(platform, device.signKeys.publicKey);
  const { name, boxKey, seats } = device;
  const statements: SignedStatement[] = [];
  for (;;) {
    const answer = await ask(asking, way.value, async (replyKey) => {
      const proof = await proveDevice(platform, device.signKeys.privateKey, code, replyKey);
      return {
        do: 'enrol',
        replyKey,
        time: platform.now(),
        device: { signKey, boxKey, name, proof },
        seats: [...seats],
        after: statements.length,
      };
    });
    if (!answer.ok) return answer;
    if (answer.value.is === 'waiting') {
      const digits = await compareDigits(platform, { code: code.name, nonce: answer.value.nonce, signKey, boxKey });
      if (await compare(digits)) continue;
      return fail('not approved');
    }
    if (answer.value.is !== 'enrolled' || answer.value.device !== (await deviceIdOf(platform, signKey)))
      return fail('malformed');
    statements.push(...answer.value.statements);
    if (statements.length >= answer.value.n)
      return checkEnrolled(platform, way.value, { ...answer.value, statements }, device);
    if (answer.value.statements.length === 0) return fail('malformed');
  }
}

/** A code read, the relay asked who it is, and the card that it shows: `sealAsk` checks it against the code. */
interface Way {
  readonly found: Found;
  readonly code: EnrolmentCode;
  readonly card: Card;
}

async function findWay(asking: Asking): Promise<Result<Way, EnrolCause>> {
  const { platform } = asking;
  const code = await readCode(platform, asking.code);
  if (!code.ok) return code;
  const relay = readAddress(asking.relay);
  if (!relay.ok) return relay;
  const about = await get(asking.fetch, `${relay.value}/v1/relay`);
  if (!about.ok) return about;
  const info = relayInfo.safeParse(about.value.body);
  const relayKey = info.success ? readBytes(info.data.relayKey) : null;
  if (about.value.status !== 200 || relayKey === null) return fail('wrong address');
  const shown = await get(asking.fetch, `${relay.value}/v1/authorities/${code.value.authority}`);
  if (!shown.ok) return shown;
  const text = authorityInfo.safeParse(shown.value.body);
  const card = text.success ? decodeCard(text.data.card) : fail('');
  if (shown.value.status !== 200 || !card.ok) return fail('not that authority');
  const org = await orgIdOf(platform, card.value.signKey);
  return ok({
    code: code.value,
    card: card.value,
    found: { relay: relay.value, relayKey, cardText: encodeCard(card.value), org },
  });
}

/** Asks sealed, opens the answer, and sees that both mean the same relay. */
async function ask(
  asking: Asking,
  { found, code, card }: Way,
  make: (replyKey: Uint8Array) => Promise<EnrolAsk>,
): Promise<Result<EnrolAnswer, EnrolCause>> {
  const { platform } = asking;
  const reply = await generateBoxKeys();
  const sealed = await sealAsk(platform, card, code, await make(reply.publicKey));
  if (sealed === null) return fail('not that authority');
  const url = `${found.relay}/v1/authorities/${code.authority}/ask/${code.name}`;
  const said = await post(asking.fetch, url, sealed);
  if (!said.ok) return said;
  const bytes = said.value === null ? null : readBytes(said.value);
  const opened = enrolAnswer.safeParse(bytes === null ? null : await openAnswer(platform, reply, code, bytes));
  if (!opened.success) return fail('malformed');
  return equalBytes(opened.data.relayKey, found.relayKey) ? ok(opened.data) : fail('wrong address');
}

async function checkEnrolled(
  platform: Platform,
  { found, card }: Way,
  answer: Extract<EnrolAnswer, { is: 'enrolled' }>,
  device: NewDevice,
): Promise<Result<Enrolled, EnrolCause>> {
  const key = await importVerifyKey(platform, card.signKey);
  const verified = await extendDirectoryBy(platform, key, emptyDirectory(found.org), answer.statements);
  if (!verified.ok) return fail('malformed');
  const directory = verified.value;
  const us = directory.devices.get(answer.device);
  if (us === undefined || !equalBytes(us.boxKey, device.boxKey)) return fail('malformed');
  const accepted = device.seats.filter(({ seat, publicKey }) => {
    const held = directory.seats.get(seat);
    return held !== undefined && equalBytes(held.publicKey, publicKey);
  });
  return ok({
    ...found,
    device: answer.device,
    person: us.person,
    accepted: accepted.map((s) => s.seat),
    statements: answer.statements,
    directory,
  });
}

/** How an enrolled device reaches its authority. */
export interface Enrolment {
  readonly relay: string;
  readonly cardText: string;
  readonly platform: Platform;
  readonly fetch: Fetch;
}

/**
 * Proposes first keys for posts that have none. What came of it is in the directory, which the relay pushes: keep the
 * private halves until it shows a key of each post, and throw away those that are not it.
 */
export async function proposeSeats(
  { relay, cardText, platform, fetch }: Enrolment,
  signKey: Key,
  device: DeviceId,
  seats: readonly ProposedKey[],
): Promise<Result<null, EnrolCause>> {
  const card = decodeCard(cardText);
  if (!card.ok) return fail('not that authority');
  const org = await orgIdOf(platform, card.value.signKey);
  const sealed = await sealSeatAsk(platform, card.value, signKey, { org, device, time: platform.now(), seats });
  const said = await post(
    fetch,
    `${relay}/v1/authorities/${await authorityDigits(platform, card.value)}/ask/${SEAT_ASK}`,
    sealed,
  );
  return said.ok ? ok(null) : said;
}

function readBytes(text: string): Uint8Array | null {
  try {
    return fromBase64Url(text);
  } catch {
    return null; // not base64url
  }
}
