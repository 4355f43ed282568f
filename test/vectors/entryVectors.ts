/**
 * Vectors of entries: one history of an area that is admitted step by step and opens, entries that are refused at a given
 * step, and entries that are admitted but whose content must not be believed.
 */
import { concat, fromHex, toHex, utf8 } from '../../shared/primitives/bytes.ts';
import { encodeCbor } from '../../shared/primitives/cbor.ts';
import type { AreaId, OrgId } from '../../shared/primitives/ids.ts';
import { encrypt, hashOf, sign } from '../../shared/primitives/platform.ts';
import { sealLink } from '../../shared/seal/area/areaKey.ts';
import type { Box } from '../../shared/seal/boxes.ts';
import { epochSubject, hashBoxes, sealBox } from '../../shared/seal/boxes.ts';
import type { ChainOp } from '../../shared/seal/area/chain.ts';
import type { Entry } from '../../shared/seal/entry/entry.ts';
import { commitTo, encodeEntry, sealContent, wrapStreamKey } from '../../shared/seal/entry/entry.ts';
import type { Area, Org, Twist, Writer } from '../../shared/seal/fixture.ts';
import {
  HASH_0,
  createOp,
  flip,
  grantTo,
  headerOf,
  keyChange,
  platform,
  streamSeal,
  tryAdmit,
  write,
  writeChain,
} from '../../shared/seal/fixture.ts';
import type { Header } from '../../shared/seal/entry/header.ts';
import { encodeHeader, hashHeader } from '../../shared/seal/entry/header.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import { fixedArea, fixedBytes, fixedId, fixedOrg, fixedWriter, orgText, pairText } from './cast.ts';

const boxText = (box: Box) => ({
  subject: box.subject,
  to: box.to,
  generation: box.generation,
  sealed: toHex(box.sealed),
});
const headerText = (header: Header) => ({ ...header, body: header.body && toHex(header.body) });

interface Step {
  readonly name: string;
  readonly entry: string;
  readonly hash: string;
  readonly header: unknown;
  readonly plain: string | null;
  readonly salt: string | null;
  readonly key: string | null;
  readonly boxes: readonly unknown[];
}
interface Cast {
  readonly force: Org;
  readonly service: Org;
  readonly lead: Writer;
  readonly clerk: Writer;
  readonly reader: Writer;
  readonly lawyer: Writer;
  readonly stranger: Writer;
}

/** Content with a fixed salt, so that the commitment can be computed again from what the vector holds. */
async function sealed(writer: Writer, area: Area, kind: string, words: string, twist: Twist = {}) {
  const [salt, plain] = [fixedBytes(`salt of ${words}`).subarray(0, 16), utf8(words)];
  const content = concat(salt, plain);
  const draft = await write(writer, area, kind, plain, { commit: await commitTo(platform, content), ...twist });
  const seal = twist.seal ?? (await streamSeal(area, await hashHeader(platform, draft.header), content));
  return { entry: { ...draft, seal }, plain: toHex(plain), salt: toHex(salt), content };
}

export async function entryVectors() {
  const [force, service] = [await fixedOrg('Aldershire Police'), await fixedOrg('Prosecution Service')];
  const writers = {
    lead: await fixedWriter(force, 'lead'),
    clerk: await fixedWriter(force, 'clerk'),
    reader: await fixedWriter(force, 'reader'),
    lawyer: await fixedWriter(service, 'lawyer'),
    stranger: await fixedWriter(force, 'stranger'),
  };
  const cast: Cast = { force, service, ...writers };
  const area = fixedArea('case file', force, service);
  const history: Step[] = [];
  const refused: { name: string; after: number; entry: string; cause: string }[] = [];
  const unopened: { name: string; entry: string; cause: string }[] = [];
  const take = async (name: string, writer: Writer, entry: Entry, more: Partial<Step> = {}) => {
    const verdict = await tryAdmit(area, writer, entry);
    if (verdict !== 'ok') throw new Error(`${name}: ${verdict}`);
    history.push({
      name,
      entry: toHex(encodeEntry(entry)),
      hash: await hashHeader(platform, entry.header),
      header: headerText(headerOf(entry)),
      plain: null,
      salt: null,
      key: null,
      boxes: [],
      ...more,
    });
  };
  const refuse = async (name: string, writer: Writer, entry: Entry | Uint8Array) => {
    const before = { ...area, state: area.state };
    const cause = entry instanceof Uint8Array ? 'malformed' : await tryAdmit(before, { ...writer }, entry);
    if (cause === 'ok') throw new Error(`${name}: admitted`);
    refused.push({
      name,
      after: history.length,
      entry: toHex(entry instanceof Uint8Array ? entry : encodeEntry(entry)),
      cause,
    });
  };
  const unopen = (name: string, entry: Entry, cause: string) =>
    unopened.push({ name, entry: toHex(encodeEntry(entry)), cause });

  await refuseBegin(cast, area, refuse);
  await writeHistory(cast, writers, area, take, refuse);
  await refuseBent(cast, area, refuse);
  await sealOtherwise(cast, area, unopen);
  return {
    about:
      'One area. `history` is admitted in order by shared/seal/area/admit.ts and opens; each of `refused` is refused after that many of the history; `unopened` have a good header under epoch 2 and content that is not believed.',
    authorities: [orgText(force), orgText(service)],
    keys: Object.fromEntries(
      Object.entries(writers).map(([name, w]) => [
        name,
        { device: w.device, seat: w.seat, seatKeys: pairText(w.seatKeys), boxKeys: pairText(w.boxKeys) },
      ]),
    ),
    area: {
      area: area.area,
      stream: area.stream,
      streamKey: toHex(area.streamKey),
      areaKeys: { 1: toHex(fixedBytes('case file key 1')), 2: toHex(fixedBytes('case file key 2')) },
    },
    history,
    refused,
    unopened,
  };
}

type Take = (name: string, writer: Writer, entry: Entry, more?: Partial<Step>) => Promise<void>;
type Refuse = (name: string, writer: Writer, entry: Entry | Uint8Array) => Promise<void>;

async function refuseBegin({ force, service, lead, lawyer, stranger }: Cast, area: Area, refuse: Refuse) {
  const make = async (name: string, writer: Writer, op: ChainOp, twist: Twist = {}) =>
    refuse(name, writer, await writeChain(writer, area, op, twist));
  await refuse('content before the area is made', lead, (await sealed(lead, area, 'event', 'too early')).entry);
  await make('made by one who holds no seat of it', stranger, await createOp(area, force.org, [grantTo(lead, 'lead')]));
  await make(
    "made in another organisation's name",
    lawyer,
    await createOp(area, force.org, [grantTo(lead, 'lead'), grantTo(lawyer, 'lead')]),
  );
  await make(
    'made without a lead of the owner',
    lead,
    await createOp(area, force.org, [grantTo(lead, 'contributor'), grantTo(lawyer, 'lead')]),
  );
  await make(
    'made with a seat twice, lead and then reader',
    lead,
    await createOp(area, force.org, [grantTo(lead, 'lead'), grantTo(lead, 'reader')]),
  );
  const op = await createOp(area, force.org, [grantTo(lead, 'lead')]);
  if (op.op === 'create') await make('made with epoch 2', lead, { ...op, key: { ...op.key, epoch: 2 } });
  await make('made on a head that is none', lead, op, { chain: HASH_0 });
  await make(
    'made for the partner by the partner, who holds no seat of the owner',
    lawyer,
    await createOp(area, service.org, [grantTo(lead, 'lead')]),
  );
}

async function writeHistory(
  { force, lead, clerk, reader, lawyer }: Cast,
  seats: Record<string, { readonly seatKeys: { publicKey: Uint8Array } } & Writer>,
  area: Area,
  take: Take,
  refuse: Refuse,
) {
  const keyTo = async (epoch: number, key: Uint8Array, names: readonly string[]) => {
    const subject = await epochSubject(platform, area.area, epoch);
    return Promise.all(
      names.flatMap((name) =>
        seats[name] ? [sealBox(subject, seats[name].seat, 1, seats[name].seatKeys.publicKey, key)] : [],
      ),
    );
  };
  const first = await keyTo(1, area.areaKey, ['lead', 'clerk', 'lawyer']);
  const create = await createOp(area, force.org, [
    grantTo(lead, 'lead'),
    grantTo(clerk, 'contributor'),
    grantTo(reader, 'reader'),
    grantTo(lawyer, 'lead'),
  ]);
  if (create.op !== 'create') throw new Error('no creation');
  const made: ChainOp = {
    ...create,
    key: { ...create.key, boxes: await hashBoxes(platform, first) },
    policy: await hashOf(platform, 'vector policy'),
    from: fixedId<AreaId>('working papers'),
  };
  await take('lead makes the area', lead, await writeChain(lead, area, made), {
    boxes: first.map(boxText),
    key: toHex(area.areaKey),
  });
  const edit = await sealed(clerk, area, 'edit', 'an update');
  await take('clerk edits', clerk, edit.entry, { plain: edit.plain, salt: edit.salt });
  const seen = {
    generation: 1,
    n: 4,
    h: await hashOf(platform, 'vector place'),
    heads: [await hashHeader(platform, edit.entry.header)],
  };
  const event = await sealed(lawyer, area, 'event', 'lawyer asks for the exhibit', { seen });
  await take('lawyer, who has seen the edit, appends an event', lawyer, event.entry, {
    plain: event.plain,
    salt: event.salt,
  });
  await takeBoxed('reader says it was opened', reader, 'receipt', ['lead', 'lawyer'], seats, area, take);
  await takeBoxed('clerk notes for the auditors', clerk, 'audit', ['lead'], seats, area, take);
  const later = await sealed(clerk, area, 'from a later version', 'unknown content', { more: { later: [1, 'two'] } });
  await take('clerk writes a kind of a later version', clerk, later.entry, { plain: later.plain, salt: later.salt });
  await refuseHere({ lead, clerk, reader, lawyer }, area, refuse);

  const [before, key] = [area.areaKey, fixedBytes('case file key 2')];
  const second = await keyTo(2, key, ['lead', 'clerk']);
  const change: ChainOp = {
    op: 'key',
    key: {
      ...(await keyChange(area, 2, key)),
      boxes: await hashBoxes(platform, second),
      link: await sealLink(platform, area.area, 2, key, before),
    },
  };
  await take('clerk changes the key', clerk, await writeChain(clerk, area, change), {
    boxes: second.map(boxText),
    key: toHex(key),
  });
  await refuse('sealed under the epoch before', lead, (await sealed(lead, area, 'event', 'late')).entry);
  Object.assign(area, { areaKey: key, epoch: 2 });
  const under2 = await sealed(lead, area, 'event', 'under the second key');
  await take('lead appends under epoch 2', lead, under2.entry, { plain: under2.plain, salt: under2.salt });
  await take(
    'clerk appended what was erased since',
    clerk,
    (await sealed(clerk, area, 'event', 'erased', { seal: { by: 'erased' } })).entry,
  );
  await take(
    "lead removes the lawyer's seat",
    lead,
    await writeChain(lead, area, { op: 'remove', seats: [lawyer.seat] }),
  );
  await refuse('appended after the seat was removed', lawyer, (await sealed(lawyer, area, 'event', 'too late')).entry);
  await take(
    'lead grants the lawyer again, as contributor',
    lead,
    await writeChain(lead, area, { op: 'grant', seats: [grantTo(lawyer, 'contributor')] }),
  );
  await take(
    'lead says by which area this one is succeeded',
    lead,
    await writeChain(lead, area, { op: 'succeed', by: fixedId<AreaId>('successor') }),
  );
  await refuse(
    'succeeded twice',
    lead,
    await writeChain(lead, area, { op: 'succeed', by: fixedId<AreaId>('another successor') }),
  );
  const anew = await sealed(clerk, area, 'event', 'after recovery', { incarnation: 2, counter: 1, prev: null });
  await take('clerk goes on under a new incarnation', clerk, anew.entry, { plain: anew.plain, salt: anew.salt });
  await refuse(
    'written by the incarnation before',
    clerk,
    (await sealed(clerk, area, 'event', 'old profile', { incarnation: 1 })).entry,
  );
}

async function takeBoxed(
  name: string,
  writer: Writer,
  kind: string,
  to: readonly string[],
  seats: Record<string, { readonly seatKeys: { publicKey: Uint8Array } } & Writer>,
  area: Area,
  take: Take,
) {
  const key = fixedBytes(`one-time key: ${name}`);
  const draft = await sealed(writer, area, kind, name);
  const hash = await hashHeader(platform, draft.entry.header);
  const boxes = await Promise.all(
    to.flatMap((reader) =>
      seats[reader] ? [sealBox(hash, seats[reader].seat, 1, seats[reader].seatKeys.publicKey, key)] : [],
    ),
  );
  const entry: Entry = {
    ...draft.entry,
    seal: { by: 'boxes', sealed: await sealContent(platform, key, hash, draft.content) },
  };
  await take(name, writer, entry, { plain: draft.plain, salt: draft.salt, key: toHex(key), boxes: boxes.map(boxText) });
}

/** Well signed, and against a rule. */
async function refuseHere(
  { lead, clerk, reader, lawyer }: Pick<Cast, 'lead' | 'clerk' | 'reader' | 'lawyer'>,
  area: Area,
  refuse: Refuse,
) {
  const event = async (name: string, writer: Writer, twist: Twist = {}, kind = 'event') =>
    refuse(name, writer, (await sealed(writer, area, kind, name, twist)).entry);
  const chain = async (name: string, writer: Writer, op: ChainOp | Uint8Array, twist: Twist = {}) =>
    refuse(name, writer, await writeChain(writer, area, op, twist));
  await event('another area', clerk, { area: fixedId<AreaId>('another area') });
  await event('version 2', clerk, { version: 2 });
  await event('suite 2', clerk, { suite: 2 });
  await event('organisation unknown', clerk, { org: fixedId<OrgId>('unknown org') });
  await event("signed by another than the header's device", clerk, { device: lead.device });
  await event("organisation and device in each other's place", clerk, {
    org: clerk.device as never,
    device: clerk.org.org as never,
  });
  await event('a counter left out', clerk, { counter: clerk.counter + 2 });
  await event('a counter used already', clerk, { counter: clerk.counter });
  await event('another entry before it than there was', clerk, { prev: HASH_0 });
  await event('an incarnation that does not begin at 1', clerk, { incarnation: 2 });
  await event('a reader edits', reader, {}, 'edit');
  await event('epoch 2 before there is one', clerk, {
    seal: { by: 'stream', epoch: 2, slot: new Uint8Array(60), sealed: new Uint8Array(44) },
  });
  await event('content not sealed', clerk, { seal: { by: 'none' } });
  await event('content clear in the header', clerk, { body: utf8('clear') });
  await event('an unknown kind that is critical', clerk, { critical: true }, 'from a later version');
  await chain('a chain entry of a later version', lead, encodeCbor(['freeze', 1]));
  await chain('a chain entry with an item too many', lead, encodeCbor(['remove', [fromHex(reader.seat)], 1]));
  await chain(
    'a chain entry whose commitment is not that of its body',
    lead,
    { op: 'remove', seats: [reader.seat] },
    { commit: HASH_0 },
  );
  await chain('a chain entry that is sealed', lead, { op: 'remove', seats: [reader.seat] }, { seal: { by: 'erased' } });
  await chain('a contributor grants', clerk, { op: 'grant', seats: [grantTo(reader, 'contributor')] });
  await chain('another head', lead, { op: 'remove', seats: [reader.seat] }, { chain: HASH_0 });
  await chain("the owner grants the partner's seat", lead, { op: 'grant', seats: [grantTo(lawyer, 'contributor')] });
  await chain("the partner takes the owner's seat by naming it", lawyer, {
    op: 'grant',
    seats: [{ ...grantTo(lead, 'reader'), org: lawyer.org.org }],
  });
  await chain('the last lead goes', lead, { op: 'remove', seats: [lead.seat] });
  await chain('an epoch is left out', lead, { op: 'key', key: await keyChange(area, 3) });
  await chain('made twice', lead, await createOp(area, lead.org.org, [grantTo(lead, 'lead')]));
}

/** Bytes bent after they were signed, or signed for another purpose, or not canonical. */
async function refuseBent({ lead, clerk }: Cast, area: Area, refuse: Refuse) {
  const { entry } = await sealed(clerk, area, 'event', 'to be bent', {
    seen: { generation: 1, n: 9, h: HASH_0, heads: [HASH_0] },
  });
  const header = headerOf(entry);
  const changed: Partial<Header> = {
    version: 2,
    suite: 2,
    kind: 'edit',
    critical: true,
    area: fixedId('other'),
    stream: fixedId('other'),
    org: fixedId('other'),
    device: lead.device,
    incarnation: 3,
    counter: header.counter + 1,
    prev: null,
    seen: { ...header.seen, n: 8 },
    chain: null,
    directory: null,
    time: header.time + 1,
    commit: HASH_0,
    body: utf8('x'),
    more: { x: 1 },
  };
  for (const [field, value] of Object.entries(changed))
    await refuse(`${field} changed after signing`, clerk, {
      ...entry,
      header: encodeHeader({ ...header, [field]: value }),
    });
  await refuse('a bit of the signature', clerk, { ...entry, signature: flip(entry.signature, 77) });
  const resign = async (label: string, bytes = entry.header) => ({
    ...entry,
    header: bytes,
    signature: await sign(platform, clerk.keys.privateKey, label, bytes),
  });
  await refuse('signed under another label', clerk, await resign(LABEL.presence));
  const nonCanonical = new Uint8Array([...entry.header.subarray(0, 1), 0x18, ...entry.header.subarray(1)]); // version 1 in two bytes
  await refuse('a longer form of a number, signed', clerk, await resign(LABEL.entry, nonCanonical));
  await refuse(
    'a byte after the header, signed',
    clerk,
    await resign(LABEL.entry, new Uint8Array([...entry.header, 0])),
  );
  const open = new Uint8Array([0x9f, ...entry.header.subarray(1), 0xff]);
  await refuse('a list of indefinite length, signed', clerk, await resign(LABEL.entry, open));
  const longer = new Uint8Array([...entry.header, 0xf6]);
  longer[0] = (longer[0] ?? 0) + 1;
  await refuse('a nineteenth item, signed', clerk, await resign(LABEL.entry, longer));
  const whole = encodeEntry(entry);
  await refuse('a byte after the entry', clerk, new Uint8Array([...whole, 0]));
  await refuse('an entry of four items', clerk, encodeCbor([entry.header, entry.signature, [3], null]));
  await refuse('an unknown way of sealing', clerk, encodeCbor([entry.header, entry.signature, [4]]));
  await refuse(
    'a slot that is too short',
    clerk,
    encodeCbor([entry.header, entry.signature, [1, 2, new Uint8Array(59), new Uint8Array(44)]]),
  );
}

/** A good header, and a seal that is not its own. */
async function sealOtherwise({ clerk }: Cast, area: Area, unopen: (name: string, entry: Entry, cause: string) => void) {
  const one = await sealed(clerk, area, 'event', 'one');
  const two = await sealed(clerk, area, 'event', 'two');
  const seal = one.entry.seal;
  if (seal.by !== 'stream') throw new Error('not under a stream');
  const hash = await hashHeader(platform, one.entry.header);
  const where = { area: area.area, stream: area.stream, epoch: 2 };
  const withSlot = async (slot: Uint8Array): Promise<Entry> => ({ ...one.entry, seal: { ...seal, slot } });
  const withSealed = (bytes: Uint8Array): Entry => ({ ...one.entry, seal: { ...seal, sealed: bytes } });
  unopen("another entry's seal", { ...one.entry, seal: two.entry.seal }, 'wrong key');
  unopen('a bit of the slot', await withSlot(flip(seal.slot, 200)), 'no stream key');
  unopen('a bit of the ciphertext', withSealed(flip(seal.sealed, 200)), 'wrong key');
  unopen(
    'a slot made for epoch 1',
    await withSlot(await wrapStreamKey(platform, { ...where, epoch: 1 }, area.areaKey, area.streamKey)),
    'no stream key',
  );
  unopen(
    'a slot made with the key of epoch 1',
    await withSlot(await wrapStreamKey(platform, where, fixedBytes('case file key 1'), area.streamKey)),
    'no stream key',
  );
  unopen(
    'a slot made for another stream',
    await withSlot(await wrapStreamKey(platform, { ...where, stream: fixedId('other') }, area.areaKey, area.streamKey)),
    'no stream key',
  );
  unopen(
    'a slot made for another area',
    await withSlot(await wrapStreamKey(platform, { ...where, area: fixedId('other') }, area.areaKey, area.streamKey)),
    'no stream key',
  );
  unopen(
    'content sealed for another header',
    withSealed(await sealContent(platform, area.streamKey, HASH_0, one.content)),
    'wrong key',
  );
  unopen(
    'content sealed under another label',
    withSealed(await encrypt(platform, area.streamKey, encodeCbor([LABEL.slot, fromHex(hash)]), one.content)),
    'wrong key',
  );
  unopen(
    'content other than the header commits to',
    withSealed(await sealContent(platform, area.streamKey, hash, two.content)),
    'commitment',
  );
  unopen(
    'content with another salt',
    withSealed(await sealContent(platform, area.streamKey, hash, concat(new Uint8Array(16), utf8('one')))),
    'commitment',
  );
  const mislabelled = await sealed(clerk, area, 'event', 'one', {
    commit: await hashOf(platform, LABEL.body, one.content),
  });
  unopen('a commitment under another label', mislabelled.entry, 'commitment');
}
