/**
 * A world for one test: relay and authorities of its own, computers that are enrolled as a person would, each on a cable of
 * its own, and a folder for files. Promises that all of it ends with the test, and that no window broke a rule meanwhile:
 * no content security violation, no error that nobody caught.
 */
import { test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { createCipheriv } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultProxy } from '../support/faultProxy.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import type { Computer } from '../support/launch.ts';
import { killComputer, launchComputer } from '../support/launch.ts';
import type { Role } from '../support/fellshire.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import { within } from '../support/within.ts';
import type { Actor } from './actors.ts';
import { actor } from './actors.ts';

/** A person at a computer, and the cable that it hangs on. */
export type Desk = Actor & { readonly cable: FaultProxy };

export interface World {
  /** Everything of this test lies here; `relay` in it is the relay's data. */
  readonly dir: string;
  readonly servers: Servers;
  /** A new computer of this person, enrolled. */
  desk(role: Role, name?: string): Promise<Desk>;
  /** The same profile again, after it was left or killed; not unlocked. */
  restart(desk: Desk): Promise<Desk>;
  /** A file of this content, or of so many bytes that neither compress nor repeat; its path. */
  makeFile(name: string, content: number | string | Uint8Array): Promise<string>;
  /** Alters every sealed chunk on this computer's disk, as a failing disk does. */
  spoilEvidence(desk: Desk): Promise<void>;
  /** Where the wire of every cable is captured; only with `captured`. */
  readonly wire: string;
}

interface Options {
  /** Keeps all that goes over every cable. */
  readonly captured: boolean;
  /** Another application than the one that was built: its folder. */
  readonly application: string | undefined;
}

export const test = base.extend<Options & { world: World }>({
  captured: [false, { option: true }],
  application: [undefined, { option: true }],
  world: async ({ captured, application }, provide) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'joinder-world-'));
    const servers = await startServers({ dir });
    const computers: Computer[] = [];
    const cables: FaultProxy[] = [];
    const broken: string[] = [];
    const wire = path.join(dir, 'wire');

    const start = async (profile: string): Promise<Computer> => {
      const computer = await launchComputer({ profile, application });
      computers.push(computer);
      watchRules(computer.app, broken);
      return computer;
    };
    await provide({
      dir,
      servers,
      wire,
      desk: async (role, name = role) => {
        const cable = await startFaultProxy({
          target: servers.relayUrl,
          ...(captured && { capture: path.join(wire, name) }),
        });
        cables.push(cable);
        const [computer, code] = await Promise.all([
          within(`a window of ${name}`, start(path.join(dir, name)), 60_000),
          within(`a code for ${name}`, servers.newCode(role)),
        ]);
        const person = actor(computer);
        await within(`${name} enrolled`, person.enrol(cable.url, code, `${name}’s laptop`));
        return { ...person, cable };
      },
      restart: async (desk) => ({ ...actor(await start(desk.computer.profile)), cable: desk.cable }),
      makeFile: async (name, content) => {
        const file = path.join(dir, 'files', name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, typeof content === 'number' ? noise(content, name) : content);
        return file;
      },
      spoilEvidence: async ({ computer: { profile } }) => {
        const folder = path.join(profile, 'evidence');
        for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
          if (name.isFile()) await turnFirstByte(path.join(name.parentPath, name.name));
        }
      },
    });
    // What is left to send would ask a question that nobody answers here.
    await Promise.all(computers.map((computer) => killComputer(computer)));
    await Promise.all(cables.map((cable) => cable.close()));
    await servers.stop();
    await rm(dir, { recursive: true, force: true });
    base.expect(broken, 'rules that a window broke').toEqual([]);
  },
});

export { expect } from '@playwright/test';

async function turnFirstByte(file: string): Promise<void> {
  const to = await open(file, 'r+');
  const { buffer, bytesRead } = await to.read(Buffer.alloc(1), 0, 1, 0);
  if (bytesRead === 1) await to.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, 0);
  await to.close();
}

/** Bytes that follow from the name: the same each time, and of no other file. */
export const noise = (bytes: number, name: string): Buffer =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, name), Buffer.alloc(16)).update(Buffer.alloc(bytes));

function watchRules(app: ElectronApplication, broken: string[]): void {
  const watch = (window: Page): void => {
    window.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) broken.push(message.text());
    });
    window.on('pageerror', (error) => broken.push(error.message));
  };
  app.windows().forEach(watch);
  app.on('window', watch);
}
