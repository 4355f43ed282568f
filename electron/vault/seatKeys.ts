/**
 * The private halves of seats' keys that this vault keeps: those in boxes that colleagues' devices made for this one, and
 * keys that are made here: the first of a post that has none, the next of one that somebody left. Promises that a key is on
 * disk before the authority hears of it, and that a generation never gets a second one from here. Which key is the seat's, the directory says.
 */
import { createECDH } from 'node:crypto';
import type { DueKey, ProposeCause, SeatKeys } from '../../shared/ipc/vault.ts';
import { equalBytes } from '../../shared/primitives/bytes.ts';
import type { BoxKeys } from '../../shared/primitives/hpke.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import type { AreaId, SeatId } from '../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import type { Box } from '../../shared/seal/boxes.ts';
import { epochSubject, openBox, seatSubject } from '../../shared/seal/boxes.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import { proposeSeats } from '../../shared/wire/enrolClient.ts';
import type { OpenVault } from './vault.ts';

export interface SeatKeysPlace {
  readonly platform: Platform;
  readonly vault: OpenVault;
  /** The device's signing key. */
  readonly key: Key;
  readonly fetch: Fetch;
}

/** Generations of one seat's key that are looked for: one each time somebody leaves a post. */
const GENERATIONS = 256;

async function generationOf(platform: Platform, box: Box, seat: SeatId): Promise<number | null> {
  for (let generation = 1; generation <= GENERATIONS; generation++) {
    if ((await seatSubject(platform, seat, generation)) === box.subject) return generation;
  }
  return null;
}

/** `VaultCalls.openSeatBox`. */
export async function openSeatBox({ platform, vault }: SeatKeysPlace, box: Box, seat: SeatId): Promise<BoxKeys | null> {
  const { boxKeys, device } = vault.contents();
  if (box.to !== device) return null;
  const generation = await generationOf(platform, box, seat);
  const privateKey = generation === null ? null : await openBox(boxKeys, box);
  const publicKey = privateKey === null ? null : publicHalf(privateKey);
  if (generation === null || privateKey === null || publicKey === null) return null;
  const keys = { publicKey, privateKey };
  const kept = await vault.change((c) => ({ ...c, seatKeys: withSeatKeys(c.seatKeys, { seat, generation, keys }) }));
  if (!kept.ok) throw new Error(kept.cause);
  return keys;
}

/** `VaultCalls.openAreaBox`. Nothing but an area's key is opened by it. */
export async function openAreaBox(
  { platform, vault }: SeatKeysPlace,
  box: Box,
  area: AreaId,
  epoch: number,
): Promise<Uint8Array | null> {
  const { boxKeys, device } = vault.contents();
  const isForUs = box.to === device && box.subject === (await epochSubject(platform, area, epoch));
  return isForUs ? openBox(boxKeys, box) : null;
}

/** Null where the bytes are no private key of the curve. */
function publicHalf(privateKey: Uint8Array): Uint8Array | null {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(privateKey);
    return new Uint8Array(curve.getPublicKey());
  } catch {
    return null; // Node tells a number off the curve only by throwing
  }
}

/** Two keys for one generation can both stand: the directory says which is the seat's. */
function withSeatKeys(known: readonly SeatKeys[], more: SeatKeys): SeatKeys[] {
  const same = (k: SeatKeys): boolean =>
    k.seat === more.seat && k.generation === more.generation && equalBytes(k.keys.publicKey, more.keys.publicKey);
  return [...known.filter((k) => !same(k)), more];
}

/** `VaultCalls.proposeSeatKeys`. */
export async function proposeSeatKeys(
  { platform, vault, key, fetch }: SeatKeysPlace,
  seats: readonly DueKey[],
): Promise<Result<null, ProposeCause>> {
  const { relay, card, device, proposed: before } = vault.contents();
  const once = seats.filter((due, i) => seats.findIndex((other) => isFor(other, due)) === i);
  const without = once.filter((due) => !before.some((known) => isFor(known, due)));
  const made = await Promise.all(without.map(async (due) => ({ ...due, keys: await generateBoxKeys() })));
  const kept = await vault.change((c) => {
    const fresh = made.filter((one) => !c.proposed.some((known) => isFor(known, one)));
    return { ...c, proposed: [...c.proposed, ...fresh] };
  });
  if (!kept.ok) return kept;
  const asked = vault.contents().proposed.filter((known) => seats.some((due) => isFor(known, due)));
  return proposeSeats(
    { relay, cardText: card, platform, fetch },
    key,
    device,
    asked.map(({ seat, generation, keys }) => ({ seat, generation, publicKey: keys.publicKey })),
  );
}

const isFor = (known: DueKey, due: DueKey): boolean => known.seat === due.seat && known.generation === due.generation;

/** `VaultCalls.settleSeatKeys`. */
export async function settleSeatKeys(
  { vault }: SeatKeysPlace,
  seat: SeatId,
  generation: number,
  publicKey: Uint8Array,
): Promise<BoxKeys | null> {
  const { proposed: asked, seatKeys } = vault.contents();
  const proposed = asked.find((one) => isFor(one, { seat, generation }));
  if (proposed === undefined) {
    // Settled already, for a worker that died before it heard the answer.
    const known = seatKeys.find((one) => isFor(one, { seat, generation }) && equalBytes(one.keys.publicKey, publicKey));
    return known?.keys ?? null;
  }
  const { keys } = proposed;
  const isTheSeats = equalBytes(keys.publicKey, publicKey);
  const kept = await vault.change((c) => ({
    ...c,
    proposed: c.proposed.filter((one) => !isFor(one, proposed)),
    seatKeys: isTheSeats ? withSeatKeys(c.seatKeys, { seat, generation, keys }) : c.seatKeys,
  }));
  if (!kept.ok) throw new Error(kept.cause);
  return isTheSeats ? keys : null;
}
