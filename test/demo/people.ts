/**
 * Two windows for people to work in, with their servers: opened, and left alone until they are closed. Kept in a folder of
 * their own, so that the next start goes on where this one ended.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { appFolder, electronArgs, electronPath } from '../setup/electron-path.mjs';
import type { Role } from '../support/fellshire.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';

type Say = (line: string) => void;

const WINDOWS: readonly Role[] = ['officer', 'prosecutor'];

export async function openForPeople(dir: string, say: Say): Promise<void> {
  const servers = await startServers({ dir });
  await tell(servers, say);
  const windows = WINDOWS.map((role) =>
    spawn(electronPath(), [...electronArgs(), appFolder, `--user-data-dir=${path.join(dir, role)}`], {
      stdio: 'ignore',
    }),
  );
  // Ctrl+C reaches the windows by itself; another signal reaches this process alone.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => windows.forEach((window) => window.kill()));
  await Promise.all(windows.map((window) => once(window, 'exit')));
  await servers.stop();
}

/** electron-vite with reload, and the same servers, until the window is closed or a signal comes. Answers its exit code. */
export async function develop(dir: string, say: Say): Promise<number> {
  const servers = await startServers({ dir });
  await tell(servers, say);
  const [electron, profile] = [electronPath(), path.join(dir, 'prosecutor')].map((file) =>
    path.relative(appFolder, file),
  );
  say(
    `The officer's window opens. For the prosecutor's, from a second terminal: ELECTRON_RENDERER_URL=http://localhost:5173 ${[electron, '.', ...electronArgs(), `--user-data-dir=${profile}`].join(' ')}`,
  );
  const isWindows = process.platform === 'win32';
  // A group of its own: a signal to electron-vite alone would leave Electron behind.
  const dev = spawn('electron-vite', ['dev', '--', `--user-data-dir=${path.join(dir, 'officer')}`], {
    cwd: appFolder,
    stdio: 'inherit',
    detached: !isWindows,
    shell: isWindows,
  });
  const endGroup = (): void => void (dev.pid !== undefined && !isWindows && process.kill(-dev.pid, 'SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, endGroup);
  const [code] = (await once(dev, 'exit')) as [number | null];
  await servers.stop();
  return code ?? 0;
}

async function tell(servers: Servers, say: Say): Promise<void> {
  say(`Relay address for both windows: ${servers.relayUrl}`);
  for (const role of WINDOWS) {
    const { name, post, organisation } = servers.people[role];
    say(`  ${name} (${post}, ${organisation}): code ${await servers.newCode(role)}`);
  }
  say('A code works once. A window that is enrolled already asks for the passphrase that was given to it.');
}
