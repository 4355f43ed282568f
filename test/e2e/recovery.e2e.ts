/**
 * A lost laptop, in windows. An officer who holds a post alone makes a case off line; the laptop sends it and is lost. A key-admin
 * removes it and lets a new one in, after the digits were compared on both; it opens nothing. The officer asks the custodians, takes it
 * back, and asks again: one declines, who is asked again agrees as the first, not while the network is away; the second's Joinder is killed in between, and
 * agrees by keyboard alone. The case opens.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFaultProxy } from '../support/faultProxy.ts';
import { killComputer } from '../support/launch.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import { within } from '../support/within.ts';
import type { Actor } from './actors.ts';
import { actor } from './actors.ts';
import { button, choose, dialog, field, region } from './find.ts';
import { expect, test } from './launch.ts';

const [ANN, BOB, LEO] = ['Ann Ash', 'Bob Birch', 'Leo Lone'] as const;
const WHY = 'My laptop was stolen from a car in Kendal on Tuesday.';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-recovery-'));
  servers = await startServers({ dir });
  const police = (...args: string[]) => servers.authority('police', ...args);
  for (const name of [ANN, BOB]) {
    await police('post', 'add', '--title', `Records desk of ${name}`, '--role', 'custodian');
    await police('person', 'add', '--name', name, '--post', `Records desk of ${name}`);
  }
  await police('person', 'key-admin', '--person', ANN);
  await police('post', 'add', '--title', 'Rural crime officer', '--role', 'officer');
  await police('person', 'add', '--name', LEO, '--post', 'Rural crime officer');
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

const codeOf = async (name: string): Promise<string> =>
  String((await servers.authority('police', 'enrol-code', '--person', name))['code']);

/** What a picture of the screen is called, where somebody looks at it; `large`: at 200 % as well. */
async function shot({ window, computer: { app } }: Actor, name: string, large = false): Promise<void> {
  await window.screenshot({ path: test.info().outputPath(`${name}.png`) });
  if (!large) return;
  await zoom(app, 2);
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(700);
  await window.screenshot({ path: test.info().outputPath(`${name} at 200.png`) });
  await zoom(app, 1);
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeGreaterThan(1000);
}
const zoom = (app: Actor['computer']['app'], by: number): Promise<void> =>
  within(
    'another zoom',
    app.evaluate(({ BrowserWindow }, factor) => {
      for (const one of BrowserWindow.getAllWindows()) if (one.isVisible()) one.webContents.setZoomFactor(factor);
    }, by),
  );

const toRecovery = async (who: Actor): Promise<void> => {
  await who.goTo('Access');
  await button(who.window, 'Recovery').click();
};
const asked = ({ window }: Actor) => region(window, 'Asked of the custodians');

test('a case made off line on a laptop that is lost comes back by two custodians', async ({ launch }) => {
  test.setTimeout(150_000); // five starts of the application, and a busy machine long for each
  const cable = await startFaultProxy({ target: servers.relayUrl });
  const cable2 = await startFaultProxy({ target: servers.relayUrl });
  const [ann, bob, leo] = (await Promise.all([launch(), launch(), launch()])).map(actor) as [Actor, Actor, Actor];
  await Promise.all([
    ann.enrol(cable.url, await codeOf(ANN), 'Ann’s desk'),
    bob.enrol(servers.relayUrl, await codeOf(BOB), 'Bob’s desk'),
  ]);
  await leo.enrol(cable2.url, await codeOf(LEO), 'Lost laptop');

  cable2.refuse(true);
  await expect(leo.statusBar()).toContainText('Offline');
  await leo.newCase({ title: 'R v Lamb' });
  await leo.write('Seen at the farm.');
  await leo.whenSaved();
  cable2.refuse(false);
  await expect(leo.statusBar()).toContainText('Nothing of yours waiting', { timeout: 30_000 });
  await killComputer(leo.computer);

  const next = await replaceLaptop(ann, async () => actor(await launch()));

  // The list of cases says why it lacks them, and leads to Recovery.
  await next.goTo('Cases');
  const pointer = region(next.window, 'Cannot be opened here');
  await expect(pointer).toContainText('cannot be opened on this computer', { timeout: 20_000 });
  await shot(next, 'new laptop', true);
  await button(pointer, 'Recovery').click();
  const lacking = region(next.window, 'Cannot be opened here');
  await expect(lacking).toContainText('of your cases came without keys', { timeout: 20_000 });
  await shot(next, 'lacking', true);
  await ask(next, WHY);
  await expect(asked(next)).toContainText('Waits for two custodians');
  await button(asked(next), 'Withdraw…').click();
  const withdrawing = dialog(next.window, 'Withdraw this request?');
  await shot(next, 'withdrawing', true);
  await button(withdrawing, 'Withdraw').click();
  await expect(asked(next)).toContainText('Withdrawn by Leo Lone');
  await ask(next, WHY);
  await expect(asked(next)).toContainText('Waits for two custodians');
  await expect(button(lacking, 'Ask the custodians…')).toHaveCount(0);
  await shot(next, 'asked');

  // One declines: it is over, and says why. It may be asked for again.
  await bob.goTo('Needs me');
  await shot(bob, 'needs me');
  await expect(button(bob.window, /^.*Leo Lone asks/), 'the one that was taken back asks nobody').toHaveCount(1);
  await button(bob.window, /^.*Leo Lone asks the custodians to bring keys back/).click();
  await button(asked(bob), 'Decline…').click();
  const declining = dialog(bob.window, 'Decline to bring keys back');
  await expect(button(declining, 'Decline')).toBeDisabled();
  await field(declining, 'Reason').fill('Nobody answered at your desk.');
  await shot(bob, 'declining', true);
  await button(declining, 'Decline').click();
  await expect(asked(next)).toContainText('Declined by Bob Birch');
  await shot(next, 'declined');
  await ask(next, `${WHY} Ring the front desk.`);
  const second = asked(next).getByRole('listitem', { name: /front desk/ });
  await expect(second).toContainText('Waits for two custodians');

  // The first: not while the network is away.
  await toRecovery(ann);
  await expect(button(asked(ann), 'Agree…')).toBeVisible();
  cable.refuse(true);
  await expect(ann.statusBar()).toContainText('Offline');
  await button(asked(ann), 'Agree…').click();
  const agreeing = dialog(ann.window, 'Bring keys back');
  await expect(agreeing).toContainText('Leo Lone (Rural crime officer) asks');
  await expect(agreeing).toContainText('You are the first of two.');
  await button(agreeing, 'Agree').click();
  await expect(agreeing.getByRole('alert')).toBeVisible();
  await shot(ann, 'agreeing off line', true);
  cable.refuse(false);
  await expect(async () => {
    if ((await agreeing.count()) > 0) await button(agreeing, 'Agree').click({ timeout: 1000 });
    await expect(agreeing).toHaveCount(0, { timeout: 1000 });
  }, 'the first word, once on line').toPass({ timeout: 30_000 });
  await expect(second).toContainText('Waits for a second custodian');
  await shot(ann, 'agreed first');

  // The second's Joinder dies, is started again, and is worked by keyboard alone.
  await toRecovery(bob);
  await button(asked(bob), 'Agree…').click();
  await killComputer(bob.computer);
  const again = actor(await launch({ profile: bob.computer.profile }));
  await again.unlock();
  await toRecovery(again);
  await button(asked(again), 'Agree…').focus();
  await again.window.keyboard.press('Enter');
  const last = dialog(again.window, 'Bring keys back');
  await expect(last).toContainText('You are the second of two');
  await shot(again, 'agreeing second', true);
  for (let i = 0; i < 6 && !(await button(last, 'Agree').evaluate((one) => one === document.activeElement)); i++)
    await again.window.keyboard.press('Tab');
  await again.window.keyboard.press('Enter');
  await expect(last).toHaveCount(0);
  await expect(second).toContainText('Keys brought back');
  await shot(next, 'brought back');
  await expect(lacking).toHaveCount(0);
  await next.openCase('R v Lamb');
  await expect(next.summaryBox()).toContainText('Seen at the farm.');
  expect(await again.window.getByText('R v Lamb').count(), 'a word of the case with a custodian').toBe(0);
  await cable.close();
  await cable2.close();
});

async function ask({ window }: Actor, why: string): Promise<void> {
  await button(window, 'Ask the custodians…').click();
  const asking = dialog(window, 'Ask the custodians');
  await field(asking, 'Reason').fill(why);
  await button(asking, 'Ask').click();
  await expect(asking).toHaveCount(0);
}

/** A key-admin removes the lost one, and lets a new one in: the same six digits on both. */
async function replaceLaptop(ann: Actor, start: () => Promise<Actor>): Promise<Actor> {
  await ann.goTo('Access');
  await button(ann.window, 'Computers').click();
  const lost = ann.window.getByRole('listitem', { name: `Lost laptop, ${LEO}` });
  await button(lost, 'Remove').click();
  const removing = dialog(ann.window, 'Remove this computer?');
  await shot(ann, 'removing', true);
  await button(removing, 'Remove').click();
  await expect(lost).toContainText('Removed', { timeout: 20_000 });
  await button(ann.window, 'Add a computer').click();
  const adding = dialog(ann.window, 'Add a computer');
  await choose(ann.window, adding, 'Whose computer', LEO);
  await button(adding, 'Get a code').click();
  const code = await adding.getByText(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/).textContent();
  await shot(ann, 'code', true);
  await button(adding, 'Close').click();
  const next = await start();
  await next.lookUp(servers.relayUrl, String(code));
  await next.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await next.confirm(undefined, 'New laptop');
  await expect(next.window.getByRole('heading', { name: 'Compare these digits' })).toBeVisible();
  const digits = (await next.window.getByText(/^\d{3} \d{3}$/).textContent()) ?? '';
  const waits = region(ann.window, 'Waiting for your word');
  await expect(waits).toContainText(digits);
  await shot(ann, 'digits');
  await button(waits, 'The digits are the same').click();
  await next.opened();
  return next;
}
