/**
 * Owns what Electron needs of the operating system on Debian and its relatives: shared libraries, a virtual screen for
 * tests, and fonts, so that screenshots look as they do on a desktop. Installs what is missing when run as root, and
 * otherwise says exactly which command to run. Elsewhere it does nothing.
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

export function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return;
  const missing = findMissing();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const names = missing.map((packages) => packages[0]).join(' ');
    throw new SetupError(`Electron needs Debian packages that are missing here. Run: sudo apt-get install ${names}`);
  }
  install(missing);
}

function findMissing() {
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return [
    ...libraries.filter(({ file }) => !known.includes(`${file} `)),
    ...programs.filter(({ file }) => !folders.some((folder) => existsSync(path.join(folder, file)))),
    ...fonts.filter(({ file }) => !existsSync(file)),
  ].map(({ packages }) => packages);
}

/** @param {string[][]} missing */
function install(missing) {
  const remedy = 'Check that this computer reaches its Debian mirror, then run the same command again.';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  say('installing the Debian packages that Electron needs ...');
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
