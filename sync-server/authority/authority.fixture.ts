/** An authority in a folder of its own, with a clock that a test can set, and a laptop that asks it without a relay. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import type { PersonId, SeatId } from '../../shared/primitives/ids.ts';
import type { KeyPair, Platform } from '../../shared/primitives/platform.ts';
import { exportPublicKey, generateSigningKeys } from '../../shared/primitives/platform.ts';
import type { EnrolmentCode } from '../../shared/seal/devices/enrolment.ts';
import { openAnswer, proveDevice, readCode, sealAsk } from '../../shared/seal/devices/enrolment.ts';
import type { EnrolAnswer, EnrolAsk } from '../../shared/wire/http.ts';
import { enrolAnswer } from '../../shared/wire/http.ts';
import { nodePlatform } from '../common/node.ts';
import type { AskStatus } from './enrol/answer.ts';
import { answerAsk } from './enrol/answer.ts';
import type { Authority } from './authority.ts';
import { openAuthority } from './authority.ts';
import { issueCode } from './enrol/codes.ts';
import { makeKeys } from './keys.ts';

export const relayKey = new Uint8Array(65).fill(7);

export interface TestAuthority extends Authority {
  /** Adds to the clock. */
  pass(time: number): void;
  remove(): void;
}

/** What a call that has to succeed answers. */
export function value<T>(result: { ok: true; value: T } | { ok: false; cause: unknown }): T {
  if (!result.ok) throw new Error(String(result.cause));
  return result.value;
}

export async function makeAuthority(): Promise<TestAuthority> {
  const dir = mkdtempSync(path.join(tmpdir(), 'joinder-authority-'));
  let ahead = 0;
  const platform: Platform = { ...nodePlatform, now: () => Date.now() + ahead };
  await makeKeys(platform, dir, 'Fellshire Police');
  const authority = await openAuthority(platform, dir);
  if (!authority.ok) throw new Error(authority.cause);
  return {
    ...authority.value,
    pass: (time) => void (ahead += time),
    remove: () => {
      authority.value.store.close();
      rmSync(dir, { recursive: true });
    },
  };
}

export async function codeFor(authority: Authority, person: PersonId, days = 7): Promise<EnrolmentCode> {
  const issued = await issueCode(authority, person, days);
  if (!issued.ok) throw new Error(issued.cause);
  const code = await readCode(authority.platform, issued.value.code);
  if (!code.ok) throw new Error(code.cause);
  return code.value;
}

export interface Laptop {
  readonly signKeys: KeyPair;
  readonly signKey: Uint8Array;
  readonly boxKey: Uint8Array;
}

export async function makeLaptop(): Promise<Laptop> {
  const signKeys = await generateSigningKeys(nodePlatform);
  return {
    signKeys,
    signKey: await exportPublicKey(nodePlatform, signKeys.publicKey),
    boxKey: (await generateBoxKeys()).publicKey,
  };
}

export const freshKey = async (): Promise<Uint8Array> => (await generateBoxKeys()).publicKey;

export interface Told {
  readonly status: AskStatus;
  readonly answer: EnrolAnswer | null;
}

/** Asks as a laptop would; `change` may spoil the request. */
export async function tell(
  authority: Authority,
  code: EnrolmentCode,
  make: (replyKey: Uint8Array) => Promise<EnrolAsk> | EnrolAsk,
): Promise<Told> {
  const reply = await generateBoxKeys();
  const sealed = await sealAsk(authority.platform, authority.keys.card, code, await make(reply.publicKey));
  if (sealed === null) throw new Error('a code of another authority');
  const { status, sealed: back } = await answerAsk(authority, relayKey, code.name, sealed);
  if (back === null) return { status, answer: null };
  return { status, answer: enrolAnswer.parse(await openAnswer(authority.platform, reply, code, back)) };
}

export const look = (authority: Authority, code: EnrolmentCode): Promise<Told> =>
  tell(authority, code, (replyKey) => ({ do: 'look', replyKey, time: authority.platform.now() }));

export interface EnrolOptions {
  readonly seats?: readonly { readonly seat: SeatId; readonly publicKey: Uint8Array }[];
  /** Somebody else's keys, to sign the proof with. */
  readonly proveWith?: KeyPair;
  readonly off?: number;
}

export const enrol = (
  authority: Authority,
  code: EnrolmentCode,
  laptop: Laptop,
  { seats = [], proveWith = laptop.signKeys, off = 0 }: EnrolOptions = {},
): Promise<Told> =>
  tell(authority, code, async (replyKey) => ({
    do: 'enrol',
    replyKey,
    time: authority.platform.now() + off,
    device: {
      signKey: laptop.signKey,
      boxKey: laptop.boxKey,
      name: 'laptop',
      proof: await proveDevice(nodePlatform, proveWith.privateKey, code, replyKey),
    },
    seats: [...seats],
  }));
