/** The step `import`: a folder of many small files and a large one is hashed and sealed into the officer's store. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sealedIn, skippedIn } from '../../../electron/evidence/testing/desk.fixture.ts';
import type { Content, ImportNews } from '../../../shared/ipc/evidence.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';
import { SKIPPED } from '../../../shared/status/skipCauses.ts';
import { TRANSFER } from '../../../shared/status/transferCauses.ts';
import { bytesOf } from './bytes.ts';
import type { Play } from './play.ts';
import type { Stage } from './stage.ts';

const SMALL_FILES = 24;

export async function playAdding({ folder, officer: side }: Stage, seed: number): Promise<Play> {
  const source = path.join(folder, 'chosen');
  await mkdir(source);
  const files = new Map<string, Buffer>();
  for (let i = 0; i <= SMALL_FILES; i++) {
    const bytes = bytesOf(i === SMALL_FILES ? 10 * MiB + 5 : 384 * KiB + i, seed + i);
    const name = `exhibit ${String(i).padStart(2, '0')}.bin`;
    await writeFile(path.join(source, name), bytes);
    files.set(name, bytes);
  }
  const got = new Map<string, Content>();
  const words = new Set<string>();
  const placeOf = (name: string): string => `0/chosen/${name}`;
  const lacking = (): string[] => [...files.keys()].filter((name) => !got.has(name)).map(placeOf);
  let isEnded = false;
  let heard = { life: side.life, upTo: 0 };
  const names = new Map<number, string>();

  /** Reads what came since, as the sync worker does. */
  function hear(): void {
    if (!side.isUp) return;
    if (heard.life !== side.life) heard = { life: side.life, upTo: 0 };
    const news = heard.life.imported.slice(heard.upTo);
    heard.upTo += news.length;
    for (const one of news) hearOne(one);
  }
  function hearOne(one: ImportNews): void {
    if (one.is === 'found') names.set(one.file, one.name);
    if (one.is === 'finished') isEnded = true;
    for (const { file, content } of sealedIn([one])) {
      got.set(names.get(file) ?? '', content);
      void side.life.worker.named([content]).catch(() => undefined); // found again at the next start
    }
    for (const { why } of skippedIn([one])) words.add(SKIPPED[why].short);
  }
  const goOn = async (): Promise<void> => {
    isEnded = false;
    names.clear();
    await side.beginImport(source, lacking());
  };
  return {
    side,
    begin: () => side.beginImport(source),
    progress: () => {
      hear();
      return got.size / files.size;
    },
    standing: () => {
      hear();
      if (got.size === files.size) return 'whole';
      return isEnded ? 'stopped' : 'going';
    },
    words: () => [...words],
    goOn,
    retry: goOn,
    check: async () => {
      let said: string | null = null;
      for (const [name, bytes] of files) {
        const content = got.get(name);
        if (!content) throw new Error('a file is missing');
        const cause = await side.exportedAs(content, bytes, folder);
        if (cause === null) continue;
        got.delete(name);
        words.add((said = TRANSFER[cause as keyof typeof TRANSFER].short));
      }
      return said;
    },
  };
}
