/**
 * The step `bundle`: chunks onto a stick at the officer's, and from it at the prosecutor's, with no relay between them. One
 * half has the fault, the other is done with nothing in its way. The contents beside the chunks (entries) are bytes without
 * meaning here: who may read them is not what is tried.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MiB } from '../../../shared/primitives/units.ts';
import { STICK_LOST, STICK_NOT_WRITTEN } from '../../../shared/status/stickCauses.ts';
import { TRANSFER } from '../../../shared/status/transferCauses.ts';
import { bytesOf } from './bytes.ts';
import type { Play } from './play.ts';
import type { Half } from './cells.ts';
import type { Stage } from './stage.ts';

const SIZE = 24 * MiB + 4321;

export async function playCarrying(
  { folder, stick, officer, prosecutor }: Stage,
  seed: number,
  half: Half,
): Promise<Play> {
  const bytes = bytesOf(SIZE, seed);
  const original = path.join(folder, 'original.bin');
  await writeFile(original, bytes);
  await mkdir(stick, { recursive: true });
  let content = await officer.addOne(original);
  const side = half === 'written' ? officer : prosecutor;
  const words = new Set<string>();
  let state: ReturnType<Play['standing']> = 'going';
  let attempts = 0;
  let name = '';
  let progress = 0;
  const say = (short: string): 'stopped' => {
    words.add(short);
    return 'stopped';
  };

  /** A bundle of a name of its own each time, as the application makes it. */
  async function write(): Promise<'whole' | 'stopped'> {
    name = `bundle ${++attempts}`;
    const token = `stick ${attempts}`;
    await officer.life.host.offer(token, stick, 'folder');
    const written = await officer.life.worker.writeStick(token, token, name, bytesOf(5000, seed + 1), content.chunks);
    if (written.ok) return 'whole';
    return say(STICK_NOT_WRITTEN[written.cause].short);
  }
  async function read(): Promise<'whole' | 'stopped'> {
    const token = `read ${++attempts}`;
    await prosecutor.life.host.offer(token, path.join(stick, `${name}.stick`), 'read');
    const opened = await prosecutor.life.worker.openStick(token);
    if (!opened.ok) return say(STICK_LOST['cut off'].short);
    const { handle } = opened.value;
    const wanted = content.chunks.map((chunk) => ({ ...chunk, wanted: true }));
    const { damaged, lost, stopped } = await prosecutor.life.worker.takeFromStick(token, handle, wanted);
    await prosecutor.life.worker.closeStick(handle);
    if (damaged.length > 0) return say(STICK_LOST.damaged.short);
    return lost.length > 0 ? say(STICK_LOST[stopped ?? 'cut off'].short) : 'whole';
  }
  /** Answers that belong to an attempt before a new start are heard by nobody. */
  function attempt(work: () => Promise<'whole' | 'stopped'>): void {
    const { life } = side;
    state = 'going';
    progress = 0;
    const run = async (): Promise<void> => {
      const came = await work().catch(() => 'stopped' as const);
      if (side.isUp && side.life === life) state = came;
    };
    void run();
  }
  const begin = (): void => attempt(half === 'written' ? write : read);
  const undisturbed = async (work: () => Promise<'whole' | 'stopped'>, what: string): Promise<void> => {
    if ((await work()) !== 'whole') throw new Error(`${what}: ${[...words].join('; ')}`);
  };
  if (half === 'read') await undisturbed(write, 'the other half of the way');

  return {
    side,
    begin: () => Promise.resolve(begin()),
    // The stick is told of a few times a second, and written faster: what is there already says that it has begun.
    progress: () => {
      const moved = side.isUp ? (side.life.sticks.at(-1)?.done ?? 0) : 0;
      return (progress = Math.max(progress, moved > 0 || state !== 'going' ? 1 : 0));
    },
    standing: () => state,
    words: () => [...words],
    goOn: () => Promise.resolve(begin()),
    retry: async () => {
      // What the stick spoiled is written onto it once more; what this disk spoiled is added again from the original.
      if (words.has(STICK_NOT_WRITTEN['missing here'].short)) content = await officer.addOne(original);
      if (half === 'read' && words.has(STICK_LOST.damaged.short)) await undisturbed(write, 'a new bundle');
      begin();
    },
    check: async () => {
      if (half === 'written' && (await read()) !== 'whole') {
        state = 'stopped';
        await undisturbed(write, 'a new bundle');
        return STICK_LOST.damaged.short;
      }
      const bundles = (await readdir(stick)).filter((file) => file.endsWith('.stick'));
      if (bundles.length > attempts) throw new Error('what is no bundle has the name of one');
      const cause = await prosecutor.exportedAs(content, bytes, folder);
      return cause === null ? null : TRANSFER[cause as keyof typeof TRANSFER].short;
    },
  };
}
