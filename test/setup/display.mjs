/**
 * Owns the screen that windows appear on: the one there is, or a virtual one (Xvfb) of its own where there is none.
 * Promises DISPLAY in process.env, and a function that ends what it started. Never takes a display number that is in
 * use: Xvfb itself picks a free one and says which.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from './exec.mjs';

/**
 * @param {{ width?: number, height?: number }} [size]
 * @returns {Promise<() => Promise<void>>} ends the virtual screen, if one was started
 */
export async function ensureDisplay({ width = 1600, height = 1000 } = {}) {
  if (process.platform !== 'linux' || hasDisplay()) return async () => {};
  const screen = ['-screen', '0', `${width}x${height}x24`];
  // Without -noreset, Xvfb refuses whoever comes while it starts afresh after its last window has closed.
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-noreset', '-nolisten', 'tcp', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.env['DISPLAY'] = `:${await readNumber(xvfb)}`;
  // Nobody looks at this one: what is shown to people is played instead.
  process.env['JOINDER_SCREEN'] = 'virtual';
  const kill = () => void xvfb.kill();
  process.once('exit', kill);
  xvfb.unref();
  return async () => {
    process.off('exit', kill);
    if (xvfb.exitCode !== null || xvfb.signalCode !== null) return;
    xvfb.ref();
    xvfb.kill();
    await once(xvfb, 'exit');
  };
}

function hasDisplay() {
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

/**
 * Xvfb writes its number when it takes connections. The pipe must stay open until Xvfb itself has closed it: it writes
 * the number and the end of the line one after the other, and ends with an error when the second finds nobody.
 * @param {import('node:child_process').ChildProcess} xvfb
 * @returns {Promise<string>}
 */
function readNumber(xvfb) {
  const remedy = 'Install it (Debian: apt-get install xvfb), or set DISPLAY.';
  return new Promise((resolve, reject) => {
    xvfb.once('error', () => reject(new SetupError(`There is no screen, and Xvfb cannot be started. ${remedy}`)));
    xvfb.once('exit', (code) => reject(new SetupError(`Xvfb ended at once (exit code ${code}). ${remedy}`)));
    const pipe = /** @type {import('node:net').Socket} */ (xvfb.stdio[3]);
    let said = '';
    pipe.on('data', (data) => (said += String(data)));
    pipe.once('end', () => resolve(said.trim()));
  });
}
