/**
 * Plays the story once, with nobody at the windows, and says what came of it.
 */
import path from 'node:path';
import { folderInput, isFolder, ownInput } from './input.ts';
import { clearOut, writeStory } from './out.ts';
import { playStory } from './story.ts';

/** Answers the exit code: 0; 1 where a file arrived with other bytes; 2 where it cannot be played so. */
export async function play(
  { out, input: given, screen }: { readonly out: string; readonly input: string | null; readonly screen: string },
  say: (line: string) => void,
): Promise<number> {
  const dir = path.resolve(out);
  const folder = given === null ? null : path.resolve(given);
  if (folder !== null && !(await isFolder(folder))) {
    say('What --input names is not a folder that can be read.');
    return 2;
  }
  const ready = await clearOut(dir, folder);
  if (!ready.ok) {
    say(ready.cause);
    return 2;
  }
  const input = folder === null ? await ownInput(path.join(dir, 'input')) : await folderInput(folder);
  say(screen);
  const story = await playStory(dir, input, say);
  await writeStory(dir, story);
  const wrong = story.files.filter((file) => file.sha256Sent !== file.sha256Opened);
  say(
    `${story.files.length - wrong.length} of ${story.files.length} files arrived with the SHA-256 they were sent with; ${story.skipped.length} were skipped, each by name.`,
  );
  for (const { name, why } of story.skipped) say(`  skipped ${name}: ${why}`);
  say(`Pictures of each step: ${path.join(dir, 'screens')}`);
  say(`What was seen: ${path.join(dir, 'story.json')}`);
  return wrong.length > 0 ? 1 : 0;
}
