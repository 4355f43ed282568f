/**
 * Joinder with sealing off, for the control of the leak search alone: the application as it is, but what its two places of
 * encryption put out is plain, with a keyed check where the tag would be, so that wrong keys still fail. Goes to a folder
 * under .cache; the product has no switch for it. Ends the build if either place is not where it was.
 */
import type { UserConfig } from 'electron-vite';
import path from 'node:path';
import type { Plugin } from 'vite';
import base from '../../../electron.vite.config.ts';
import { unsealedApp } from './place.ts';

const root = path.resolve(import.meta.dirname, '../../..');

interface Swap {
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly from: string;
}

const SWAPS: readonly Swap[] = [
  {
    file: 'shared/primitives/platform.ts',
    find: 'export async function encrypt(',
    put: 'async function sealedEncrypt(',
    from: 'export { encrypt } from',
  },
  {
    file: 'shared/primitives/platform.ts',
    find: 'export async function decrypt(',
    put: 'async function sealedDecrypt(',
    from: 'export { decrypt } from',
  },
  {
    file: 'electron/evidence/segments.ts',
    find: `import { createCipheriv, createDecipheriv } from 'node:crypto';`,
    put: '',
    from: 'import { createCipheriv, createDecipheriv } from',
  },
];

const stand = (file: string): string =>
  path.join(import.meta.dirname, file.startsWith('shared/') ? 'plainPlatform.ts' : 'plainSegments.ts');

const unsealed = (): Plugin => ({
  name: 'joinder-unsealed',
  enforce: 'pre',
  transform(code, id) {
    const swaps = SWAPS.filter(({ file }) => id === path.join(root, file));
    if (swaps.length === 0) return null;
    return swaps.reduce((text, { file, find, put, from }) => {
      if (!text.includes(find)) throw new Error(`${file} no longer has: ${find}`);
      return `${text.replace(find, put)}\n${from} ${JSON.stringify(stand(file))};\n`;
    }, code);
  },
});

type Room = NonNullable<UserConfig['main']>;
const { main, preload, renderer } = base as {
  main: Room;
  preload: Room;
  renderer: NonNullable<UserConfig['renderer']>;
};
const into = (room: string): string => path.join(unsealedApp, 'out', room);
const plain = (room: Room, name: string): Room => ({
  ...room,
  plugins: [unsealed()],
  build: { ...room.build, outDir: into(name), sourcemap: false },
});

const config: UserConfig = {
  main: plain(main, 'main'),
  preload: plain(preload, 'preload'),
  renderer: {
    ...renderer,
    plugins: [...(renderer.plugins ?? []), unsealed()],
    worker: { ...renderer.worker, plugins: () => [unsealed()] },
    build: { ...renderer.build, outDir: into('renderer'), sourcemap: false },
  },
};
export default config;
