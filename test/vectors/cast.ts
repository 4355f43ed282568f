/**
 * The people, keys and ids that the vectors are made with: all fixed, derived from their names, so that another
 * implementation can repeat every step. Test keys only.
 */
import { createECDH, createHash, createPrivateKey } from 'node:crypto';
import { toBase64Url, toHex } from '../../shared/primitives/bytes.ts';
import type { BoxKeys } from '../../shared/primitives/hpke.ts';
import type { AreaId, PersonId, SeatId, StreamId } from '../../shared/primitives/ids.ts';
import type { KeyPair } from '../../shared/primitives/platform.ts';
import { importSigningKey, importVerifyKey } from '../../shared/primitives/platform.ts';
import type { Card } from '../../shared/seal/directory/card.ts';
import { deviceIdOf, orgIdOf } from '../../shared/seal/directory/card.ts';
import { emptyDirectory } from '../../shared/seal/directory/directory.ts';
import { emptyArea } from '../../shared/seal/area/admit.ts';
import type { Area, Org, Writer } from '../../shared/seal/fixture.ts';
import { platform, say } from '../../shared/seal/fixture.ts';

const digest = (name: string): Buffer => createHash('sha256').update(`joinder vector ${name}`).digest();
export const fixedBytes = (name: string): Uint8Array => new Uint8Array(digest(name));
export const fixedId = <T extends string>(name: string): T => toHex(fixedBytes(name).subarray(0, 16)) as T;

/** A P-256 pair whose private half is the digest of its name. */
export function fixedBoxKeys(name: string): BoxKeys {
  const privateKey = fixedBytes(name);
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(privateKey);
  return { privateKey, publicKey: new Uint8Array(pair.getPublicKey()) };
}

export async function fixedSigningKeys(name: string): Promise<KeyPair & { readonly raw: BoxKeys }> {
  const raw = fixedBoxKeys(name);
  const [x, y] = [raw.publicKey.subarray(1, 33), raw.publicKey.subarray(33)];
  const jwk = { kty: 'EC', crv: 'P-256', x: toBase64Url(x), y: toBase64Url(y), d: toBase64Url(raw.privateKey) };
  const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' });
  return {
    raw,
    publicKey: await importVerifyKey(platform, raw.publicKey),
    privateKey: await importSigningKey(platform, new Uint8Array(pkcs8)),
  };
}

export async function fixedOrg(name: string): Promise<Org> {
  const keys = await fixedSigningKeys(`${name} sign`);
  const boxKeys = fixedBoxKeys(`${name} box`);
  const card: Card = { name, signKey: keys.raw.publicKey, boxKey: boxKeys.publicKey };
  const org = await orgIdOf(platform, card.signKey);
  return { org, card, keys, boxKeys, statements: [], directory: emptyDirectory(org) };
}

/** Enrols a person with post, device and the first key of the post's seat. */
export async function fixedWriter(org: Org, name: string): Promise<Writer & { readonly seatKeys: BoxKeys }> {
  const keys = await fixedSigningKeys(`${name} sign`);
  const [boxKeys, seatKeys] = [fixedBoxKeys(`${name} box`), fixedBoxKeys(`${name} seat`)];
  const device = await deviceIdOf(platform, keys.raw.publicKey);
  const [person, seat] = [fixedId<PersonId>(`${name} person`), fixedId<SeatId>(`${name} post`)];
  await say(org, { is: 'post', seat, title: `Post of ${name}`, unit: 'Unit' });
  await say(org, { is: 'person', person, name });
  await say(org, { is: 'holds', person, seat });
  await say(org, {
    is: 'device',
    device,
    person,
    name: `${name}'s laptop`,
    signKey: keys.raw.publicKey,
    boxKey: boxKeys.publicKey,
  });
  await say(org, { is: 'seat', seat, generation: 1, publicKey: seatKeys.publicKey, madeBy: device });
  return { org, person, device, seat, keys, boxKeys, seatKeys, incarnation: 1, counter: 0, prev: null };
}

export function fixedArea(name: string, ...orgs: Org[]): Area {
  const area = fixedId<AreaId>(`${name} area`);
  return {
    area,
    stream: fixedId<StreamId>(`${name} stream`),
    streamKey: fixedBytes(`${name} stream key`),
    areaKey: fixedBytes(`${name} key 1`),
    epoch: 1,
    state: emptyArea(area),
    orgs,
  };
}

/** Hex for JSON. */
export const pairText = (keys: BoxKeys) => ({ privateKey: toHex(keys.privateKey), publicKey: toHex(keys.publicKey) });
export const orgText = (org: Org) => ({
  org: org.org,
  name: org.card.name,
  signKey: toHex(org.card.signKey),
  boxKey: toHex(org.card.boxKey),
  statements: org.statements.map((s) => ({ body: toHex(s.body), signature: toHex(s.signature) })),
  n: org.directory.n,
  head: org.directory.head,
});
