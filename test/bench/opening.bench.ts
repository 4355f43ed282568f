/**
 * Opening a case of many edits: `npm run bench -- opening [--edits 100000] [--json FILE]`. From a checkpoint; from the log as it is
 * written, up to 64 edits of one writer under one signature; and as it would be with one signature an edit. Each entry is
 * verified, hashed, opened and applied by the functions and the WebCrypto that the sync worker uses; disk and window are no part of it.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as Y from 'yjs';
import type { AreaId, Hash } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { Key } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import { streamOf } from '../../shared/seal/area/places.ts';
import {
  commitTo,
  decodeEntry,
  encodeEntry,
  openContent,
  salted,
  sealContent,
  signHeader,
  verifyHeader,
} from '../../shared/seal/entry/entry.ts';
import { decodeHeader, encodeHeader, hashHeader } from '../../shared/seal/entry/header.ts';
import { nodePlatform as platform } from '../../sync-server/common/node.ts';
import { makeDevice } from '../../sync-server/relay/testing/device.fixture.ts';

const { values } = parseArgs({ options: { edits: { type: 'string', default: '100000' }, json: { type: 'string' } } });
const count = Number(values.edits);
/** As the sync worker gathers them (`renderer/sync/docs/gathering.ts`). */
const GATHERED = 64;
const TEXTS = 20;
/** Entries under way at once. */
const AT_ONCE = 256;

const area = newId<AreaId>(platform);
const stream = await streamOf(platform, area, 'events');
const device = await makeDevice(newId(platform));
const key = platform.random(32);
let head: { readonly counter: number; readonly hash: Hash | null } = { counter: 0, hash: null };

/** An entry as a computer writes it; the slot holds no key that anybody asks for here. */
async function write(content: Uint8Array): Promise<Uint8Array> {
  const plain = salted(platform, content);
  const header = encodeHeader({
    version: 1,
    suite: 1,
    kind: 'edit',
    critical: false,
    area,
    stream,
    org: device.org,
    device: device.device,
    incarnation: 1,
    counter: head.counter + 1,
    prev: head.hash,
    seen: { generation: 1, n: head.counter, h: null, heads: [] },
    chain: null,
    directory: null,
    time: platform.now(),
    commit: await commitTo(platform, plain),
    body: null,
    more: {},
  });
  const hash = await hashHeader(platform, header);
  head = { counter: head.counter + 1, hash };
  const sealed = await sealContent(platform, key, hash, plain);
  const seal = { by: 'stream', epoch: 1, slot: platform.random(60), sealed } as const;
  return encodeEntry({ header, signature: await signHeader(platform, device.keys.privateKey, header), seal });
}

/** Verifies, hashes and opens one entry. */
async function read(encoded: Uint8Array, by: Key): Promise<Uint8Array> {
  const entry = decodeEntry(encoded);
  const header = entry.ok ? decodeHeader(entry.value.header) : entry;
  if (!entry.ok || !header.ok || entry.value.seal.by !== 'stream') throw new Error('an entry cannot be read');
  if (!(await verifyHeader(platform, by, entry.value))) throw new Error('a signature is not good');
  const hash = await hashHeader(platform, entry.value.header);
  const content = await openContent(platform, key, { hash, commit: header.value.commit }, entry.value.seal.sealed);
  if (!content.ok) throw new Error(content.cause);
  return content.value;
}

/** Seconds until a document says all that these entries hold. */
async function open(entries: readonly Uint8Array[], begin: Uint8Array | null, whole: string): Promise<number> {
  const begun = performance.now();
  const doc = new Y.Doc();
  if (begin) Y.applyUpdate(doc, begin);
  const by = await importVerifyKey(platform, device.signKey);
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const contents = await Promise.all(entries.slice(at, at + AT_ONCE).map((entry) => read(entry, by)));
    doc.transact(() => contents.forEach((content) => Y.applyUpdate(doc, content)));
  }
  const seconds = (performance.now() - begun) / 1000;
  if (textOf(doc) !== whole) throw new Error('the case does not say what was written');
  return seconds;
}
const textOf = (doc: Y.Doc): string =>
  Array.from({ length: TEXTS }, (_, i) => doc.getText(`text ${i}`).toJSON()).join('\n');

const written = new Y.Doc();
const updates: Uint8Array[] = [];
written.on('update', (update: Uint8Array) => void updates.push(update));
for (let i = 0; i < count; i++) {
  // A person stays with one text for a while, and mostly writes on where they were.
  const text = written.getText(`text ${Math.floor(i / 200) % TEXTS}`);
  text.insert(i % 10 === 0 ? Math.floor(text.length / 2) : text.length, 'more words ');
}
const whole = textOf(written);
const single: Uint8Array[] = [];
for (const update of updates) single.push(await write(update));
const gathered: Uint8Array[] = [];
for (let at = 0; at < updates.length; at += GATHERED)
  gathered.push(await write(Y.mergeUpdates(updates.slice(at, at + GATHERED))));
const tail = gathered.slice(-30);
const checkpoint = Y.encodeStateAsUpdate(written);

const seconds = {
  checkpoint: await open(tail, checkpoint, whole),
  log: await open(gathered, null, whole),
  oneSignatureAnEdit: await open(single, null, whole),
};
const bytes = (entries: readonly Uint8Array[]): number => entries.reduce((sum, entry) => sum + entry.length, 0);
console.log(
  `${count} edits: from a checkpoint (and ${tail.length} entries since) ${seconds.checkpoint.toFixed(2)} s; from the log (${gathered.length} entries, ` +
    `${(bytes(gathered) / 2 ** 20).toFixed(1)} MiB) ${seconds.log.toFixed(2)} s; with one signature an edit ` +
    `(${(bytes(single) / 2 ** 20).toFixed(1)} MiB) ${seconds.oneSignatureAnEdit.toFixed(2)} s: ` +
    `${(seconds.oneSignatureAnEdit / seconds.checkpoint).toFixed(0)} and ${(seconds.oneSignatureAnEdit / seconds.log).toFixed(0)} times`,
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ edits: count, seconds }, null, 2)}\n`);
