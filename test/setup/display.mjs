/**
 * Owns the screen that windows appear on: the one there is, or a virtual one (Xvfb) of its own where there is none.
 * Promises DISPLAY in process.env, and a function that ends what it started. Never takes a display number that is in
 * use: Xvfb itself picks a free one and says which. (-noreset: Xvfb would otherwise refuse whoever comes while it starts
 * afresh after its last window closed.)
 */
import { spawn } from 'node:child_process';
import { SetupError } from './exec.mjs';

/**
 * @param {{ width?: number, height?: number }} [size]
 * @returns {Promise<() => void>} ends the virtual screen, if one was started
 */
export async function ensureDisplay({ width = 1600, height = 1000 } = {}) {
  if (process.platform !== 'linux' || hasDisplay()) return () => {};
  const screen = ['-screen', '0', `${width}x${height}x24`];
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-noreset', '-nolisten', 'tcp', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await readDisplayNumber(xvfb);
  process.env['DISPLAY'] = `:${number}`;
  const stop = () => void xvfb.kill();
  process.once('exit', stop);
  xvfb.unref();
  return stop;
}

function hasDisplay() {
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

/**
 * @param {import('node:child_process').ChildProcess} xvfb
 * @returns {Promise<string>}
 */
function readDisplayNumber(xvfb) {
  const remedy = 'Install it (Debian: apt-get install xvfb), or set DISPLAY.';
  return new Promise((resolve, reject) => {
    xvfb.once('error', () => reject(new SetupError(`There is no screen, and Xvfb cannot be started. ${remedy}`)));
    xvfb.once('exit', (code) => reject(new SetupError(`Xvfb ended at once (exit code ${code}). ${remedy}`)));
    const pipe = /** @type {import('node:net').Socket} */ (xvfb.stdio[3]);
    pipe.once('data', (data) => {
      pipe.destroy();
      resolve(String(data).trim());
    });
  });
}
