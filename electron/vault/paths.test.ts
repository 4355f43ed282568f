/** Paths that the vault sealed open in a later run; a token serves once. */
import { expect, it } from 'vitest';
import { platform } from '../platform.ts';
import { chosenCalls } from '../processes/chosen.ts';
import type { VaultContents } from './contents.ts';
import { pathSeal } from './paths.ts';

const vaultOf = (signKey: Uint8Array) => ({ contents: () => ({ signKey }) as VaultContents });
const PATHS = ['/media/Evidence Drive/R v Garside/CCTV.mp4', 'C:\\Users\\Ann\\Statement.pdf'];

it('opens what the same vault sealed, also in a later run, and nothing else', async () => {
  const vault = vaultOf(platform.random(138));
  const sealed = await pathSeal(platform, vault).seal(PATHS);
  expect(await pathSeal(platform, vault).open(sealed)).toEqual(PATHS);
  expect(Buffer.from(sealed).includes('Garside')).toBe(false);
  expect(await pathSeal(platform, vaultOf(platform.random(138))).open(sealed)).toEqual([]);
  expect(await pathSeal(platform, vault).open(sealed.map((byte, i) => (i === 40 ? byte ^ 1 : byte)))).toEqual([]);
  expect(await pathSeal(platform, vault).open(new Uint8Array(3))).toEqual([]);
});

it('takes a token once, none for writing, and gives fresh ones for what it sealed', async () => {
  const offers = new Map([
    ['one', PATHS[0] as string],
    ['two', PATHS[1] as string],
  ]);
  let next = 0;
  const evidence = {
    offer: (path: string, use: string) => {
      expect(use).toBe('read');
      offers.set(`fresh ${next}`, path);
      return Promise.resolve(`fresh ${next++}`);
    },
    take: (tokens: readonly string[]) =>
      tokens.flatMap((token) => {
        const path = offers.get(token);
        return path !== undefined && offers.delete(token) ? [path] : [];
      }),
  };
  const calls = chosenCalls(pathSeal(platform, vaultOf(platform.random(138))), evidence);
  const kept = await calls.keepChosen(['two', 'nobody offered this', 'one']);
  expect(offers.size).toBe(0);
  expect((await calls.chooseAgain(kept)).map((token) => offers.get(token))).toEqual([PATHS[1], PATHS[0]]);
  expect(await calls.chooseAgain(new Uint8Array(64))).toEqual([]);
});
