/**
 * More comes than can be judged: who sends on past what may be read ahead hears that the relay is busy and is let go, those
 * within their share are served meanwhile, and all that was acknowledged to anybody is there. The relay is stopped for a
 * moment while it all arrives, so that it is too much for any machine. JOINDER_SEED takes up one run again.
 */
import { expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { encodeMessage } from '../../../shared/wire/link.ts';
import { readAll, withSeededWorld } from '../abuse/seeded.fixture.ts';
import { CLOSED } from '../links/peer.ts';
import type { Member } from '../testing/world.fixture.ts';
import { ownArea } from '../testing/world.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { connect, is } from '../testing/link.fixture.ts';
import { openLinks } from '../links/links.ts';
import type { Unjudged } from './shares.ts';
import { USUAL_SHARES, openShares } from './shares.ts';

const FLOODERS = 4;
/** Of each flooder: some times what may be read ahead. */
const FLOOD = 1500;
const HONEST = 4;
const LONG = { timeout: 60_000 };

const at = withSeededWorld();

/** What stands in this area, as the relay has it. */
const there = async (link: TestLink, area: AreaId): Promise<ReadonlySet<Hash>> =>
  new Set((await readAll(link, area)).values());

test('who floods hears that the relay is busy; others are served; nothing acknowledged is missing', async () => {
  const { random } = at;
  const members: Member[] = [];
  for (let i = 0; i < FLOODERS + HONEST; i++) members.push(await at.world.police.officer());
  await at.world.publish();
  const makeLine = async (member: Member, count: number) => {
    const link = await connect(at.world.relay.url, member);
    const area = await ownArea(link, member);
    const entries = [];
    for (let i = 0; i < count; i++) entries.push(await member.edit(area, 'x'.repeat(random.below(60))));
    return { member, link, area, entries };
  };
  const floods = await Promise.all(members.slice(0, FLOODERS).map((member) => makeLine(member, FLOOD)));
  const honest = await Promise.all(members.slice(FLOODERS).map((member) => makeLine(member, 20)));
  const before = at.world.relay.pid;

  process.kill(at.world.relay.pid, 'SIGSTOP');
  for (const { link, entries } of floods)
    entries.forEach(({ area, entry }, i) =>
      link.socket.send(encodeMessage({ t: 'append', q: 1000 + i, area, entry, boxes: [] })),
    );
  process.kill(at.world.relay.pid, 'SIGCONT');
  for (const { link, entries } of honest)
    for (const one of entries) expect((await link.append(one)).t).toBe('appended');

  const shedOf = () => floods.filter(({ link }) => link.messages.some(is('refused')));
  await expect.poll(() => shedOf().length, LONG).toBeGreaterThan(0);
  const shed = shedOf();
  for (const { link } of shed) {
    expect(link.messages.find(is('refused'))).toMatchObject({ cause: 'busy' });
    expect(await link.closed).toBe(CLOSED.refused);
  }
  expect(at.world.relay.log()).toContain('"cause":"busy"');
  // They come again, and go on after what was taken, in the measure that an honest computer sends in.
  for (const { member, area, entries, link } of floods) {
    const again = await connect(at.world.relay.url, member);
    const kept = await there(again, area);
    const acknowledged = link.messages.filter(is('appended')).filter(({ q }) => q >= 1000);
    for (const { q } of acknowledged) expect(kept.has(entries[q - 1000]?.hash as Hash)).toBe(true);
    for (const next of entries.filter(({ hash }) => !kept.has(hash)).slice(0, 1))
      expect((await again.append(next)).t).toBe('appended');
    await again.close();
  }
  for (const { link, area, entries } of honest) {
    const kept = await there(link, area);
    for (const { hash } of entries) expect(kept.has(hash)).toBe(true);
    expect(link.messages.some((message) => message.t === 'refused' || message.t === 'declined')).toBe(false);
    await link.close();
  }
  expect(at.world.relay.pid).toBe(before);
  await expect.poll(async () => (await fetch(`${at.world.relay.url}/readyz`)).status, LONG).toBe(200);
}, 120_000);

test('what waits for a verdict is bounded however many links there are, and each may always have a few', () => {
  for (const links of [1, 2, 10, 100, 1000]) {
    const shares = openShares(openLinks(), USUAL_SHARES);
    const all: Unjudged[] = Array.from({ length: links }, () => ({ unjudged: 0, unjudgedEntries: 0 }));
    for (const link of all) shares.unjudged.begin(link, 1);
    let waiting = links;
    for (const link of all) for (; !shares.unjudged.isMuch(link); waiting++) shares.unjudged.begin(link, 1);
    expect(waiting).toBeLessThanOrEqual(Math.max(128, links * 4));
    expect(Math.min(...all.map((link) => link.unjudgedEntries))).toBeGreaterThanOrEqual(4);
    expect(shares.isOverloaded()).toBe(true);
    for (const link of all) while (link.unjudgedEntries > 0) shares.unjudged.end(link, 1);
    expect(shares.isOverloaded()).toBe(false);
  }
});
