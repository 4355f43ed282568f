/** Pulls the cable twice while the largest file is on its way, between a fifth and four fifths of it, by bytes at the proxy. */
import type { Page } from 'playwright';
import type { Direction, FaultProxy } from '../support/faultProxy.ts';
import type { Input, InputFile } from './input.ts';
import type { Recorder } from './record.ts';

const PLACES = [0.35, 0.65] as const;
/** Under this a file is on its way for too short a time to be met in the middle. */
const LEAST = 4 * 1024 * 1024;
/** So slow that a person could watch it: the largest takes some ten seconds each way. */
const SECONDS = 10;

export async function cutTwice(
  cable: FaultProxy,
  window: Page,
  direction: Direction,
  input: Input,
  largest: InputFile,
  record: Recorder,
  actor: string,
): Promise<void> {
  const { bytes, name } = largest;
  if (bytes < LEAST) return;
  cable.slow(Math.max(4 * 1024 * 1024, bytes / SECONDS));
  const before = cable.bytes(direction) + input.files.reduce((sum, file) => sum + file.bytes, 0) - bytes;
  for (const [index, place] of PLACES.entries()) {
    await cable.whenBytes(direction, before + Math.round(bytes * place));
    cable.refuse(true);
    // A dialog may be open over it: it is seen all the same.
    await window
      .getByRole('contentinfo', { name: 'Status bar', includeHidden: true })
      .getByText(/^Offline/)
      .waitFor();
    await record.step(actor, window, `the link was cut in the middle of ${name}, ${index === 0 ? 'once' : 'twice'}`);
    cable.refuse(false);
  }
  cable.slow(null);
}
