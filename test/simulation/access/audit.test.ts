/**
 * The audit, over real relay and authority: what somebody does is signed, chained and sealed for who audits, off line too; who
 * does not audit reads none of it; what is taken out proves itself, and shows where it was touched.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callsOf } from '../../../renderer/sync/calls.ts';
import { noteAct, writeTrail } from '../../../renderer/sync/audit/trail.ts';
import { auditView, exportAudit } from '../../../renderer/sync/audit/reading.ts';
import type { Session } from '../../../renderer/sync/session.ts';
import type { AuditView } from '../../../shared/ipc/access.ts';
import type { AuditLine } from '../../../shared/model/audit/export.ts';
import { checkAuditCsv, verifyAudit } from '../../../shared/model/audit/export.ts';
import { fromUtf8 } from '../../../shared/primitives/bytes.ts';
import type { Hash, SeatId } from '../../../shared/primitives/ids.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { giveRoles } from '../../../sync-server/authority/acts.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import { addFile, deliver, makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let auditor: Computer;
let seat: SeatId;

beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
}, 40_000);
afterAll(() => world.end(), 20_000);

const view = async (): Promise<AuditView> => {
  const seen = await auditView(auditor.session);
  if (seen === null) throw new Error('audits nothing');
  return seen;
};
const says = async (words: string) => (await view()).rows.find(({ said }) => said.includes(words));
const drained = async ({ session }: Computer): Promise<boolean> => (await session.db.outbox.count()) === 0;

async function exported(as: 'jsonl' | 'csv'): Promise<string> {
  let text = '';
  const evidence = {
    writeBytes: (_: string, bytes: Uint8Array) => {
      text = fromUtf8(bytes);
      return Promise.resolve(ok('0'.repeat(64) as Hash));
    },
  };
  const session = Object.create(auditor.session, { evidence: { value: evidence } }) as Session;
  expect(await exportAudit(session, seat, as, 'token')).toMatchObject({ ok: true });
  return text;
}

it('while nobody audits, a look is kept with one’s own post, and what was done before is found when somebody does', async () => {
  const of = await makeCase(officer, 'R v Aspen');
  await noteAct(officer.desktop, 'looked at', of);
  await noteAct(officer.desktop, 'looked at', of);
  await until(() => drained(officer), 'all at the relay');
  expect(officer.session.facts.audits.all().map(({ content }) => content.acts[0]?.said)).toEqual([
    'Looked at the case',
  ]);
  ({ seat, computer: auditor } = await world.computerInNewPost('Vera Moss', 'police', 'Auditor'));
  expect((await giveRoles(world.authority('police'), seat, ['auditor'])).ok).toBe(true);
  world.publish('police');
  await until(async () => (await auditView(auditor.session)) !== null, 'the role');
  expect(await until(() => says('Made the case'), 'what was done before')).toMatchObject({
    who: 'DC Priya Nair',
    what: 'created',
    title: 'R v Aspen',
  });
});

it('what is done off line comes with its own time, signed and in order', async () => {
  officer.goOffline();
  const of = await makeCase(officer, 'R v Birch');
  const file = await addFile(officer, of, 'statement.txt');
  // Passes overlap on a busy computer.
  await Promise.all([1, 2, 3].map(() => writeTrail(officer.desktop)));
  const area = await officer.area(of, 'working papers');
  const doc = await officer.openDocument(area, 'summary');
  doc.text.insert(0, 'Written with no network.');
  await noteAct(officer.desktop, 'looked at', of, file.content.version);
  await until(
    () => officer.session.facts.audits.all().some(({ content }) => content.acts.some(({ what }) => what === 'changed')),
    'the change noted',
  );
  officer.goOnline();
  const looked = await until(() => says('Looked at statement.txt'), 'the look');
  expect(looked).toMatchObject({ what: 'looked at', title: 'R v Birch', who: 'DC Priya Nair' });
  expect(looked.arrived).not.toBe(null);
  await until(() => drained(officer), 'all at the relay, what only others read too');
  await until(() => says('Wrote in the case'), 'the change');
  await until(() => says('Added statement.txt'), 'the file');
  // Each act is said once.
  const { rows } = await view();
  const named = rows.filter(({ what }) => what === 'created').map(({ title, said }) => `${title}: ${said}`);
  expect(new Set(named).size).toBe(named.length);
});

it('says to whom something was released', async () => {
  const prosecutor = await world.computer('prosecutor', 'prosecutor');
  const of = await makeCase(officer, 'R v Cedar');
  const file = await addFile(officer, of, 'photograph.jpg');
  await until(() => officer.session.directories.partners().length > 0, 'the partner');
  const pkg = await releaseTo(officer, of, [file]);
  const row = await until(() => says('Released 1 file for'), 'the release');
  expect(row.to).toContain('Fellshire Prosecution Service');
  // What is told to both sides is one act, on either: taken back here, arrived and taken back there.
  const { person } = prosecutor.session.identity;
  const theirs = [
    ...(prosecutor.session.directories.current(prosecutor.session.identity.org)?.holds.get(person) ?? []),
  ];
  expect((await giveRoles(world.authority('prosecution'), theirs[0] as SeatId, ['prosecutor', 'auditor'])).ok).toBe(
    true,
  );
  world.publish('prosecution');
  await deliver(prosecutor, pkg);
  const arrived = async () =>
    (await auditView(prosecutor.session))?.rows.filter(({ what }) => what === 'received').map(({ said }) => said);
  await until(async () => (await arrived())?.length, 'the arrival');
  await until(() => drained(prosecutor), 'all of it');
  expect(await arrived()).toEqual(['A file arrived whole: photograph.jpg']);
});

it('names the guest whom something was done for, and says an invitation once, though it stands in two places', async () => {
  const of = await makeCase(officer, 'R v Dogwood');
  const calls = callsOf(officer.desktop);
  const until90 = addSpan(new Date(platform.now()).toISOString().slice(0, 10), { days: 40 }) ?? '';
  const asked = { may: 'view', why: 'to look', note: '', versions: [], withSummary: false } as const;
  const made = await calls.inviteGuest(of, {
    ...asked,
    name: 'Dr Ida Brandt',
    from: 'Fell Laboratory',
    until: until90,
  });
  if (!made.ok) throw new Error(made.cause);
  const { guest } = made.value;
  expect(await calls.decideGuest({ is: 'extend', guest, until: until90, why: 'more to do' })).toMatchObject({
    ok: true,
  });
  expect(await calls.decideGuest({ is: 'end', guest, why: 'all done' })).toMatchObject({ ok: true });
  const to = 'Dr Ida Brandt, Fell Laboratory';
  expect(await until(() => says('another last day'), 'the decision')).toMatchObject({ to, title: 'R v Dogwood' });
  expect(await until(() => says('all done'), 'the end')).toMatchObject({ to, what: 'access ended' });
  const invited = (await view()).rows.filter(({ said }) => said.startsWith('Invited Dr Ida Brandt'));
  expect(invited).toMatchObject([{ to, what: 'access given' }]);
});

it('is read by who audits, and by nobody else', async () => {
  const colleague = await world.computer('colleague', 'officer2');
  expect(await auditView(colleague.session)).toBe(null);
  expect(await exportAudit(colleague.session, seat, 'jsonl', 'token')).toEqual({ ok: false, cause: 'not allowed' });
  const { area } = (await colleague.session.log.intake(colleague.session.identity.org, seat)).state;
  expect(await colleague.session.db.log.where('[area+n]').between([area, 0], [area, Infinity]).count()).toBe(0);
});

it('goes out with its proof, which shows where it was touched', async () => {
  const text = await exported('jsonl');
  const good = await verifyAudit(platform, text);
  expect(good).toMatchObject({ ok: true, faults: [] });
  expect(good.acts).toBe((await view()).acts);
  const lines = text.trim().split('\n');
  const at = lines.findIndex((line, i) => i > 0 && (JSON.parse(line) as AuditLine).says !== null);
  const changed = async (change: (all: string[]) => string[]): Promise<string> =>
    (await verifyAudit(platform, change([...lines]).join('\n'))).faults.join(' ');
  const edit = (by: (line: AuditLine) => AuditLine) => (all: string[]) =>
    all.map((line, i) => (i === at ? JSON.stringify(by(JSON.parse(line) as AuditLine)) : line));
  const said = (line: AuditLine): AuditLine => ({
    ...line,
    says: line.says && { ...line.says, by: { ...line.says.by, personName: 'Somebody Else' } },
  });
  expect(await changed(edit(said))).toContain('what it says in words is not what was signed');
  expect(await changed(edit((line) => ({ ...line, time: line.time + 1 })))).toContain('does not follow');
  expect(await changed(edit((line) => ({ ...line, content: null, says: null })))).toContain(
    'what it says is not there',
  );
  expect(await changed((all) => all.filter((_, i) => i !== at))).toContain('is missing');
  expect(await changed((all) => all.slice(0, -1))).toContain('the relay signed');
  const other = lines.find((line, i) => i > at && (JSON.parse(line) as AuditLine).says !== null) as string;
  const { content, says: words } = JSON.parse(other) as AuditLine;
  expect(await changed(edit((line) => ({ ...line, content, says: words })))).toContain(
    'something else than was signed',
  );
  expect((await verifyAudit(platform, 'no audit')).ok).toBe(false);
  const csv = await exported('csv');
  expect(csv.split('\n')[0]).toContain('when,who,post,what');
  expect(csv).toContain('Added statement.txt');
  // The CSV is held against the proof: as it came, and with a row changed, put in, left out.
  const written = (time: number): string => new Date(time).toISOString();
  const held = (table: string): Promise<readonly string[]> => checkAuditCsv(platform, table, { proof: text, written });
  const rows = csv.split('\r\n');
  expect(await held(csv)).toEqual([]);
  expect(await held(csv.replace('Added statement.txt', 'Added nothing'))).toEqual([
    expect.stringMatching(/^Row \d+ of the CSV is not what the audit says there\.$/),
  ]);
  expect(await held([...rows.slice(0, -1), rows.at(-2), ''].join('\r\n'))).toEqual([
    `Row ${rows.length} of the CSV is in no place of the audit.`,
  ]);
  expect(await held([...rows.slice(0, -3), ''].join('\r\n'))).toEqual([
    `The CSV ends at row ${rows.length - 3}, and the audit has 2 more.`,
  ]);
  expect(await held('')).toHaveLength(1);
});
