/**
 * Owns what Electron needs of the operating system on Debian and its relatives: shared libraries, a virtual screen for
 * tests, and fonts, so that screenshots look as they do on a desktop. Installs what is missing when run as root, and
 * otherwise says exactly which command to run. Elsewhere it does nothing. What only some tests need (a browser for the
 * relay's console, a proxy before the relay) is installed likewise, and where it is missing those tests say so and rest.
 * promtool is taken out of its package and kept here: installing that would start a Prometheus.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, run, say, SetupError } from './exec.mjs';

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
const kept = path.join(cache, 'promtool');
const keptPromtool = path.join(kept, 'usr', 'bin', 'promtool');
/** promtool likewise: the machine's own, or the one that was kept. */
export const promtoolPath = () => programPath('promtool') ?? (existsSync(keptPromtool) ? keptPromtool : null);

export function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return;
  const missing = findMissing();
  const isRoot = process.getuid?.() === 0;
  const wanted = isRoot ? wished.filter(({ file }) => programPath(file) === null).map(({ packages }) => packages) : [];
  if (wanted.length > 0) installWished(wanted);
  if (promtoolPath() === null) keepPromtool(isRoot);
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

const remedy = 'Check that this computer reaches its Debian mirror, then run the same command again.';

/** The one program out of its package, checked by apt as any; no user is made, no service, nothing outside the cache. */
/** @param {boolean} isRoot */
function keepPromtool(isRoot) {
  try {
    say('fetching promtool ...');
    mkdirSync(kept, { recursive: true });
    const isListed = spawnSync('apt-cache', ['show', '--no-all-versions', 'prometheus']).status === 0;
    if (!isListed && isRoot)
      run('apt-get', ['update', '-qq'], { doing: 'Updating the list of Debian packages', remedy });
    const asRoot = isRoot ? ['-o', 'APT::Sandbox::User=root'] : []; // the cache may be where apt's own user cannot write
    run('apt-get', ['download', '-qq', ...asRoot, 'prometheus'], { cwd: kept, doing: 'Fetching promtool', remedy });
    const archive = readdirSync(kept).find((name) => name.endsWith('.deb')) ?? '';
    run('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" | tar -x ./usr/bin/promtool', 'sh', archive], {
      cwd: kept,
      doing: 'Taking promtool out of its package',
      remedy,
    });
    rmSync(path.join(kept, archive));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    rmSync(kept, { recursive: true, force: true });
    say('no promtool, so that tests which need it rest');
  }
}

/** @param {string[][]} missing */
function install(missing) {
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
