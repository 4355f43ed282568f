/** The relay's commands beside a real relay: what an administrator decides is in force within a second, and put down. */
import { toHex } from '../../../shared/primitives/bytes.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { DAY, HOUR } from '../../../shared/primitives/units.ts';
import { openDatabase } from '../store/schema.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { chunkName, connect, greet, is } from '../testing/link.fixture.ts';
import { dropFolder, makeFolder } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';

describe('a folder without a relay', () => {
  let data: string;
  const begin = (): string => (data = makeFolder());
  afterEach(() => dropFolder(data));

  test('init makes key and settings, leaves both as they are the second time, and the settings are taken from there', async () => {
    begin();
    expect((await runHere('init', '--data', data)).out).toContain('Copy its relay.key to a safe');
    const file = path.join(data, 'relay.toml');
    expect([existsSync(file), existsSync(path.join(data, 'relay.key'))]).toEqual([true, true]);
    writeFileSync(file, '[metrics]\ntoken = "hush"\n[log]\nlevel = "warn"\n');
    expect((await runHere('init', '--data', data)).out).toContain('left as it was');
    const printed = await runHere('config', 'print', '--redacted', '--data', data);
    expect(printed.out).toContain('log.level = warn  (file)');
    expect(printed.out).toContain('metrics.token = (set)');
    expect(printed.out).not.toContain('hush');
    expect((await runHere('config', 'check', '--data', data, '--json')).json()).toMatchObject({ ok: true, file });
  });

  test('settings that are wrong end every command with 2, all faults named', async () => {
    begin();
    writeFileSync(path.join(data, 'relay.toml'), '[listen]\nprot = 1\n[log]\nlevel = "loud"\n');
    for (const command of [['config', 'check'], ['status'], ['doctor'], ['serve']]) {
      const said = await runHere(...command, '--data', data);
      expect([said.code, said.out]).toEqual([2, '']);
      expect(said.err).toMatch(/listen\.prot .* is no setting[\s\S]*log\.level .* It is one of/);
    }
    expect((await runHere('status')).err).toContain('Which data folder?');
  });

  test('what is wrong is said in words, with --json as one line of JSON; a command that gathers others names them', async () => {
    begin();
    for (const [args, words] of [
      [['status', '--data', data], 'No relay has kept its data in this folder.'],
      [['quota'], 'Say which: `quota` has list, set.'],
      [['quota', 'raise'], '`quota` has list, set, and no "raise".'],
      [['org', 'list', '--loud'], "unknown option '--loud'"],
    ] as const) {
      const [plain, json] = [await runHere(...args), await runHere(...args, '--json')];
      expect(plain.err).toContain(words);
      expect((JSON.parse(json.err) as { error: string }).error).toContain(words);
      expect([plain.code, plain.out, json.out]).toEqual([json.code, '', '']);
      expect(plain.code).not.toBe(0);
    }
  });

  test('retention lists and drops uploads that nobody went on with, and no others', async () => {
    begin();
    await runHere('init', '--data', data);
    const partial = path.join(data, 'partial');
    mkdirSync(partial);
    for (const name of ['old', 'new']) writeFileSync(path.join(partial, name), 'x'.repeat(10));
    const then = (Date.now() - 31 * DAY) / 1000;
    utimesSync(path.join(partial, 'old'), then, then);
    expect((await runHere('retention', 'list', '--data', data, '--json')).json()).toMatchObject({
      uploads: 1,
      bytes: 10,
    });
    expect((await runHere('retention', 'sweep', '--data', data, '--json')).json()).toMatchObject({ dropped: 1 });
    expect([existsSync(path.join(partial, 'old')), existsSync(path.join(partial, 'new'))]).toEqual([false, true]);
    expect((await runHere('audit', 'list', '--data', data)).out).toContain('retention sweep  {"uploads":1');
  });

  test('doctor says what is amiss and what to do, with exit code 3', async () => {
    begin();
    await runHere('init', '--data', data);
    chmodSync(path.join(data, 'relay.key'), 0o644);
    const said = await runHere('doctor', '--data', data);
    expect(said.code).toBe(3);
    expect(said.out).toContain('Others on this machine may read relay.key. chmod 600');
    expect(said.out).toContain('The relay is not running. Start it');
    expect(said.out).toContain('No organisation is admitted. relay org add');
    expect(said.out).toContain('ok    The database is whole.');
    for (const list of ['org', 'quota', 'device'])
      expect((await runHere(list, 'list', '--data', data)).out).toMatch(/yet\. Next: /);
  });
});

describe('a relay that runs', () => {
  let world: World;
  let data: string;
  beforeAll(async () => {
    world = await makeWorld();
    data = world.relay.data;
  }, 60_000);
  afterAll(() => world.end());

  test('a computer is kept out within a second and let in again; device list says so', async () => {
    const link = await connect(world.relay.url, world.officer);
    const { device } = world.officer;
    expect((await runHere('device', 'suspend', device, '--hours', '73', '--data', data)).err).toContain('from 1 to 72');
    expect((await runHere('device', 'suspend', 'f00', '--data', data)).err).toContain('No computer f00 is known');
    const said = await runHere('device', 'suspend', device, '--hours', '2', '--data', data, '--json');
    expect(Number(said.json()['until']) - Date.now()).toBeGreaterThan(HOUR);
    expect(await link.next(is('refused'))).toMatchObject({ cause: 'suspended' });
    await link.closed;
    const again = await greet(world.relay.url, world.officer);
    expect(await again.next(is('refused'))).toMatchObject({ cause: 'suspended' });
    const [listed] = (await runHere('device', 'list', '--org', world.officer.org, '--data', data, '--json')).json<{
      devices: { device: string; linked: boolean; lastContact: number | null; suspendedUntil: number | null }[];
    }>().devices;
    expect(listed).toMatchObject({ device, linked: false });
    expect(listed?.lastContact).not.toBe(null);
    expect(listed?.suspendedUntil).not.toBe(null);
    expect((await runHere('device', 'resume', device, '--data', data)).out).toContain('let in again');
    const back = await greetUntilIn();
    await back.close();
  });
  /** The relay looks once a second whether commands have decided something. */
  async function greetUntilIn() {
    for (;;) {
      const socket = await greet(world.relay.url, world.officer);
      const said = await socket.next(
        (m): m is Extract<typeof m, { t: 'welcome' | 'refused' }> => m.t === 'welcome' || m.t === 'refused',
      );
      if (said.t === 'welcome') return socket;
      await socket.closed;
    }
  }

  test('a quota is decided for one organisation, in force while the relay runs, and taken back', async () => {
    const { org } = world.officer;
    expect((await runHere('quota', 'set', 'f00', '1MiB', '--data', data)).err).toContain('No organisation f00');
    expect((await runHere('quota', 'set', org, 'lots', '--data', data)).err).toContain('A size is a number');
    await runHere('quota', 'set', org, '1KiB', '--data', data);
    const link = await connect(world.relay.url, world.officer);
    const area = await intake(world.prosecutor);
    let said;
    do said = await link.append(await world.officer.letter(area, 'event', 'x'.repeat(2000)));
    while (said.t === 'appended'); // until the relay has looked
    expect(said).toMatchObject({ t: 'declined', cause: 'quota' });
    const quotas = (await runHere('quota', 'list', '--data', data, '--json')).json<{ quotas: object[] }>().quotas;
    expect(quotas).toContainEqual(expect.objectContaining({ org, bytes: 1024, isDefault: false }));
    await runHere('quota', 'set', org, 'default', '--data', data);
    await link.close();
  });

  test('an area and an organisation as a whole have quotas too; each is said by its word, and raised it goes on', async () => {
    const { org } = world.officer;
    const link = await connect(world.relay.url, world.officer);
    const [first, second] = [await ownArea(link, world.officer), await ownArea(link, world.officer)];
    const set = async (of: string, size: string) =>
      expect((await runHere('quota', 'set', org, size, '--of', of, '--data', data)).code).toBe(0);
    expect((await runHere('quota', 'set', org, '1KiB', '--of', 'desk', '--data', data)).err).toContain('intake, area');
    const put = async (area: AreaId, bytes: Uint8Array, named = bytes) => {
      const answer = await link.put(area, bytes, 0, chunkName(named));
      return `${answer.status} ${((await answer.json()) as { cause?: string }).cause ?? ''}`.trim();
    };
    const make = async (area: AreaId) => {
      const bytes = new Uint8Array(randomBytes(3000));
      await link.ask('refer', { area, tag: chunkName(bytes), chunks: [chunkName(bytes)], from: null });
      return bytes;
    };
    const [one, two, three] = [await make(first), await make(first), await make(second)];
    expect(await put(first, one)).toBe('200');
    await set('area', '4KiB');
    // With other bytes: what is sent before the running relay has looked is thrown away.
    const other = new Uint8Array(3000);
    await expect.poll(() => put(first, other, two), { timeout: 10_000 }).toBe('507 quota of the area');
    expect(await put(first, two)).toBe('507 quota of the area');
    expect(await put(second, three)).toBe('200');
    await set('area', 'default');
    await set('total', '7000');
    await expect.poll(() => put(first, other, two), { timeout: 10_000 }).toBe('507 quota of the organisation');
    const { quotas } = (await runHere('quota', 'list', '--data', data, '--json')).json<{ quotas: object[] }>();
    expect(quotas).toContainEqual({ org, of: 'total', bytes: 7000, isDefault: false, fullest: 6000 });
    expect(quotas).toContainEqual(expect.objectContaining({ org, of: 'area', isDefault: true, fullest: 3000 }));
    await set('total', 'default');
    await expect.poll(() => put(first, two), { timeout: 10_000 }).toBe('200');
    await link.close();
  });

  test('acts are put down, ids only; audit verify holds, and finds what was changed', async () => {
    const link = await connect(world.relay.url, world.officer);
    const area = await ownArea(link, world.officer);
    await link.append(await world.officer.edit(area, 'a line'));
    await link.close();
    const acts = (await runHere('audit', 'list', '--data', data)).out;
    expect(acts).toMatch(/org add .*[\s\S]*device suspend .*[\s\S]*quota set/);
    expect(acts).not.toMatch(/Police|Prosecution|Person|Officer/);
    const verify = () => runHere('audit', 'verify', '--data', data, '--json');
    expect(await verify().then((said) => [said.code, said.json()['ok']])).toEqual([0, true]);

    const db = openDatabase(data);
    // The order covers headers; who signed one, only the signature says.
    const [row] = db.prepare('SELECT area, n, entry FROM log WHERE entry IS NOT NULL ORDER BY area, n').all();
    const forged = decodeEntry(new Uint8Array(row?.['entry'] as Uint8Array));
    if (!forged.ok) throw new Error(forged.cause);
    const hex = toHex(encodeEntry({ ...forged.value, signature: new Uint8Array(64).fill(7) }));
    const tampered: [string, RegExp][] = [
      [`UPDATE acts SET detail = '{}' WHERE act = 'org add'`, /Act \d+ of the administrators/], // from before there was a key
      [`UPDATE acts SET detail = '{}' WHERE act = 'quota set'`, /Act \d+ of the administrators/],
      [`DELETE FROM acts WHERE act = 'device resume'`, /Act \d+ of the administrators/],
      [`UPDATE log SET time = time + 1 WHERE n = 2`, /place 2 does not follow/],
      [`UPDATE areas SET n = n + 1`, /was acknowledged/],
      [`UPDATE log SET entry = zeroblob(10) WHERE entry IS NOT NULL`, /is not what was ordered/],
      [
        `UPDATE log SET entry = x'${hex}' WHERE area = ${Number(row?.['area'])} AND n = ${Number(row?.['n'])}`,
        /is not signed by its computer/,
      ],
      [`UPDATE statements SET signature = zeroblob(64) WHERE n = 2`, /statement 2 is not its authority's/],
      [`DELETE FROM log WHERE n = 1`, /place 1 is missing/],
    ];
    const { verifyStore } = await import('../backup/verifyStore.ts');
    const { nodePlatform } = await import('../../common/node.ts');
    for (const [change, words] of tampered) {
      db.exec(`BEGIN; ${change}`);
      expect((await verifyStore(nodePlatform, db)).faults.join('\n')).toMatch(words);
      db.exec('ROLLBACK');
    }
    db.close();
  });

  test('doctor finds a relay that runs, and what is away', async () => {
    const said = await runHere('doctor', '--data', data, '--json');
    const findings = said.json<{ findings: { ok: boolean; what: string }[] }>().findings.map(({ what }) => what);
    expect(findings).toContainEqual(expect.stringContaining('Running at http://127.0.0.1'));
    expect(findings).toContainEqual(expect.stringContaining('Not linked: the authority of'));
  });
});
