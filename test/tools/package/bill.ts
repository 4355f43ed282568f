/**
 * What a build is made of: a bill of materials (CycloneDX, by npm itself) and the licences of all of it, texts included.
 * Refuses a licence that nobody has looked at.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, runNpm } from '../../setup/exec.mjs';

/** Licences that may be passed on with a program that is not free itself; fonts may by OFL. */
const ALLOWED: ReadonlySet<string> = new Set(
  'MIT MIT-0 ISC 0BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 Unlicense OFL-1.1 CC0-1.0 Python-2.0 Zlib'.split(
    ' ',
  ),
);

/** What says no licence in its package, and has one in a file that was read. */
const READ: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT' };

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}
export interface Bill {
  readonly bomFormat: string;
  readonly components: readonly Component[];
}

/** By npm, of what package-lock.json pins and a build may carry; nothing of what only builds or tests. */
export const makeBill = (): Bill =>
  JSON.parse(
    runNpm(
      [
        'sbom',
        '--sbom-format=cyclonedx',
        '--sbom-type=application',
        '--omit=dev',
        '--omit=optional',
        '--package-lock-only',
      ],
      {
        doing: 'Writing the bill of materials',
        remedy: 'See that package-lock.json is whole (npm ci), then run the same command again.',
      },
    ),
  ) as Bill;

/** `MIT OR Apache-2.0` is allowed where one of them is; `AND` where all are. */
export function isAllowed(licence: string): boolean {
  const plain = licence.replace(/[()]/g, '').trim();
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isAllowed);
  return plain.split(' AND ').every((one) => ALLOWED.has(one.trim()));
}

const licenceOf = ({ name, version, licenses = [] }: Component): string =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ') ||
  (READ[`${name}@${version}`] ?? 'none said');

/** Components whose licence is not allowed, in words. */
export const refused = ({ components }: Bill): string[] =>
  components.filter((one) => !isAllowed(licenceOf(one))).map((one) => `${one.name} ${one.version}: ${licenceOf(one)}`);

function textOf(name: string): string {
  const folder = path.join(root, 'node_modules', name);
  if (!existsSync(folder)) return '';
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  return file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
}

/** Writes `joinder.cdx.json` and `licences.txt`; answers how many components there are. */
export function writeBill(folder: string): number {
  const bill = makeBill();
  const bad = refused(bill);
  if (bad.length > 0) throw new Error(`Licences that nobody has looked at:\n${bad.join('\n')}`);
  writeFileSync(path.join(folder, 'joinder.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  const parts = bill.components.map((one) => `${one.name} ${one.version}\n${licenceOf(one)}\n\n${textOf(one.name)}`);
  const electron = 'Electron and Chromium: see LICENSES.chromium.html beside the program.';
  writeFileSync(path.join(folder, 'licences.txt'), `${[electron, ...parts].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
  return bill.components.length;
}
