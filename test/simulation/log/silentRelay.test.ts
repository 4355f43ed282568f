/**
 * A relay that takes the link, answers pings, and never answers what it is asked for. It is noticed within a bounded time
 * by the clock of the computer, said as the link's cause, and asked again on a new link.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkFacts } from '../../../renderer/sync/views/linkView.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { LyingRelay } from '../../support/lyingRelay.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let liar: LyingRelay;
let officer: Computer;
let colleague: Computer;

beforeAll(async () => {
  world = await World.begin();
  liar = await LyingRelay.begin(world.relayUrl, world.relayFolder);
  officer = await world.computer('officer', 'officer', liar.url);
  colleague = await world.computer('colleague', 'officer2', liar.url);
}, 40_000);
afterAll(async () => {
  await world.end();
  await liar.close();
}, 20_000);

it('leaves no case in Receiving for ever', async () => {
  const of = await makeCase(officer, 'R v Elder');
  const area = await colleague.area(of, 'working papers');
  await until(async () => (await colleague.word(of)).startsWith('Up to date'));
  const theirs = await colleague.openDocument(area, 'summary');
  colleague.goOffline();
  (await officer.openDocument(area, 'summary')).text.insert(0, 'Written meanwhile. ');
  const placeOf = ({ session }: Computer): number => session.log.replica(area).row.n;
  await until(() => placeOf(officer) > placeOf(colleague), 'it to be at the relay');

  let pulls = 0;
  liar.fromDevice(colleague.session.identity.device, (message) => {
    if (message.t !== 'pull') return [message];
    pulls++;
    return [];
  });
  colleague.goOnline();
  await until(() => pulls > 0, 'a pull that nobody answers');
  for (let passed = 0; passed < 30 * SECOND; passed += 10 * SECOND) {
    expect(await colleague.session.link.ask({ t: 'ping' })).toMatchObject({ t: 'pong' });
    expect(await colleague.word(of)).toBe('Receiving');
    colleague.pass(10 * SECOND);
  }
  colleague.pass(SECOND);
  expect(linkFacts(colleague.session)).toMatchObject({ is: 'offline', why: 'no answer' });
  expect(await colleague.word(of)).toMatch(/^Offline: nothing of yours waiting/);

  liar.fromDevice(colleague.session.identity.device, null);
  colleague.goOnline();
  await until(() => theirs.text.toJSON().includes('Written meanwhile.'), 'what was held back');
  await until(async () => (await colleague.word(of)).startsWith('Up to date'), 'the case in step');
});

it('is not taken for one that cannot be reached: another relay has a word of its own', async () => {
  liar.toDevice(colleague.session.identity.device, (message) =>
    message.t === 'challenge' ? [{ ...message, relayKey: new Uint8Array(65).fill(4) }] : [message],
  );
  const said = new Set<string>();
  liar.fromDevice(colleague.session.identity.device, (message) => {
    said.add(message.t);
    return [message];
  });
  colleague.goOffline();
  colleague.goOnline();
  await until(() => {
    const facts = linkFacts(colleague.session);
    return facts.is === 'offline' && facts.why === 'another relay';
  }, 'the word for it');
  expect([...said]).toEqual(['hello']);
});
