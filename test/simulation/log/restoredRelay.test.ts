/**
 * A relay that is put back from a copy. Once its administrator says so, clients go back to where it stands, give it again what
 * it lacks (their own and others\', areas and letters it never heard of), and say so; a newcomer then reads all of it. Until
 * it is said, or where it is said by somebody else, it stays what it looks like: a step back.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { signReceipt } from '../../../renderer/sync/cases/release/receiving.ts';
import { withdraw } from '../../../renderer/sync/cases/release/takingBack.ts';
import type { AreaId, CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import { generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { signGeneration } from '../../../shared/seal/area/generation.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import { LyingRelay } from '../../support/lyingRelay.ts';
import { addFile, makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from './openDocument.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let colleague: Computer;
let prosecutor: Computer;
let of: CaseId;
let area: AreaId;

beforeEach(async () => {
  world = await World.begin();
  [officer, colleague, prosecutor] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('colleague', 'officer2'),
    world.computer('prosecutor', 'prosecutor'),
  ]);
  of = await makeCase(officer, 'R v Fir');
  area = await colleague.area(of, 'working papers');
  await write(officer, area, 'Before. ');
  await allSent();
  await world.copyRelay();
  await until(() => [officer, colleague, prosecutor].every(({ session }) => session.link.open), 'everybody on line');
}, 40_000);
afterEach(() => world.end(), 20_000);

async function write(computer: Computer, where: AreaId, words: string): Promise<OpenDocument> {
  const document = await computer.openDocument(where, 'summary');
  const before = computer.session.log.replica(where).row.n;
  document.text.insert(document.text.length, words);
  await until(async () => computer.session.log.replica(where).row.n > before || (await waiting(computer)) > 0);
  return document;
}
const waiting = ({ session }: Computer): Promise<number> => session.db.outbox.count();
const allSent = (...computers: Computer[]): Promise<unknown> =>
  until(async () => {
    const all = computers.length > 0 ? computers : [officer, colleague, prosecutor];
    const counts = await Promise.all(all.map(waiting));
    return all.every(({ session }) => session.link.open && !session.log.isBehind()) && counts.every((n) => n === 0);
  }, 'everything at the relay');
const says = async (computer: Computer, where: AreaId, words: string): Promise<boolean> =>
  (await computer.openDocument(where, 'summary')).text.toJSON().includes(words);
const heard = ({ session }: Computer, id: PackageId): boolean =>
  packages(session).some((one) => one.package === id && one.side === 'receiver');
const isLied = ({ session }: Computer): boolean => session.log.all().some((replica) => replica.lie !== null);
const RESTORED = 'The relay was put back from a copy.';
const BACK = 'The relay has gone back behind what it had already acknowledged.';

it('is given again all that it lacks, and says so; no word falls', async () => {
  await write(officer, area, 'By the officer. ');
  await until(() => says(colleague, area, 'By the officer. '));
  await write(colleague, area, 'By the colleague. ');
  const later = await makeCase(officer, 'R v Gorse');
  const laterArea = await colleague.area(later, 'working papers');
  await write(colleague, laterArea, 'Of a case that the copy never had. ');
  const sent = await releaseTo(officer, of, [await addFile(officer, of, 'statement.txt')]);
  await until(() => heard(prosecutor, sent), 'the package');
  await allSent();
  const words = await officer.word(of);

  await world.putCopyBack(true);
  await until(() => [officer, colleague, prosecutor].every((c) => c.alarms.includes(RESTORED)), 'it to be said');
  await allSent();
  for (const computer of [officer, colleague, prosecutor]) {
    expect(isLied(computer)).toBe(false);
    expect(computer.alarms).toEqual([RESTORED]);
  }
  expect((await officer.word(of)).split(' ')[0]).toBe(words.split(' ')[0]);
});

it('gives a newcomer everything, from computers that are on line again', async () => {
  await write(officer, area, 'After the copy. ');
  const later = await makeCase(officer, 'R v Gorse');
  const laterArea = await colleague.area(later, 'working papers');
  await write(colleague, laterArea, 'In a case that the copy never had. ');
  await allSent();
  await world.putCopyBack(true);
  await allSent();
  const newcomer = await world.computer('newcomer', 'officer2');
  expect(await newcomer.area(of, 'working papers')).toBe(area);
  await until(() => says(newcomer, area, 'Before. After the copy. '), 'the text');
  await newcomer.area(later, 'working papers');
  await until(() => says(newcomer, laterArea, 'In a case that the copy never had. '), 'the case');
  expect(newcomer.alarms).toEqual([]);
  expect(newcomer.session.log.generation).toBe(officer.session.log.generation);
});

it('takes back what the one who wrote it cannot give: a colleague does', async () => {
  await write(officer, area, 'By somebody who is off line now. ');
  await until(() => says(colleague, area, 'By somebody who is off line now. '));
  await allSent();
  officer.goOffline();
  await world.putCopyBack(true);
  await allSent(colleague);
  const newcomer = await world.computer('newcomer', 'officer2');
  await newcomer.area(of, 'working papers');
  await until(() => says(newcomer, area, 'By somebody who is off line now. '), 'the text');
  officer.goOnline();
  await write(officer, area, 'And on. ');
  await until(() => says(newcomer, area, 'off line now. And on. '));
  await allSent();
  expect([officer, colleague, newcomer].some(isLied)).toBe(false);
});

it('gets a package again that nobody had collected, and its receipt that the sender had not', async () => {
  prosecutor.goOffline();
  const sent = await releaseTo(officer, of, [await addFile(officer, of, 'statement.txt')]);
  const taken = await releaseTo(officer, of, [await addFile(officer, of, 'other.txt')]);
  await allSent(officer);
  expect((await withdraw(officer.session, taken, 'sent in error')).ok).toBe(true);
  await allSent(officer);
  await world.putCopyBack(true);
  await allSent(officer);
  prosecutor.goOnline();
  await until(() => heard(prosecutor, sent), 'the package');
  expect(heard(prosecutor, taken)).toBe(false);

  officer.goOffline();
  const pkg = packages(prosecutor.session).find((one) => one.package === sent);
  if (!pkg) throw new Error('no package');
  await signReceipt(prosecutor.session, pkg.content, pkg.content.files[0]!, 'delivered');
  await allSent(prosecutor);
  await world.putCopyBack(true);
  await allSent(prosecutor);
  officer.goOnline();
  await until(
    () => packages(officer.session).some((one) => one.package === sent && (one.files[0]?.receipts.length ?? 0) > 0),
    'the receipt',
  );
  expect([officer, prosecutor].some(isLied)).toBe(false);
});

it('is not said to withhold an area that somebody gave back to it while its welcome was on its way', async () => {
  const between = await LyingRelay.begin(world.relayUrl, world.relayFolder);
  const late = await world.computer('late', 'officer2', between.url);
  await late.area(of, 'working papers');
  const { device } = late.session.identity;
  let welcomes = 0;
  between.toDevice(device, (message) => {
    if (message.t !== 'welcome') return [message];
    const given = message.areas.filter((tip) => tip.area === area);
    welcomes += given.length;
    const pushes = given.map((tip) => ({ t: 'log' as const, q: null, area, items: [], tip }));
    return [{ ...message, areas: message.areas.filter((tip) => tip.area !== area) }, ...pushes];
  });
  between.cut(device);
  await until(() => welcomes > 0 && late.session.link.open, 'a welcome without the area');
  await allSent(late);
  expect(isLied(late)).toBe(false);
  await between.close();
});

it('has gone on with others before a computer that was ahead of the copy comes back: both histories are one', async () => {
  officer.goOffline();
  const words = ['Two. ', 'Three. ', 'Four. '];
  for (const word of words) {
    await write(colleague, area, word);
    await allSent(colleague);
  }
  colleague.goOffline();
  await world.putCopyBack(true);
  officer.goOnline();
  await write(officer, area, 'Meanwhile. ');
  await allSent(officer);
  colleague.goOnline();
  for (const computer of [officer, colleague])
    await until(async () => {
      const text = (await computer.openDocument(area, 'summary')).text.toJSON();
      return ['Before. ', ...words, 'Meanwhile. '].every((word) => text.includes(word));
    }, 'both texts');
  await allSent();
  expect([officer, colleague].some(isLied)).toBe(false);
  expect(await says(officer, area, (await colleague.openDocument(area, 'summary')).text.toJSON())).toBe(true);
});

it('is gone on from where a computer crashed in between, and off line work comes after what was before it', async () => {
  await write(officer, area, 'Ordered. ');
  await until(() => says(colleague, area, 'Ordered. '));
  await allSent();
  officer.goOffline();
  colleague.goOffline();
  await write(officer, area, 'Off line. ');
  await world.putCopyBack(true);
  officer.goOnline();
  await until(() => officer.alarms.includes(RESTORED));
  await officer.crash();
  await colleague.crash();
  await allSent(officer);
  colleague.goOnline();
  await until(() => says(colleague, area, 'Before. Ordered. Off line. '), 'the text');
  await allSent();
  expect([officer, colleague].some(isLied)).toBe(false);
  await colleague.crash();
  expect(await says(colleague, area, 'Before. Ordered. Off line. ')).toBe(true);
});

describe('without the relay’s own word', () => {
  it('an older copy is a step back, and nothing is given to it', async () => {
    await write(officer, area, 'After the copy. ');
    await allSent();
    await world.putCopyBack(false);
    await until(() => officer.alarms.includes(BACK), 'it to be said');
    expect(officer.alarms).not.toContain(RESTORED);
    await world.putCopyBack(true);
    await until(() => officer.alarms.includes(RESTORED), 'the word');
    await allSent();
    expect(isLied(officer)).toBe(false);
  });

  it('a higher generation is one too, said by nobody or signed by another key', async () => {
    const liar = await LyingRelay.begin(world.relayUrl, world.relayFolder);
    const victim = await world.computer('victim', 'officer2', liar.url);
    await victim.area(of, 'working papers');
    const { device } = victim.session.identity;
    const { privateKey } = await generateSigningKeys(platform);
    const word = await signGeneration(platform, privateKey, { generation: 2, time: Date.now(), reason: 'restored' });
    for (const generation of [undefined, word]) {
      liar.toDevice(device, async (message) => {
        if (message.t !== 'welcome') return [message];
        const areas = await Promise.all(message.areas.map((tip) => liar.sign(tip.area, tip, 2)));
        return [{ ...message, areas, ...(generation ? { generation } : {}) }];
      });
      liar.cut(device);
      await until(() => isLied(victim), 'it to be noticed');
      expect(victim.session.log.generation).toBe(1);
      liar.toDevice(device, null);
      liar.cut(device);
      await until(() => !isLied(victim), 'the honest relay');
    }
    await liar.close();
  });
});
