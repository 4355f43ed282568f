/**
 * What the sync worker computes of a large case, with everything real but Chromium (as in text.bench.ts): each view, the
 * pre-flight, and what one more file costs. 500 files, 40 people, 200 actions; no window, so that nothing else is measured.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ItemId, VersionId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import { recordRoot } from '../../shared/model/record.ts';
import { addItems, itemField } from '../../shared/model/list.ts';
import { inOneStep, setField } from '../../shared/model/register.ts';
import { streamOf } from '../../shared/seal/area/places.ts';
import { areaOf } from '../../renderer/sync/cases/caseIndex.ts';
import { authorOf } from '../../renderer/sync/cases/author.ts';
import { createCase } from '../../renderer/sync/cases/creating.ts';
import { meAs } from '../../renderer/sync/cases/me.ts';
import { act, eventPiece } from '../../renderer/sync/cases/pieces.ts';
import { computeView } from '../../renderer/sync/views/views.ts';
import { Computer } from '../simulation/computer.ts';
import { startServers } from '../support/servers.ts';
import { SIZE } from './case/largeCase.ts';

const ROUNDS = 7;
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

async function middle(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const dir = await mkdtemp(path.join(tmpdir(), 'joinder-views-bench-'));
const servers = await startServers({ dir: path.join(dir, 'servers') });
const computer = new Computer(path.join(dir, 'first'));
try {
  await computer.enrol(servers.relayUrl, await servers.newCode('officer'));
  const { session } = computer;
  const made = await createCase(session, { title: 'R v Bench', urn: null, kind: 'charging', officer: '', suspects: [], offences: [], people: [] }); // prettier-ignore
  if (!made.ok) throw new Error(made.cause);
  const of = made.value;
  const area = areaOf(session, of, 'working papers');
  const by = meAs(session);
  if (!area || !by) throw new Error('no place to write');
  const at = session.platform.now();
  const addFile = async (i: number): Promise<ItemId> => {
    const item = newId<ItemId>(session.platform);
    const content = { version: newId<VersionId>(session.platform), size: 10, sha256: i.toString(16).padStart(64, '0') as never, key: new Uint8Array(32), chunkSize: 10, chunks: [] }; // prettier-ignore
    const file = { item, name: `MG11 Garside ${i}.pdf`, type: 'application/pdf', modified: at, content };
    await act(session, [await eventPiece(session, area.area, { is: 'added', file, by, at })]);
    return item;
  };
  let begun = performance.now();
  const items: ItemId[] = [];
  for (let i = 0; i < SIZE.files; i++) items.push(await addFile(i));
  console.log(
    `${SIZE.files} files added one after the other: ${((performance.now() - begun) / SIZE.files).toFixed(1)} ms each`,
  );
  for (let i = 0; i < SIZE.actions; i++) {
    const action = { is: 'message', id: newId(session.platform), about: { is: 'case' }, text: `Message ${i}`, disclosable: false, replyTo: null, by, at } as never; // prettier-ignore
    await act(session, [await eventPiece(session, area.area, action)]);
  }
  const record = session.docs.doc(area.area, await streamOf(session.platform, area.area, 'record'));
  const author = authorOf(session);
  const root = recordRoot(record);
  begun = performance.now();
  inOneStep(root, () => {
    addItems(root, 'witnesses', many(SIZE.people, (i) => ({ id: `p${i}`, values: { kind: 'person', family: `Garside ${i}`, given: 'Robin' } })), author); // prettier-ignore
    addItems(root, 'statements', many(150, (i) => ({ id: `s${i}`, values: { kind: 'MG11', file: items[i], witness: `p${i % SIZE.people}` } })), author); // prettier-ignore
    addItems(root, 'exhibits', many(150, (i) => ({ id: `e${i}`, values: { reference: `AB/${i}`, file: items[150 + i] } })), author); // prettier-ignore
    addItems(root, 'material', many(SIZE.material, (i) => ({ id: `m${i}`, values: { reference: `UM/${i}`, description: `Record of a call, ${i}`, use: 'unused' } })), author); // prettier-ignore
  });
  console.log(`490 rows written: ${(performance.now() - begun).toFixed(0)} ms`);
  begun = performance.now();
  inOneStep(root, () => {
    for (const item of items) setField(root, itemField('documents', item, 'group'), 'Statement', author);
  });
  console.log(`one field set for ${SIZE.files} rows: ${(performance.now() - begun).toFixed(0)} ms`);
  const edit = (): void => setField(root, 'officer', `DC ${Math.trunc(performance.now() * 1000)}`, author);
  for (const name of [
    `case:${of}`,
    `check:${of}`,
    'cases',
    'link',
    'needs',
    'tasks',
    'queue',
    'transfers',
    'measures',
  ]) {
    const size = JSON.stringify(await computeView(computer.desktop, name))?.length ?? 0;
    const still = await middle(() => computeView(computer.desktop, name));
    const edited = await middle(() => {
      edit();
      return computeView(computer.desktop, name);
    });
    let i = 1e6;
    const filed = await middle(async () => {
      await addFile(i++);
      const start = performance.now();
      await computeView(computer.desktop, name);
      return performance.now() - start;
    });
    console.log(`  ${name.replace(of, 'ID').padEnd(10)} ${(size / 1024).toFixed(0).padStart(5)} KB; ${still.toFixed(1)} ms with nothing new, ${edited.toFixed(1)} ms after a field was set, ${filed.toFixed(1)} ms with one more file`); // prettier-ignore
  }
} finally {
  await computer.close();
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit(); // sessions keep timers that nothing waits for
