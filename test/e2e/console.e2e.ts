/**
 * An administrator's walk in a real browser: install, first organisation, first enrolment, stuck transfers found and
 * explained, a copy, and the copy put back. Relay and first computer are real ones; the other laptops are links that the test
 * holds, so that each cause can be made.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { chromium } from 'playwright';
import type { Hash } from '../../shared/primitives/ids.ts';
import type { TestLink } from '../../sync-server/relay/testing/link.fixture.ts';
import { chunkName, connect } from '../../sync-server/relay/testing/link.fixture.ts';
import { makeOrg } from '../../sync-server/relay/testing/organisation.fixture.ts';
import type { RelayProcess } from '../../sync-server/relay/testing/process.fixture.ts';
import { runRelay, startRelay } from '../../sync-server/relay/testing/process.fixture.ts';
import type { Member } from '../../sync-server/relay/testing/world.fixture.ts';
import { intake } from '../../sync-server/relay/testing/world.fixture.ts';
import { chromiumPath } from '../setup/debian.mjs';
import { killComputer, launchComputer } from '../support/launch.ts';
import type { Running } from '../support/programs.ts';
import { runJson, startServer } from '../support/programs.ts';
import type { Actor } from './actors.ts';
import { actor } from './actors.ts';
import { findings } from './axe.ts';

const program = chromiumPath();
test.skip(program === null, 'no Chromium on this machine: apt-get install chromium');

let browser: Browser;
let page: Page;
let relay: RelayProcess;
let authority: Running | undefined;
let folder: string;
const data = (): string => path.join(folder, 'relay');
const copies = (): string => path.join(folder, 'copies');

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joinder-console-'));
  browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox'], timeout: 45_000 });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
});
test.afterAll(async () => {
  await browser?.close();
  await authority?.stop();
  await relay?.kill();
  if (mounted) execFileSync('umount', ['-l', data()]);
  await rm(folder, { recursive: true, force: true });
});

async function command(...args: string[]): Promise<string> {
  const { code, out, err } = await runRelay(...args, '--data', data());
  expect([args[0], code, err]).toEqual([args[0], 0, '']);
  return out;
}
async function start(): Promise<void> {
  relay = await startRelay(data());
}
async function signIn(password: string, name = 'ada', at = page): Promise<void> {
  await at.goto(relay.console ?? '');
  await at.getByLabel('Account').fill(name);
  await at.keyboard.press('Tab');
  await at.keyboard.type(password);
  await at.keyboard.press('Enter');
  await expect(at.getByRole('heading', { name: 'Overview' })).toBeVisible();
}
async function newAccount(name: string): Promise<string> {
  const made = JSON.parse(await command('console', 'user', 'add', name, '--json')) as { password: string };
  return made.password;
}
const to = (name: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name }).click();
/** What the page says of a package, by the cause that it names. */
const why = (entry: Hash) => page.getByRole('row', { name: entry.slice(0, 12) });

async function post(link: TestLink, from: Member, to_: Member, boxed: boolean, chunks: Uint8Array[]): Promise<Hash> {
  const area = await intake(to_);
  const letter = await from.letter(area, 'package', 'secret words');
  const box = { subject: letter.hash, to: to_.seat, generation: 1, sealed: new Uint8Array(97) };
  expect((await link.append(letter, boxed ? [box] : [])).t).toBe('appended');
  await link.ask('refer', { area, tag: letter.hash, chunks: chunks.map(chunkName), from: null });
  return letter.hash;
}
/** As the organisation's own administrator does: an authority, one person, a code; and that person's computer with it. */
async function enrolFirst(): Promise<void> {
  const home = path.join(folder, 'valley');
  const run = (...args: string[]) => runJson('authority', ...args, '--data', home);
  const { card } = await run('init', '--name', 'Valley Police', '--side', 'police');
  await run('post', 'add', '--title', 'Officer', '--unit', 'CID', '--role', 'officer');
  const { id } = await run('person', 'add', '--name', 'Ann Weir', '--post', 'Officer');
  const { code } = await run('enrol-code', '--person', String(id));
  await command('org', 'add', '--authority', String(card));
  authority = await startServer('authority', ['serve', '--data', home, '--relay', relay.url]);
  const computer = await launchComputer({ profile: path.join(folder, 'laptop') });
  await actor(computer).enrol(relay.url, String(code), 'First laptop');
  await expect(page.getByRole('row', { name: 'linked' })).toHaveCount(1);
  await keepOutFor(actor(computer));
  await killComputer(computer);
  await expect(page.getByRole('row', { name: 'may link' })).toHaveCount(1);
}

/** What a person sees who is kept out for a time, and let in again. */
async function keepOutFor(officer: Actor): Promise<void> {
  await page.getByRole('row', { name: 'linked' }).getByRole('link', { name: 'Keep out' }).click();
  await page.getByRole('button', { name: 'Keep it out' }).click();
  await expect(page.getByRole('row', { name: 'kept out for' })).toHaveCount(1);
  await expect(officer.statusBar()).toContainText('Refused: the relay keeps this computer out for now');
  await expect(officer.statusBar()).toContainText('Work goes on here, and nothing is lost');
  await page.getByRole('link', { name: 'Let in' }).click();
  await page.getByRole('button', { name: 'Let it in' }).click();
  await expect(page.getByRole('row', { name: 'linked' })).toHaveCount(1, { timeout: 60_000 });
  await expect(officer.statusBar()).toContainText('Connected');
}

/** Two operators: one proposes, the page of the other says so, and only they can approve. */
async function dropHalf(file: string): Promise<void> {
  const old = Date.now() / 1000 - 40 * 86_400;
  utimesSync(file, old, old);
  await to('Retention');
  await expect(page.getByText('Uploads that nobody went on with for 30 days: 1,')).toBeVisible();
  await page.getByRole('link', { name: 'Propose to drop them' }).click();
  await page.getByRole('button', { name: 'Propose' }).click();
  const proposal = 'Drop half uploads that nobody went on with for 30 days';
  await expect(page.getByRole('row', { name: proposal })).toContainText('somebody else approves it');
  const second = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await signIn(await newAccount('ben'), 'ben', second);
  await second.getByRole('navigation').getByRole('link', { name: 'Retention' }).click();
  await second.getByRole('row', { name: proposal }).getByRole('link', { name: 'Approve' }).click();
  await expect(second.getByText(`${proposal}. Proposed by ada.`)).toBeVisible();
  await expect(second.getByText('cannot be undone')).toBeVisible();
  await second.getByRole('button', { name: 'Approve' }).click();
  await expect(second.getByRole('status').filter({ hasText: 'Dropped: 1 half upload, 4 B.' })).toBeVisible();
  await second.close();
  expect(existsSync(file)).toBe(false);
  // The page of who proposed, left open, says by itself that nothing waits.
  await expect(page.getByText('Nothing waits.')).toBeVisible();
  await expect(page.getByText('Uploads that nobody went on with for 30 days: 0,')).toBeVisible();
  expect(await findings(page)).toEqual([]);
}

/** More is logged within a second, while the relay runs; and no more when it is set back. */
async function logMore(): Promise<void> {
  await to('Log');
  const set = async (level: string): Promise<void> => {
    await page.getByRole('link', { name: 'Change it' }).click();
    await page.getByLabel('Level').selectOption(level);
    await page.getByRole('button', { name: 'Change it' }).click();
    await expect(page.getByText(`At ${level}, until the relay ends`)).toBeVisible();
  };
  const asked = async (): Promise<number> => {
    await fetch(`${relay.url}/healthz`);
    return relay.log().split('"route":"/healthz"').length;
  };
  const before = await asked();
  await set('debug');
  await expect.poll(asked).toBeGreaterThan(before);
  await set('info');
  expect(await findings(page)).toEqual([]);
}

let mounted = false;
/** A small disk for the relay's data, where this machine lets one mount it. */
function mountSmall(): void {
  mkdirSync(data());
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'joinder', data()], { stdio: 'pipe' });
    mounted = true;
  } catch {
    console.log('not tried here: a full disk, since nothing may be mounted');
    rmSync(data(), { recursive: true });
  }
}
const filler = (): string => path.join(data(), 'something of somebody else');
function fillDisk(): void {
  const { bavail, bsize } = statfsSync(data());
  writeFileSync(filler(), Buffer.alloc(bavail * bsize - 1024 * 1024));
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('an administrator installs a relay, finds what is stuck, and puts a copy back', async () => {
  test.setTimeout(150_000);
  await command('init');
  const settings = `[console]\nport = 0\n[backup]\nfolder = ${JSON.stringify(copies())}\n`;
  await writeFile(path.join(data(), 'relay.toml'), settings);
  const password = await newAccount('ada');
  await start();
  await signIn(password);
  expect(await findings(page)).toEqual([]);
  await expect(page.getByText('No organisation is admitted yet')).toBeVisible();

  // The first organisations, and the first computer of each: the page, left open, says so by itself.
  const [police, crown] = await Promise.all([makeOrg('Police'), makeOrg('Prosecution')]);
  await police.addTo(data());
  await crown.addTo(data());
  await to('Organisations');
  await expect(page.getByText('Police')).toBeVisible();
  await expect(page.getByRole('row', { name: police.org.slice(0, 12) })).toContainText('not linked');
  await to('Computers');
  await expect(page.getByText('None has been enrolled.')).toBeVisible();
  await enrolFirst();
  const [officer, prosecutor] = await Promise.all([police.officer(), crown.officer()]);
  await Promise.all([police.partner(crown), crown.partner(police)]);
  await police.publish(relay.url);
  await crown.publish(relay.url);
  await expect(page.getByRole('row', { name: officer.device.slice(0, 12) })).toContainText('may link');
  let link = await connect(relay.url, officer);
  await expect(page.getByRole('row', { name: officer.device.slice(0, 12) })).toContainText('linked');

  // Each cause is named, with what to do.
  await to('Stuck');
  await expect(page.getByText('Nothing is stuck.')).toBeVisible();
  const area = await intake(prosecutor);
  const quiet = await post(link, officer, prosecutor, true, [bytes('quiet')]);
  const seatless = await post(link, officer, prosecutor, false, [bytes('seatless')]);
  await link.put(area, bytes('seatless'));
  const unfetched = await post(link, officer, prosecutor, true, [bytes('unfetched')]);
  await link.put(area, bytes('unfetched'));
  await expect(why(quiet)).toContainText('waiting for the sender');
  await expect(why(seatless)).toContainText('waiting for a seat');
  await expect(why(unfetched)).toContainText('waiting for the receiver');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Stuck 2' })).toBeVisible();
  await link.put(area, bytes('other'), 0, chunkName(bytes('quiet')));
  await expect(why(quiet)).toContainText('refused (hash differs)');
  await command('quota', 'set', police.org, '4');
  // With other bytes: what is sent before the running relay has read the quota is thrown away, and not kept.
  const spoilt = async () => (await link.put(area, bytes('other'), 0, chunkName(bytes('quiet')))).status;
  await expect.poll(spoilt).toBe(413);
  await expect(why(quiet)).toContainText('over the quota');
  await command('quota', 'set', police.org, 'default');
  await expect.poll(async () => (await link.put(area, bytes('quiet'))).status).toBe(200);
  await expect(why(quiet)).toContainText('waiting for the receiver');
  const half = await post(link, officer, prosecutor, true, [bytes('half of it')]);
  await fetch(`${relay.url}/v1/chunks/${chunkName(bytes('half of it'))}?area=${area}&size=10&from=0`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${link.welcome.token}`, 'content-type': 'application/octet-stream' },
    body: 'half',
  });
  await expect(why(half)).toContainText('under way');
  await dropHalf(path.join(data(), 'partial', `${chunkName(bytes('half of it'))}.${police.org}.${area}`));
  await link.close();
  await to('Stuck');
  await expect(why(half)).toContainText('sender not connected');
  expect(await findings(page)).toEqual([]);
  await expect(page.locator('body')).not.toContainText('secret words');

  // Kept out with the keyboard alone: the page of the act says what will happen before it does.
  await to('Computers');
  const row = page.getByRole('row', { name: officer.device.slice(0, 12) });
  await row.getByRole('link', { name: 'Keep out' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('For good, only its authority can keep it out')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Hours').fill('73');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('from 1 to 72');
  await page.getByLabel('Hours').fill('2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Kept out until' })).toBeVisible();
  await expect(row).toContainText('kept out for 1 hour more');
  await row.getByRole('link', { name: 'Let in' }).click();
  await page.getByRole('button', { name: 'Let it in' }).click();
  await expect(row).toContainText('may link');

  // A copy, looked over; then the disk dies.
  await to('Backups');
  await page.getByRole('link', { name: 'Make a copy' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText('chunks, of which')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Look the newest over' }).click();
  await page.getByRole('button', { name: 'Look it over' }).click();
  await expect(page.getByText('It would do.')).toBeVisible({ timeout: 20_000 });
  expect(await findings(page)).toEqual([]);
  await logMore();
  await to('Audit');
  await expect(page.getByRole('row', { name: 'retention sweep' })).toContainText('ben');
  await expect(page.getByRole('row', { name: 'device suspend' }).first()).toContainText('ada');
  expect(await findings(page)).toEqual([]);
  await relay.stop();
  await expect(page.getByText('Not live: the console does not answer.')).toBeVisible();
  const safe = path.join(folder, 'relay.key');
  await copyFile(path.join(data(), 'relay.key'), safe);
  await rename(data(), path.join(folder, 'dead'));
  mountSmall();
  await command('backup', 'restore', '--from', copies(), '--key', safe);
  await writeFile(path.join(data(), 'relay.toml'), settings);
  await start();
  await signIn(password);
  await to('Audit');
  await expect(page.getByRole('row', { name: 'restore' })).toBeVisible();
  link = await connect(relay.url, officer);
  await to('Computers');
  await expect(page.getByRole('row', { name: officer.device.slice(0, 12) })).toContainText('linked');
  if (mounted) {
    // What is half there has no room any more; with room again it goes on.
    await to('Stuck');
    fillDisk();
    await expect(why(half)).toContainText('disk');
    expect((await link.put(area, bytes('half of it'))).status).toBe(507);
    rmSync(filler());
    await expect.poll(async () => (await link.put(area, bytes('half of it'))).status).toBe(200);
    await expect(why(half)).toContainText('waiting for the receiver');
  }
  await link.close();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
});
