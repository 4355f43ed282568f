/**
 * What somebody who left had written off line: it goes to the late lane, a lead takes it over by value, and nothing else of it
 * comes in. Real relay, authority, profiles and journals.
 */
import * as Y from 'yjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LateRow } from '../../../shared/ipc/late.ts';
import type { AreaId, CaseId, DeviceId } from '../../../shared/primitives/ids.ts';
import { SUMMARY_FIELD, summaryText } from '../../../shared/model/summary.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { encodeLate } from '../../../shared/wire/late.ts';
import { decideLate } from '../../../renderer/sync/late/adopting.ts';
import { lateRows } from '../../../renderer/sync/late/rows.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from '../log/openDocument.ts';
import { World } from '../world.ts';

let world: World;
let lead: Computer;
let leaver: Computer;
let of: CaseId;
let area: AreaId;
beforeAll(async () => {
  world = await World.begin();
  [lead, leaver] = await Promise.all([world.computer('lead', 'officer2'), world.computer('leaver', 'officer')]);
  of = await makeCase(lead, 'R v Ash');
  area = await lead.area(of, 'working papers');
  await until(() => leaver.session.keyring.areaKey(area, 1), 'the case with both');
}, 40_000);
afterAll(() => world.end(), 20_000);

const post = (device: DeviceId, entries: readonly Uint8Array[]): Promise<Response> =>
  fetch(`${world.relayUrl}/v1/late`, {
    method: 'POST',
    body: new Uint8Array(encodeLate({ org: lead.session.identity.org, device, entries: [...entries] })),
  });
const rows = (computer: Computer): Promise<readonly LateRow[]> => lateRows(computer.desktop);
let unsent: readonly Uint8Array[] = [];
let device: DeviceId;

/** The summary, as a window writes it: paragraphs. */
const words = ({ doc }: OpenDocument): string => summaryText(doc);
const write = ({ doc }: OpenDocument, line: string): void => {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(line)]);
  doc.getXmlFragment(SUMMARY_FIELD).push([paragraph]);
};

it('locks at once, and what was not sent waits for a lead, who sees what it would change', async () => {
  const theirs = await leaver.openDocument(area, 'summary');
  const ours = await lead.openDocument(area, 'summary');
  write(ours, 'Seen by both.');
  await until(() => words(theirs).includes('Seen by both.'), 'the text with both');
  leaver.goOffline();
  write(theirs, 'Written off line.');
  await until(
    async () => (await leaver.journal()).length > 0 && (await leaver.session.db.outbox.count()) > 0,
    'the outbox',
  );
  unsent = (await leaver.session.vault.journal()).map(({ entry }) => entry);
  ({ device } = leaver.session.identity);
  expect((await post(device, unsent)).status, 'a computer that stands has no late lane').toBe(403);

  const revoked = await revokeDevice(world.authority('police'), device);
  expect(revoked.ok).toBe(true);
  world.publish('police');
  await until(() => lead.session.directories.current(lead.session.identity.org)?.ended.has(device), 'the revocation');
  leaver.goOnline();
  await until(async () => (await leaver.lockedWhy()) === 'ended', 'the profile locked');
  lead.setClock(20_000); // it asks again only now and then
  const [row] = await until(async () => ((await rows(lead)).length > 0 ? rows(lead) : null), 'the late work');
  expect(row).toMatchObject({
    person: 'DC Priya Nair',
    what: 'summary',
    place: 'Working papers',
    before: [],
    after: ['Written off line.'],
  });
  expect(words(ours), 'nothing comes in by itself').not.toContain('Written off line.');
});

it('keeps nothing that the computer did not sign, and gives it to nobody but leads of the area', async () => {
  const forged = unsent.map((encoded) => {
    const entry = decodeEntry(encoded);
    if (!entry.ok) throw new Error(entry.cause);
    return encodeEntry({ ...entry.value, signature: entry.value.signature.map((byte) => byte ^ 1) });
  });
  const before = (await rows(lead)).flatMap((row) => row.entries);
  expect(await (await post(device, forged)).json()).toEqual({ taken: 0 });
  expect(await (await post(lead.session.identity.device, unsent)).json()).toEqual({ cause: 'not shut out' });
  expect(await (await post(device, unsent)).json(), 'what was brought already is there once').toEqual({
    taken: expect.any(Number),
  });
  lead.setClock(20_000);
  await lead.desktop.late.look();
  expect((await rows(lead)).flatMap((row) => row.entries)).toEqual(before);
  const other = await world.computer('prosecutor', 'prosecutor');
  await until(() => other.session.link.open, 'the link');
  expect(await other.session.link.ask<'late'>({ t: 'late' })).toMatchObject({ t: 'late', entries: [] });
});

it('is taken over by value as the lead’s own words, and waits no more', async () => {
  const [row] = await rows(lead);
  const ours = await lead.openDocument(area, 'summary');
  expect(await decideLate(lead.desktop, row?.id ?? '', true, '')).toEqual({ ok: true, value: null });
  await until(() => words(ours).includes('Written off line.'), 'their words in the text');
  expect(words(ours)).toContain('Seen by both.');
  expect((await rows(lead)).filter((one) => one.what === 'summary')).toEqual([]);
  const colleague = await world.computer('colleague', 'officer');
  await until(() => colleague.session.keyring.areaKey(area, 1), 'the case with a colleague');
  const theirs = await colleague.openDocument(area, 'summary');
  await until(() => words(theirs).includes('Written off line.'), 'the text with a colleague');
  expect([lead.alarms.filter((said) => !said.includes('shut out')), colleague.alarms]).toEqual([[], []]);
});

it('a lost passphrase: nothing unsent goes without a word, until the computer is removed and a lead has it; then it begins anew', async () => {
  const lost = await world.computer('lost', 'officer');
  await until(() => lost.session.keyring.areaKey(area, 1), 'the case with them');
  const theirs = await lost.openDocument(area, 'summary');
  await until(() => words(theirs).includes('Seen by both.'), 'the text with them');
  lost.goOffline();
  write(theirs, 'Written before the passphrase was lost.');
  await until(async () => (await lost.journal()).length > 0, 'the journal');
  const { device: gone } = lost.session.identity;
  await lost.close();
  lost.offline = false;
  const left = await lost.leftHere();
  expect(left, 'not removed yet: nobody takes it').toMatchObject({ ok: true, value: { written: 'not sent' } });
  expect(await lost.beginAnew(false)).toEqual({ ok: false, cause: 'not sent' });
  expect(await lost.tryPassphrase(), 'and it opens still').toBe('open');
  expect(await lost.beginAnew(true), 'an open one is nobody’s to delete').toEqual({ ok: false, cause: 'not locked' });
  await lost.close();

  expect((await revokeDevice(world.authority('police'), gone)).ok).toBe(true);
  world.publish('police');
  await until(() => lead.session.directories.current(lead.session.identity.org)?.ended.has(gone), 'the revocation');
  expect(await lost.leftHere()).toMatchObject({ ok: true, value: { written: 'brought', files: false } });
  lead.setClock(20_000);
  const row = await until(async () => (await rows(lead)).find((one) => one.what === 'summary'), 'the late work');
  expect(row.after).toContain('Written before the passphrase was lost.');
  expect(await lost.beginAnew(false)).toEqual({ ok: true, value: null });
  await lost.enrol(world.relayUrl, await world.code('officer'));
  await until(() => lost.session.keyring.areaKey(area, 1), 'the case on it again, from colleagues');
  expect(lost.session.identity.device).not.toBe(gone);
});
