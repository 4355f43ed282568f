/** Reads the frozen vectors of everything an entry stands on (test/vectors): what they say must hold for ever. */
import { describe, expect, it } from 'vitest';
import directory from '../../test/vectors/directory.json' with { type: 'json' };
import edits from '../../test/vectors/edits.json' with { type: 'json' };
import enrolment from '../../test/vectors/enrolment.json' with { type: 'json' };
import keys from '../../test/vectors/keys.json' with { type: 'json' };
import order from '../../test/vectors/order.json' with { type: 'json' };
import presence from '../../test/vectors/presence.json' with { type: 'json' };
import primitives from '../../test/vectors/primitives.json' with { type: 'json' };
import rules from '../../test/vectors/rules.json' with { type: 'json' };
import { fromHex, toHex, utf8 } from '../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../primitives/cbor.ts';
import { framed, hashOf, importVerifyKey } from '../primitives/platform.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../primitives/ids.ts';
import { commitToKey, openLink } from './area/areaKey.ts';
import { epochSubject, hashBoxes, openBox, seatSubject } from './boxes.ts';
import { decodeCard, encodeCard, fingerprint, keyHash, orgIdOf } from './directory/card.ts';
import { emptyDirectory, extendDirectory } from './directory/directory.ts';
import { checkEdit, noEdits } from './entry/edit.ts';
import { openAnswer, openAsk, readCode } from './devices/enrolment.ts';
import { NOON, platform } from './fixture.ts';
import { readGeneration } from './area/generation.ts';
import { LABEL } from './labels.ts';
import { extendOrder, hashAnchor, verifyTip } from './area/order.ts';
import { intakeOf, streamOf } from './area/places.ts';
import { openPresence, readPresenceHead } from './presence.ts';

const pair = (text: { privateKey: string; publicKey: string }) => ({
  privateKey: fromHex(text.privateKey),
  publicKey: fromHex(text.publicKey),
});

const box = (text: { subject: string; to: string; generation: number; sealed: string }) => ({
  subject: text.subject as Hash,
  to: text.to as SeatId,
  generation: text.generation,
  sealed: fromHex(text.sealed),
});
const signed = (s: { body: string; signature: string }) => ({ body: fromHex(s.body), signature: fromHex(s.signature) });
const tip = (t: { area: string; generation: number; n: number; h?: string; time: number; signature: string }) => ({
  ...t,
  area: t.area as AreaId,
  h: t.h as Hash,
  signature: fromHex(t.signature),
});
const edit = (e: { client: number; update: string }) => ({ client: e.client, update: fromHex(e.update) });

describe('primitives.json', () => {
  it('has every label, unchanged; new ones may come, each different', () => {
    expect(LABEL).toMatchObject(primitives.labels);
    expect(new Set(Object.values(LABEL)).size).toBe(Object.keys(LABEL).length);
  });
  it.each(primitives.framed)('frames and hashes $label $parts', async ({ label, parts, bytes, hash }) => {
    expect(toHex(framed(label, ...parts.map(fromHex)))).toBe(bytes);
    expect(await hashOf(platform, label, ...parts.map(fromHex))).toBe(hash);
  });
  it('derives ids', async () => {
    const { area, org, seat, signKey, intake, streams } = primitives.ids;
    expect(await orgIdOf(platform, fromHex(signKey))).toBe(org);
    expect(await intakeOf(platform, org as OrgId, seat as SeatId)).toBe(intake);
    for (const name of ['chain', 'events', 'record', 'summary'] as const)
      expect(await streamOf(platform, area as AreaId, name)).toBe(streams[name]);
  });
  it('reads and shows a card', async () => {
    const card = decodeCard(primitives.card.card);
    if (!card.ok) throw new Error(card.cause);
    expect([card.value.name, toHex(card.value.signKey), toHex(card.value.boxKey)]).toEqual([
      primitives.card.name,
      primitives.ids.signKey,
      primitives.card.boxKey,
    ]);
    expect(encodeCard(card.value)).toBe(primitives.card.card);
    expect(toHex(await keyHash(platform, card.value))).toBe(primitives.card.keyHash);
    expect(await fingerprint(platform, card.value)).toBe(primitives.card.fingerprint);
  });
  it.each(primitives.cbor)('takes %s', (hex) => expect(toHex(encodeCbor(decodeCbor(fromHex(hex))))).toBe(hex));
  it.each(Object.entries(primitives.notCbor))('refuses %s', (_, hex) =>
    expect(() => decodeCbor(fromHex(hex))).toThrow(),
  );
});

describe('keys.json', () => {
  const [first, second] = [box(keys.boxes[0] as never), box(keys.boxes[1] as never)];
  it('opens boxes', async () => {
    expect([first.subject, second.subject]).toEqual([
      await epochSubject(platform, keys.area as AreaId, 1),
      await seatSubject(platform, keys.seat as SeatId, 2),
    ]);
    expect(toHex((await openBox(pair(keys.reader), first)) ?? utf8('none'))).toBe(keys.key);
    expect(toHex((await openBox(pair(keys.other), second)) ?? utf8('none'))).toBe(keys.key);
    expect(await openBox(pair(keys.other), first)).toBeNull();
    expect([await hashBoxes(platform, [first, second]), await hashBoxes(platform, [])]).toEqual([
      keys.set,
      keys.emptySet,
    ]);
  });
  it.each(Object.entries(keys.bent))('opens no box with %s', async (_, bent) =>
    expect(await openBox(pair(keys.reader), box(bent))).toBeNull(),
  );
  it('commits to epoch keys and links them', async () => {
    const [before, key] = keys.epochKeys.map(fromHex) as [Uint8Array, Uint8Array];
    expect([
      await commitToKey(platform, keys.area as AreaId, 1, before),
      await commitToKey(platform, keys.area as AreaId, 2, key),
    ]).toEqual(keys.commit);
    expect(await openLink(platform, keys.area as AreaId, 2, key, fromHex(keys.link))).toEqual(before);
    expect(await openLink(platform, keys.area as AreaId, 3, key, fromHex(keys.link))).toBeNull();
  });
});

async function foldAll(of: Pick<typeof directory, 'signKey' | 'org' | 'statements'> = directory) {
  const key = await importVerifyKey(platform, fromHex(of.signKey));
  let state = emptyDirectory(of.org as OrgId);
  for (const statement of of.statements) {
    const next = await extendDirectory(platform, key, state, signed(statement));
    if (!next.ok) throw new Error(next.cause);
    state = next.value;
  }
  return { key, state };
}

describe('directory.json', () => {
  it('folds', async () => {
    const { state } = await foldAll();
    expect([state.n, state.head]).toEqual([directory.n, directory.head]);
    const seats = [...state.seats.values()].map((s) => [s.seat, s.generation, toHex(s.publicKey)]);
    const lists = {
      posts: state.posts,
      people: state.people,
      devices: state.devices,
      known: state.known,
      partners: state.partners,
    };
    expect({
      ...Object.fromEntries(Object.entries(lists).map(([name, map]) => [name, [...map.keys()]])),
      seats,
    }).toEqual(directory.ends);
  });
  it.each(directory.refused)('refuses $name: $cause', async ({ cause, ...statement }) => {
    const { key, state } = await foldAll();
    expect(await extendDirectory(platform, key, state, signed(statement))).toEqual({ ok: false, cause });
  });
});

describe('rules.json', () => {
  it('folds', async () => {
    const { state } = await foldAll(rules);
    expect([state.n, state.head]).toEqual([rules.n, rules.head]);
    expect([...state.roles]).toEqual(rules.ends.roles);
    expect([...state.sides]).toEqual(rules.ends.sides);
    expect(state.rules).toEqual(
      rules.ends.rules.map(({ bytes, ...said }) => ({ is: 'rules', ...said, bytes: fromHex(bytes), at: NOON })),
    );
  });
  it.each(rules.refused)('refuses $name: $cause', async ({ cause, ...statement }) => {
    const { key, state } = await foldAll(rules);
    expect(await extendDirectory(platform, key, state, signed(statement))).toEqual({ ok: false, cause });
  });
});

describe('order.json', () => {
  it('chains places, and its tip verifies', async () => {
    const key = await importVerifyKey(platform, fromHex(order.relayKey));
    expect(await hashAnchor(platform, order.anchor as never)).toBe(order.places[0]?.item);
    let h: Hash | null = null;
    for (const place of order.places) {
      h = await extendOrder(platform, h, place.time, place.item as Hash);
      expect(h).toBe(place.h);
    }
    expect(order.places[1]?.h).not.toBe(order.swapped);
    expect(await verifyTip(platform, key, tip(order.tip))).toBe(true);
    expect(order.tip.h).toBe(h);
    const { body, signature, ...said } = order.generation;
    expect(await readGeneration(platform, key, { body: fromHex(body), signature: fromHex(signature) })).toEqual({
      ok: true,
      value: said,
    });
    expect(
      (await readGeneration(platform, key, { body: fromHex(body), signature: fromHex(order.tip.signature) })).ok,
    ).toBe(false);
  });
  it.each(Object.entries(order.bent))('believes no tip with another %s', async (_, bent) => {
    expect(await verifyTip(platform, await importVerifyKey(platform, fromHex(order.relayKey)), tip(bent))).toBe(false);
  });
});

describe('enrolment.json', () => {
  const { code, wrong } = enrolment;
  it('reads the code, opens ask and answer', async () => {
    expect(await readCode(platform, enrolment.text)).toEqual({ ok: true, value: code });
    for (const typed of enrolment.mistyped) expect((await readCode(platform, typed)).ok).toBe(false);
    expect(
      toHex(encodeCbor(await openAsk(platform, pair(enrolment.authority), code, fromHex(enrolment.sealedAsk)))),
    ).toBe(enrolment.ask);
    expect(
      toHex(encodeCbor(await openAnswer(platform, pair(enrolment.reply), code, fromHex(enrolment.sealedAnswer)))),
    ).toBe(enrolment.answer);
  });
  it('opens nothing with another secret, or in the other direction', async () => {
    expect(await openAsk(platform, pair(enrolment.authority), code, fromHex(wrong.sealedAsk))).toBeNull();
    expect(await openAnswer(platform, pair(enrolment.reply), code, fromHex(wrong.sealedAnswer))).toBeNull();
    expect(await openAsk(platform, pair(enrolment.authority), wrong.code, fromHex(enrolment.sealedAsk))).toBeNull();
    expect(await openAnswer(platform, pair(enrolment.authority), code, fromHex(enrolment.sealedAsk))).toBeNull();
  });
});

describe('presence.json', () => {
  it('opens, bent by no bit', async () => {
    const [key, areaKey, frame] = [
      await importVerifyKey(platform, fromHex(presence.deviceKey)),
      fromHex(presence.areaKey),
      fromHex(presence.frame),
    ];
    expect(readPresenceHead(frame)).toEqual({ ok: true, value: presence.head });
    expect(await openPresence(platform, areaKey, key, frame)).toEqual({ ok: true, value: fromHex(presence.plain) });
    for (let at = 0; at < frame.length; at++) {
      const bent = new Uint8Array(frame);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect((await openPresence(platform, areaKey, key, bent)).ok).toBe(false);
    }
  });
});

describe('edits.json', () => {
  const taken = edits.taken.reduce((known, e) => {
    const next = checkEdit(known, e.device as DeviceId, edit(e));
    if (!next.ok) throw new Error(next.cause);
    return next.value;
  }, noEdits);
  it('takes honest updates', () => expect([...taken.clock]).toEqual(edits.clocks));
  it.each(edits.judged)('says $verdict of: $name', ({ device, verdict, ...e }) => {
    const next = checkEdit(taken, device as DeviceId, edit(e));
    expect(next.ok ? 'ok' : next.cause).toBe(verdict);
  });
});
