/**
 * `npm start` and `npm run demo`: the demonstration as a person meets it. With a screen, `start` opens two windows with
 * their servers and leaves them to whoever sits there; without one, and for `demo --headless`, the story is played.
 *
 *   main.ts start
 *   main.ts demo --headless --out DIR [--input FOLDER]
 *   main.ts dev
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { appFolder } from '../setup/electron-path.mjs';
import { develop, openForPeople } from './people.ts';
import { play } from './play.ts';

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
  await playAlone(values.out ?? path.join(cache, 'demo'));
else if (what === 'demo') await openForPeople(values.out ?? path.join(cache, 'start'), say);
else {
  say(USAGE);
  process.exitCode = 2;
}

async function playAlone(out: string): Promise<void> {
  const screen = isVirtual ? 'There is no screen here: the story is played on a virtual one.' : 'The story is played.';
  process.exitCode = await play({ out, input: values.input ?? null, screen }, say);
}
