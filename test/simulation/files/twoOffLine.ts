/** An officer and a prosecutor, both off line, with lines that count what they send: what they hand each other goes by stick. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { filedIn, packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { packageRow } from '../../../renderer/sync/views/packages.ts';
import type { StickReport } from '../../../shared/ipc/stick.ts';
import type { CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import type { FaultProxy } from '../../support/faultProxy.ts';
import { startFaultProxy } from '../../support/faultProxy.ts';
import { makeCase, releaseTo } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import type { Role } from '../world.ts';
import { World } from '../world.ts';

export const NAMES = ['CCTV.bin', 'MG11 Marsh.txt', 'MG5.txt'] as const;
export const LARGE = 3_000_000;
/** The world of the test at hand, its two computers, and the lines that they are counted on. */
export const at = {} as { world: World; officer: Computer; prosecutor: Computer; proxies: FaultProxy[] };

export async function enrol(name: Role): Promise<Computer> {
  const proxy = await startFaultProxy({ target: at.world.relayUrl });
  at.proxies.push(proxy);
  const computer = at.world.add(new Computer(path.join(at.world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(proxy.url, await at.world.code(name));
  return computer;
}

/** Anew for each test of a file: an officer and a prosecutor who know each other, both off line. */
export function withTwoOffLine(): void {
  beforeEach(async () => {
    at.proxies = [];
    at.world = await World.begin();
    at.officer = await enrol('officer');
    at.prosecutor = await enrol('prosecutor');
    await until(() => {
      const own = at.officer.session.directories;
      return own.partners().some((org) => (own.current(org)?.seats.size ?? 0) > 0);
    }, 'the key of the post there');
    await until(
      () =>
        at.prosecutor.session.directories.partners().length > 0 &&
        at.prosecutor.session.directories
          .current(at.officer.session.identity.org)
          ?.known.has(at.officer.session.identity.device),
      'the officer to be known',
    );
    at.officer.goOffline();
    at.prosecutor.goOffline();
  }, 40_000);
  afterEach(async () => {
    await at.world.end();
    for (const proxy of at.proxies) await proxy.close();
  }, 20_000);
}

export async function addReal(of: CaseId): Promise<void> {
  const drive = path.join(at.world.dir, 'drive');
  await mkdir(drive);
  await writeFile(path.join(drive, NAMES[0]), randomBytes(LARGE));
  for (const name of NAMES.slice(1)) await writeFile(path.join(drive, name), `${name} `.repeat(1000));
  const chosen = await at.officer.evidence!.choose(NAMES.map((name) => path.join(drive, name)));
  const added = await at.officer.desktop.importing.add(of, chosen);
  if (!added.ok) throw new Error(added.cause);
  await until(() => filedIn(at.officer.session, of).length === NAMES.length, 'all files');
}

export async function firstRelease(): Promise<PackageId> {
  const of = await makeCase(at.officer);
  await addReal(of);
  return releaseTo(
    at.officer,
    of,
    filedIn(at.officer.session, of).map(({ fact }) => fact.file),
  );
}

let sticks = 0;
/** A fresh stick, and what was written onto it. */

export async function onto(from: Computer, ...ids: PackageId[]): Promise<string[]> {
  const stick = path.join(at.world.dir, `stick ${++sticks}`);
  await mkdir(stick);
  const written = await from.desktop.sticks.export(ids, await from.evidence!.chooseFolder(stick));
  if (!written.ok) throw new Error(written.cause);
  return (await readdir(stick)).map((name) => path.join(stick, name)).sort();
}

export const into = async (to: Computer, files: readonly string[]): Promise<StickReport> =>
  to.desktop.sticks.import(await to.evidence!.choose(files));

export const row = ({ desktop }: Computer, id: PackageId) => {
  const pkg = packageOf(desktop.session, id);
  if (!pkg) throw new Error('no such package');
  return packageRow(desktop, pkg);
};

export const word = (computer: Computer, id: PackageId): string => row(computer, id).word.text;
export const condition = (computer: Computer, id: PackageId): string | undefined => row(computer, id).condition?.text;
export const inStep = ({ session }: Computer): Promise<boolean> =>
  session.db.outbox.count().then((waiting) => session.link.open && waiting === 0 && !session.log.isBehind());

export async function online(...computers: Computer[]): Promise<void> {
  for (const computer of computers) computer.goOnline();
  await until(async () => (await Promise.all(computers.map(inStep))).every(Boolean), 'everybody in step');
}
