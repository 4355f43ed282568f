/**
 * `npm run package`: installable builds by electron-builder where Electron's own distribution can be fetched, their fuses
 * read back; and in any case what they are made of (bill of materials, licences), and the installed layout on this machine's
 * Electron, started once. Builds with the fallback Electron are never passed on: it is for development only.
 *
 *   npm run package [-- --win | --linux] [--layout-only]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bin, root } from '../setup/exec.mjs';
import { writeBill } from './package/bill.ts';
import { differing, wishedFuses } from './package/fuses.ts';
import { makeLayout, startOnce } from './package/layout.ts';

const dist = path.join(root, 'dist');
const say = (text: string): void => console.error(`package: ${text}`);
const wish = wishedFuses(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));

/** Where Electron's distribution is fetched from; a mirror of one's own goes before it. */
export const sourceOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? 'https://github.com/electron/electron/releases/';

async function canFetch(source: string): Promise<boolean> {
  try {
    await fetch(source, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return true;
  } catch {
    return false;
  }
}

function checkFuses(program: string): void {
  const wrong = differing(program, wish);
  if (wrong.length > 0) throw new Error(`${path.basename(program)}: ${wrong.join('; ')}.`);
  say(`fuses of ${path.relative(root, program)} are as wished`);
}

async function main(args: readonly string[]): Promise<number> {
  mkdirSync(dist, { recursive: true });
  say(`bill of materials: ${writeBill(dist)} components; dist/joinder.cdx.json, dist/licences.txt`);
  const { program } = makeLayout(path.join(dist, 'layout'), wish);
  checkFuses(program);
  const { title, url } = await startOnce(program);
  say(`the layout starts: ${title}, ${url}`);
  if (args.includes('--layout-only')) return 0;

  const source = sourceOf(process.env);
  if (!(await canFetch(source))) {
    say(
      `no installable builds: Electron's distribution cannot be fetched, since ${new URL(source).host} cannot be reached from here.`,
    );
    say(
      'Set ELECTRON_MIRROR to a mirror that this computer reaches, or run this where that host is reached; then run the same command again.',
    );
    return 1;
  }
  const targets = args.filter((one) => one === '--win' || one === '--linux');
  const built = spawnSync(path.join(bin, 'electron-builder'), ['--publish', 'never', ...targets], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) return built.status ?? 1;
  const programs = globSync('dist/{linux,win}*-unpacked/{joinder,Joinder.exe}', { cwd: root });
  if (programs.length === 0)
    throw new Error('electron-builder left no unpacked program whose fuses could be read back.');
  for (const one of programs) checkFuses(path.join(root, one));
  const installers = globSync('dist/*.{exe,deb,AppImage}', { cwd: root });
  say(`built: ${installers.join(', ')}`);
  return installers.length > 0 && existsSync(path.join(dist, 'licences.txt')) ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
