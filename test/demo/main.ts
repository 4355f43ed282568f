/**
 * `npm start` and `npm run demo`: the demonstration as a person meets it. With a screen, `start` opens two windows with
 * their servers and leaves them to whoever sits there; without one, and for `demo --headless`, the story is played.
 *
 *   main.ts start
 *   main.ts demo --headless --out DIR [--input FOLDER]
 *   main.ts dev
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { appFolder } from '../setup/electron-path.mjs';
import { folderInput, ownInput, removeTree } from './input.ts';
import { develop, openForPeople } from './people.ts';
import { playStory } from './story.ts';

const say = (line: string): void => console.log(line);
const cache = path.join(appFolder, '.cache');
const USAGE = 'usage: demo --headless --out DIR [--input FOLDER] | start | dev';

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { headless: { type: 'boolean' }, out: { type: 'string' }, input: { type: 'string' } },
    });
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

const { positionals, values } = readArguments();
const [what] = positionals;
const isVirtual = process.env['JOINDER_SCREEN'] === 'virtual';

if (what === 'dev') process.exitCode = await develop(path.join(cache, 'dev'), say);
else if (what === 'start' && !isVirtual) await openForPeople(path.join(cache, 'start'), say);
else if (what === 'start' || (what === 'demo' && (values.headless === true || isVirtual)))
  await play(values.out ?? path.join(cache, 'demo'));
else if (what === 'demo') await openForPeople(values.out ?? path.join(cache, 'start'), say);
else {
  say(USAGE);
  process.exitCode = 2;
}

async function play(out: string): Promise<void> {
  const dir = path.resolve(out);
  // Only what an earlier run of this left: a folder may hold other things.
  for (const left of ['officer', 'prosecutor', 'relay', 'police', 'prosecution', 'screens', 'input', 'exported'])
    await removeTree(path.join(dir, left));
  mkdirSync(dir, { recursive: true });
  const input = values.input === undefined ? await ownInput(path.join(dir, 'input')) : await folderInput(values.input);
  say(isVirtual ? 'There is no screen here: the story is played on a virtual one.' : 'The story is played.');
  const story = await playStory(dir, input, say);
  writeFileSync(path.join(dir, 'story.json'), `${JSON.stringify(story, null, 2)}\n`);
  const wrong = story.files.filter((file) => file.sha256Sent !== file.sha256Opened);
  say(
    `${story.files.length - wrong.length} of ${story.files.length} files arrived with the SHA-256 they were sent with; ${story.skipped.length} were skipped, each by name.`,
  );
  for (const { name, why } of story.skipped) say(`  skipped ${name}: ${why}`);
  say(`Pictures of each step: ${path.join(dir, 'screens')}`);
  say(`What was seen: ${path.join(dir, 'story.json')}`);
  if (wrong.length > 0) process.exitCode = 1;
}
