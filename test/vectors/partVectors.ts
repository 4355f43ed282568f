/** Vectors of everything an entry stands on: CBOR, hashes, ids, boxes, directory, order, enrolment, presence, edits. */
import * as Y from 'yjs';
import { fromHex, toHex, utf8 } from '../../shared/primitives/bytes.ts';
import { encodeCbor } from '../../shared/primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, SeatId, StreamId } from '../../shared/primitives/ids.ts';
import { framed, hashOf, sign } from '../../shared/primitives/platform.ts';
import { commitToKey, sealLink } from '../../shared/seal/area/areaKey.ts';
import { epochSubject, hashBoxes, sealBox, seatSubject } from '../../shared/seal/boxes.ts';
import { encodeCard, fingerprint, keyHash } from '../../shared/seal/directory/card.ts';
import type { DirectoryState, SignedStatement, Statement } from '../../shared/seal/directory/directory.ts';
import { emptyDirectory, extendDirectory, signStatement } from '../../shared/seal/directory/directory.ts';
import { checkEdit, noEdits } from '../../shared/seal/entry/edit.ts';
import { makeCode, sealAnswer, sealAsk } from '../../shared/seal/devices/enrolment.ts';
import type { Org } from '../../shared/seal/fixture.ts';
import { NOON, flip, platform, say } from '../../shared/seal/fixture.ts';
import { signGeneration } from '../../shared/seal/area/generation.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import { extendOrder, hashAnchor, signTip } from '../../shared/seal/area/order.ts';
import { intakeOf, streamOf } from '../../shared/seal/area/places.ts';
import { sealPresence } from '../../shared/seal/presence.ts';
import {
  fixedBoxKeys,
  fixedBytes,
  fixedId,
  fixedOrg,
  fixedSigningKeys,
  fixedWriter,
  orgText,
  pairText,
} from './cast.ts';

const area = fixedId<AreaId>('parts area');
const stream = fixedId<StreamId>('parts stream');
const seat = fixedId<SeatId>('parts seat');

export async function primitiveVectors() {
  const frames = [['label'], ['label', ''], ['lab', 'el'], ['label', 'one', 'two'], ['label', 'onetwo']] as const;
  const org = await fixedOrg('Aldershire Police');
  return {
    about: 'framed() and the hash over it; derived ids; the labels in use; canonical CBOR that must be refused.',
    labels: LABEL,
    framed: await Promise.all(
      frames.map(async ([label, ...parts]) => ({
        label,
        parts: parts.map((p) => toHex(utf8(p))),
        bytes: toHex(framed(label, ...parts.map(utf8))),
        hash: await hashOf(platform, label, ...parts.map(utf8)),
      })),
    ),
    ids: {
      area,
      org: org.org,
      seat,
      signKey: toHex(org.card.signKey),
      intake: await intakeOf(platform, org.org, seat),
      streams: Object.fromEntries(
        await Promise.all(
          (['chain', 'events', 'record', 'summary'] as const).map(async (name) => [
            name,
            await streamOf(platform, area, name),
          ]),
        ),
      ),
    },
    card: {
      card: encodeCard(org.card),
      name: org.card.name,
      boxKey: toHex(org.card.boxKey),
      keyHash: toHex(await keyHash(platform, org.card)),
      fingerprint: await fingerprint(platform, org.card),
    },
    cbor: [
      '00',
      '1864',
      '3903e7',
      'f4',
      'f6',
      '40',
      '43010203',
      '64c3bcc3b1',
      '83010203',
      'a4616102626162046262620163616161f5',
      '1b001fffffffffffff',
    ],
    notCbor: {
      'a byte after it': '0101',
      'a longer form': '1801',
      'an indefinite list': '9f01ff',
      'an indefinite text': '7f6161ff',
      'a key twice': 'a2616101616102',
      'keys out of order': 'a2616201616102',
      'a number as key': 'a10102',
      'a tag': 'c101',
      undefined: 'f7',
      'not a number': 'f97e00',
      infinity: 'f97c00',
      'a double for an integer': 'fb3ff0000000000000',
      'no UTF-8': '61ff',
      'a byte order mark': '64efbbbf61',
      'cut short': '8201',
      nothing: '',
      'beyond 2^53': '1bffffffffffffffff',
    },
  };
}

export async function keyVectors() {
  const [reader, other] = [fixedBoxKeys('box reader'), fixedBoxKeys('box other')];
  const key = fixedBytes('boxed key');
  const subject = await epochSubject(platform, area, 1);
  const box = await sealBox(subject, seat, 1, reader.publicKey, key);
  const seatBox = await sealBox(
    await seatSubject(platform, seat, 2),
    fixedId<DeviceId>('box device'),
    1,
    other.publicKey,
    key,
  );
  const text = (b: typeof box) => ({ ...b, sealed: toHex(b.sealed) });
  const keys = [fixedBytes('key 1'), fixedBytes('key 2')] as const;
  return {
    about:
      'Boxes open with `reader` (the second with `other`) and give `key`; the bent ones open for nobody. commit: the commitment to an epoch key; link: the key before, under the key.',
    area,
    seat,
    reader: pairText(reader),
    other: pairText(other),
    key: toHex(key),
    subjects: { epoch1: subject, seat2: await seatSubject(platform, seat, 2) },
    boxes: [text(box), text(seatBox)],
    set: await hashBoxes(platform, [seatBox, box]),
    emptySet: await hashBoxes(platform, []),
    bent: {
      'another subject': { ...text(box), subject: await epochSubject(platform, area, 2) },
      'another reader': { ...text(box), to: fixedId('someone') },
      'another generation': { ...text(box), generation: 2 },
      'a bit of enc': { ...text(box), sealed: toHex(flip(box.sealed, 8 * 20)) },
      'a bit of the ciphertext': { ...text(box), sealed: toHex(flip(box.sealed, 8 * 70)) },
      'cut short': { ...text(box), sealed: toHex(box.sealed.subarray(0, -1)) },
    },
    epochKeys: keys.map(toHex),
    commit: await Promise.all(keys.map((k, i) => commitToKey(platform, area, i + 1, k))),
    link: toHex(await sealLink(platform, area, 2, keys[1], keys[0])),
  };
}

export async function directoryVectors() {
  const [org, other] = [await fixedOrg('Aldershire Police'), await fixedOrg('Prosecution Service')];
  const officer = await fixedWriter(org, 'officer');
  const more: Statement[] = [
    { is: 'partner', org: other.org, name: other.card.name, signKey: other.card.signKey, boxKey: other.card.boxKey },
    { is: 'seat', seat: officer.seat, generation: 2, publicKey: other.card.boxKey, madeBy: officer.device },
    { is: 'seat', seat: officer.seat, generation: 2, publicKey: org.card.boxKey, madeBy: officer.device },
    { is: 'leaves', person: officer.person, seat: officer.seat },
    { is: 'revoked', device: officer.device },
    { is: 'no partner', org: other.org },
  ];
  for (const statement of more) await say(org, statement);
  const refused = await refusedStatements(org, other, officer.device);
  return {
    about:
      'Statements of one authority, folded in order. Each of `refused` is refused after all of them. The second key for generation 2 is ignored: the first of a generation stands.',
    ...orgText(org),
    ends: summary(org.directory),
    refused,
  };
}

const summary = (state: DirectoryState) => ({
  posts: [...state.posts.keys()],
  people: [...state.people.keys()],
  devices: [...state.devices.keys()],
  known: [...state.known.keys()],
  seats: [...state.seats.values()].map((s) => [s.seat, s.generation, toHex(s.publicKey)]),
  partners: [...state.partners.keys()],
});

/** Signs any body as an authority would. */
export const by = async (
  keys: Org['keys'],
  parts: unknown,
  label: string = LABEL.directorySignature,
): Promise<SignedStatement> => {
  const body = encodeCbor(parts);
  return { body, signature: await sign(platform, keys.privateKey, label, body) };
};
const person = ['person', fixedBytes('x').subarray(0, 16), 'Name'];

async function refusedStatements(org: Org, other: Org, device: DeviceId) {
  const here = [
    fromHex(org.org),
    org.directory.n + 1,
    org.directory.head && fromHex(org.directory.head),
    NOON,
  ] as const;
  const good = await by(org.keys, [...here, person]);
  const state = { ...emptyDirectory(org.org), n: org.directory.n, head: org.directory.head };
  const all: Record<string, SignedStatement> = {
    "another authority's signature": await by(other.keys, [...here, person]),
    'another label': await by(org.keys, [...here, person], LABEL.card),
    'a bit of the body': { ...good, body: flip(good.body, 30) },
    'a bit of the signature': { ...good, signature: flip(good.signature, 30) },
    'another organisation': await by(org.keys, [fromHex(other.org), ...here.slice(1), person]),
    'a number left out': await by(org.keys, [here[0], here[1] + 1, here[2], NOON, person]),
    'a number used already': await by(org.keys, [here[0], 1, null, NOON, person]),
    'another head before it': await by(org.keys, [here[0], here[1], new Uint8Array(32), NOON, person]),
    'an item too many': await by(org.keys, [...here, person, 1]),
    'an item too many in the statement': await by(org.keys, [...here, [...person, 1]]),
    'of a later version': await by(org.keys, [...here, ['lease', 14]]),
    'a device whose id is not the hash of its key': await signStatement(platform, org.keys.privateKey, state, NOON, {
      is: 'device',
      device,
      person: fixedId('x'),
      name: 'laptop',
      signKey: other.card.signKey,
      boxKey: other.card.boxKey,
    }),
    'a seat key that is no point': await signStatement(platform, org.keys.privateKey, state, NOON, {
      is: 'seat',
      seat,
      generation: 1,
      publicKey: new Uint8Array(65).fill(4),
      madeBy: device,
    }),
  };
  return verdictsOn(org, all);
}

/** What is said of each after all that the organisation has said. */
export const verdictsOn = (org: Org, all: Readonly<Record<string, SignedStatement>>) =>
  Promise.all(
    Object.entries(all).map(async ([name, s]) => {
      const verdict = await extendDirectory(platform, org.keys.publicKey, org.directory, s);
      return { name, body: toHex(s.body), signature: toHex(s.signature), cause: verdict.ok ? 'ok' : verdict.cause };
    }),
  );

export async function orderVectors() {
  const relay = await fixedSigningKeys('relay');
  const anchor = { org: fixedId<never>('anchor org'), directory: await hashOf(platform, 'vector head') };
  const items: Hash[] = [
    await hashAnchor(platform, anchor),
    await hashOf(platform, 'vector one'),
    await hashOf(platform, 'vector two'),
  ];
  const places: { n: number; time: number; item: Hash; h: Hash }[] = [];
  for (const item of items) {
    const [n, time] = [places.length + 1, NOON + places.length];
    places.push({ n, time, item, h: await extendOrder(platform, places.at(-1)?.h ?? null, time, item) });
  }
  const last = places.at(-1);
  if (!last) throw new Error('no places');
  const tip = await signTip(platform, relay.privateKey, { area, generation: 1, n: last.n, h: last.h, time: last.time });
  const text = { ...tip, signature: toHex(tip.signature) };
  const swapped = await extendOrder(
    platform,
    await extendOrder(platform, null, NOON, items[1] as Hash),
    NOON + 1,
    items[0] as Hash,
  );
  const generation = await signGeneration(platform, relay.privateKey, {
    generation: 2,
    time: NOON,
    reason: 'restored',
  });
  return {
    about:
      'H_n over an anchor and two items; the signed tip of the last; bent tips that must not verify. swapped: H_2 with the first two items exchanged. generation: signed by the same relay.',
    relayKey: toHex(relay.raw.publicKey),
    area,
    anchor,
    places,
    tip: text,
    swapped,
    bent: {
      area: { ...text, area: fixedId('other') },
      generation: { ...text, generation: 2 },
      n: { ...text, n: 4 },
      h: { ...text, h: places[0]?.h },
      time: { ...text, time: NOON },
      signature: { ...text, signature: toHex(flip(tip.signature, 9)) },
      label: {
        ...text,
        signature: toHex(
          await sign(
            platform,
            relay.privateKey,
            LABEL.anchor,
            fromHex(area),
            encodeCbor([1, last.n, fromHex(last.h), last.time]),
          ),
        ),
      },
    },
    generation: {
      generation: 2,
      time: NOON,
      reason: 'restored',
      body: toHex(generation.body),
      signature: toHex(generation.signature),
    },
  };
}

export async function enrolmentVectors() {
  const org = await fixedOrg('Aldershire Police');
  const { text, code } = await makeCode(platform, org.card);
  const reply = fixedBoxKeys('reply');
  const ask = { do: 'look', replyKey: reply.publicKey, time: NOON };
  const sealed = await sealAsk(platform, org.card, code, ask);
  if (!sealed) throw new Error('not sealed');
  const answer = await sealAnswer(platform, reply.publicKey, code, { is: 'offer' });
  const wrong = { ...code, secret: '000000000000' };
  return {
    about:
      "A code as people see it and its parts; an ask that opens with the authority's key and the code, an answer that opens with the reply key and the code. `wrong`: the same with another secret.",
    signKey: toHex(org.card.signKey),
    authority: pairText(org.boxKeys),
    text,
    code,
    mistyped: [(text.startsWith('7') ? '8' : '7') + text.slice(1), text.slice(0, -1), `${text}0`],
    reply: pairText(reply),
    ask: toHex(encodeCbor(ask)),
    sealedAsk: toHex(sealed),
    answer: toHex(encodeCbor({ is: 'offer' })),
    sealedAnswer: toHex(answer),
    wrong: {
      code: wrong,
      sealedAsk: toHex((await sealAsk(platform, org.card, wrong, ask)) ?? new Uint8Array()),
      sealedAnswer: toHex(await sealAnswer(platform, reply.publicKey, wrong, { is: 'offer' })),
    },
  };
}

export async function presenceVectors() {
  const device = await fixedSigningKeys('presence device');
  const head = {
    area,
    stream,
    org: fixedId<never>('presence org'),
    device: fixedId<DeviceId>('presence device'),
    epoch: 1,
    counter: 4,
    time: NOON,
  };
  const areaKey = fixedBytes('presence key');
  const frame = await sealPresence(platform, areaKey, head, utf8('cursor'), (label, ...parts) =>
    sign(platform, device.privateKey, label, ...parts),
  );
  return {
    about: 'A presence frame: its head, the key that opens it, the device that signed it.',
    deviceKey: toHex(device.raw.publicKey),
    areaKey: toHex(areaKey),
    head,
    plain: toHex(utf8('cursor')),
    frame: toHex(frame),
  };
}

const docOf = (client: number): Y.Doc => Object.assign(new Y.Doc(), { clientID: client });
const editText = (edit: { device: DeviceId; client: number; update: Uint8Array }) => ({
  ...edit,
  update: toHex(edit.update),
});

/** Yjs updates, and what `checkEdit` says of each after the first two were taken. */
export function editVectors() {
  const [one, two] = ['1', '2'].map((n) => n.repeat(32) as DeviceId) as [DeviceId, DeviceId];
  const [a, b] = [docOf(1), docOf(2)];
  a.getText('summary').insert(0, 'The suspect denies it.');
  const first = Y.encodeStateAsUpdate(a);
  Y.applyUpdate(b, first);
  b.getText('summary').insert(4, 'second ');
  const second = Y.encodeStateAsUpdate(b, Y.encodeStateVector(a));
  const liar = docOf(1);
  liar.getText('summary').insert(0, 'The suspect admits it');
  const taken = [
    { device: one, client: 1, update: first },
    { device: two, client: 2, update: second },
  ];
  let known = noEdits;
  for (const edit of taken) {
    const next = checkEdit(known, edit.device, edit);
    if (!next.ok) throw new Error(next.cause);
    known = next.value;
  }
  const next: Record<string, { device: DeviceId; client: number; update: Uint8Array }> = {
    'deletes what is there': { device: two, client: 2, update: fromHex('00' + '01' + '01' + '01' + '0003') },
    'two contents for one clock': { device: one, client: 1, update: Y.encodeStateAsUpdate(liar) },
    "another device's client id": { device: two, client: 1, update: fromHex('0000') },
    "another client's structs": { device: two, client: 3, update: Y.encodeStateAsUpdate(liar) },
    'a gap in clocks': { device: one, client: 1, update: fromHex('0101' + '01' + '17' + '8401150178' + '00') },
    'after what is not there': { device: two, client: 3, update: fromHex('0101' + '03' + '00' + '8401200178' + '00') },
    'deletes what is not written': { device: two, client: 2, update: fromHex('00' + '01' + '01' + '01' + '1605') },
    'no length': { device: two, client: 3, update: fromHex('0101' + '03' + '00' + '0000' + '00') },
    'a byte after it': { device: two, client: 3, update: fromHex('000000') },
    'a length without end': {
      device: two,
      client: 3,
      update: fromHex('0101' + '03' + '00' + '00ffffffffffff07' + '00'),
    },
    V2: { device: two, client: 3, update: Y.convertUpdateFormatV1ToV2(Y.encodeStateAsUpdate(liar)) },
    'V2 that stands for 2^50 structs': {
      device: two,
      client: 3,
      update: fromHex('000001010000010001000000094180808080808080020180808080808080020000'),
    },
  };
  const judged = Object.entries(next).map(([name, edit]) => {
    const verdict = checkEdit(known, edit.device, edit);
    return { name, ...editText(edit), verdict: verdict.ok ? 'ok' : verdict.cause };
  });
  return {
    about:
      'Contents of edit entries of one stream. `taken` in order; then each of `judged`, every one after the same two.',
    taken: taken.map(editText),
    clocks: [...known.clock],
    judged,
  };
}
