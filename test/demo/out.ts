/**
 * The folder that a run leaves its story in. Owns which names in it are the demonstration's; promises to clear away only
 * what an earlier run left, never evidence that was given and never a folder of somebody else's that has the same name.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';

const OWN_INPUT = 'input';
const LEFT = [
  'officer',
  'prosecutor',
  'relay',
  'police',
  'prosecution',
  'screens',
  OWN_INPUT,
  'exported',
  'people.json',
  'relay-port',
  'relay.log',
  'police.log',
  'prosecution.log',
];
/** Written first: by it a later run knows that the rest is an earlier run's. */
const STORY = 'story.json';

export const removeTree = (at: string): Promise<void> => rm(at, { recursive: true, force: true });

/** Makes `dir` ready for a run with the evidence in `given` (null: the demonstration's own), or says why not. */
export async function clearOut(dir: string, given: string | null): Promise<Result<null, string>> {
  if (given !== null && isWithin(dir, given))
    return fail('The folder of --out lies within that of --input: choose another --out.');
  const kept = given !== null && isWithin(given, path.join(dir, OWN_INPUT)) ? OWN_INPUT : null;
  const left = LEFT.filter((name) => name !== kept);
  const lost = left.find((name) => given !== null && isWithin(given, path.join(dir, name)));
  if (lost !== undefined)
    return fail(
      `The folder of --input lies in what a run writes anew, ${lost} in that of --out: choose another --out.`,
    );
  const others = existsSync(path.join(dir, STORY)) ? undefined : left.find((name) => existsSync(path.join(dir, name)));
  if (others !== undefined)
    return fail(
      `The folder of --out holds ${others}, which is not of an earlier run: choose another --out, or remove it.`,
    );
  for (const name of left) await removeTree(path.join(dir, name));
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, STORY), '{}\n');
  return ok(null);
}

export const writeStory = (dir: string, story: unknown): Promise<void> =>
  writeFile(path.join(dir, STORY), `${JSON.stringify(story, null, 2)}\n`);

const isWithin = (inner: string, outer: string): boolean =>
  `${path.resolve(inner)}${path.sep}`.startsWith(`${path.resolve(outer)}${path.sep}`.replace(/[\\/]{2}$/, path.sep));
