/**
 * Owns what Electron needs of the operating system on Debian and its relatives: shared libraries, a virtual screen for
 * tests, and fonts, so that screenshots look as they do on a desktop. Installs what is missing when run as root, and
 * otherwise says exactly which command to run. Elsewhere it does nothing. What only some tests need (a browser for the
 * relay's console, a proxy before the relay) is installed likewise, and where it is missing those tests say so and rest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run, say, SetupError } from './exec.mjs';

// A package may have two names: newer releases renamed the libraries whose time type grew to 64 bits.
const libraries = [
  { file: 'libnss3.so', packages: ['libnss3'] },
  { file: 'libgtk-3.so.0', packages: ['libgtk-3-0', 'libgtk-3-0t64'] },
  { file: 'libasound.so.2', packages: ['libasound2', 'libasound2t64'] },
  { file: 'libgbm.so.1', packages: ['libgbm1'] },
];
const programs = [
  { file: 'Xvfb', packages: ['xvfb'] },
  { file: 'xauth', packages: ['xauth'] },
];
const fonts = [
  { file: '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf', packages: ['fonts-noto-core'] },
  { file: '/usr/share/fonts/truetype/liberation', packages: ['fonts-liberation'] },
];

/** Needed by single tests, which are left out where it is not there. */
const wished = [
  { file: 'chromium', packages: ['chromium'] },
  { file: 'nginx', packages: ['nginx-light'] },
];
const folders = () => [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
/** @param {string} name */
const programPath = (name) =>
  folders()
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file)) ?? null;

/** Chromium as Debian packages it; null where there is none. */
export const chromiumPath = () => programPath('chromium');
/** nginx likewise. */
export const nginxPath = () => programPath('nginx');

export function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return;
  const missing = findMissing();
  const isRoot = process.getuid?.() === 0;
  const wanted = isRoot ? wished.filter(({ file }) => programPath(file) === null).map(({ packages }) => packages) : [];
  if (wanted.length > 0) installWished(wanted);
  if (missing.length === 0) return;
  if (!isRoot) {
    const names = missing.map((packages) => packages[0]).join(' ');
    throw new SetupError(`Electron needs Debian packages that are missing here. Run: sudo apt-get install ${names}`);
  }
  install(missing);
}

function findMissing() {
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return [
    ...libraries.filter(({ file }) => !known.includes(`${file} `)),
    ...programs.filter(({ file }) => programPath(file) === null),
    ...fonts.filter(({ file }) => !existsSync(file)),
  ].map(({ packages }) => packages);
}

/** A mirror without them costs those tests, not the set-up. */
/** @param {string[][]} wanted */
function installWished(wanted) {
  try {
    install(wanted);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`not installed, so that tests which need it rest: ${wanted.map((packages) => packages[0]).join(', ')}`);
  }
}

/** @param {string[][]} missing */
function install(missing) {
  const remedy = 'Check that this computer reaches its Debian mirror, then run the same command again.';
  // Level 1: no service is started by what is installed.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  say('installing Debian packages ...');
  run('apt-get', ['update', '-qq'], { env, doing: 'Updating the list of Debian packages', remedy });
  const names = missing.map(nameHere);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env,
    doing: `Installing ${names.join(', ')}`,
    remedy,
  });
}

/** @param {string[]} packages */
function nameHere(packages) {
  const [first = ''] = packages;
  return packages.find((name) => spawnSync('apt-cache', ['show', '--no-all-versions', name]).status === 0) ?? first;
}
