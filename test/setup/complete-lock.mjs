/**
 * Owns one repair of package-lock.json: some registries lack the builds that a package offers for other platforms, npm
 * then leaves these out of the lock, and `npm ci` refuses a lock in which they are missing. Adds for each an entry with
 * its version and platform (no hash: nobody here has seen it), which `npm ci` skips on any other platform.
 *
 *   node test/setup/complete-lock.mjs           mends the lock; run it after adding a package
 *   node test/setup/complete-lock.mjs --check   says what is missing, and that no address of a registry has slipped in
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './exec.mjs';

/** @typedef {{ version?: string, resolved?: string, dev?: boolean, optionalDependencies?: Record<string, string>, [field: string]: unknown }} Locked */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/**
 * The entries that `packages` lacks, by their place in node_modules.
 * @param {Record<string, Locked>} packages
 * @returns {Record<string, Locked>}
 */
export function findMissingEntries(packages) {
  /** @type {Record<string, Locked>} */
  const missing = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const present = locate({ ...packages, ...missing }, place, name);
      // A range may be met by many versions; only an exact one tells which is meant.
      const exact = /^\d+\.\d+\.\d+\S*$/.test(version);
      if (!exact || present?.version === version) continue;
      const where = present === undefined ? `node_modules/${name}` : `${place}/node_modules/${name}`;
      missing[where] = orderFields({ version, ...platformOf(name), ...(dev === true ? { dev } : {}), optional: true });
    }
  }
  return missing;
}

/**
 * What `name` means to the package at `place`, looked up as Node does: beside it, then in each folder above.
 * @param {Record<string, Locked>} packages
 * @param {string} place
 * @param {string} name
 */
function locate(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

/** @param {string} name */
function platformOf(name) {
  const words = name.split(/[/_-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os.length > 0 ? { os } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}

/**
 * The version, then the rest by name: the order npm itself writes, so that its next run changes nothing.
 * @param {Locked} entry
 * @returns {Locked}
 */
function orderFields({ version, ...rest }) {
  const fields = Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...(version === undefined ? {} : { version }), ...Object.fromEntries(fields) };
}

function main() {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = findMissingEntries(lock.packages);
  const names = Object.keys(missing);
  const addressed = Object.entries(lock.packages).filter(([, locked]) => 'resolved' in locked);
  if (process.argv.includes('--check')) {
    for (const name of names) console.error(`package-lock.json lacks ${name}`);
    for (const [name] of addressed) console.error(`package-lock.json holds an address for ${name}`);
    if (names.length + addressed.length === 0) return;
    console.error('Run: node test/setup/complete-lock.mjs');
    process.exitCode = 1;
    return;
  }
  for (const [, locked] of addressed) delete locked.resolved;
  const byPlace = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPlace) }, null, 2)}\n`);
  console.error(`package-lock.json: ${names.length} entries added`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
