/** The way out: asks where something is unsent and somebody is there to ask, and ends whatever fails. */
import { expect, test, vi } from 'vitest';
import type { Unsent } from '../../shared/ipc/preload.ts';
import type { QuitPlace } from './quit.ts';
import { quitBy } from './quit.ts';

const NOTHING: Unsent = { files: 0, bytes: 0, edits: 0, sentences: [] };
const SOME: Unsent = { files: 2, bytes: 100, edits: 1, sentences: ['2 files are not sent'] };

function setUp(unsent: Unsent | null, hasWindow = true) {
  const done: string[] = [];
  const at = {
    unsent: vi.fn<QuitPlace['unsent']>(async () => unsent),
    ask: vi.fn<QuitPlace['ask']>(() => hasWindow),
    close: vi.fn<QuitPlace['close']>(async () => void done.push('closed')),
    end: vi.fn<QuitPlace['end']>(() => void done.push('ended')),
  };
  return { at, done, quit: quitBy(at) };
}

test('with nothing unsent it closes, then ends, without a question', async () => {
  for (const unsent of [NOTHING, null]) {
    const { at, done, quit } = setUp(unsent);
    expect(quit.mayGo()).toBe(false);
    await vi.waitFor(() => expect(done).toEqual(['closed', 'ended']));
    expect(at.ask).not.toHaveBeenCalled();
    expect(quit.mayGo()).toBe(true);
  }
});

test('with something unsent it asks, and stays until told otherwise', async () => {
  const { at, done, quit } = setUp(SOME);
  expect(quit.mayGo()).toBe(false);
  await vi.waitFor(() => expect(at.ask).toHaveBeenCalledWith(SOME));
  quit.stay();
  expect(done).toEqual([]);
  expect(quit.mayGo()).toBe(false);
  await vi.waitFor(() => expect(at.ask).toHaveBeenCalledTimes(2));
  quit.anyway();
  await vi.waitFor(() => expect(done).toEqual(['closed', 'ended']));
});

test('with no window to ask in, or a signal, it goes', async () => {
  const noWindow = setUp(SOME, false);
  noWindow.quit.mayGo();
  await vi.waitFor(() => expect(noWindow.done).toEqual(['closed', 'ended']));
  const signal = setUp(SOME);
  signal.quit.now();
  signal.quit.now();
  await vi.waitFor(() => expect(signal.done).toEqual(['closed', 'ended']));
});

test('it ends even where closing fails', async () => {
  const { at, quit } = setUp(NOTHING);
  at.close.mockRejectedValue(new Error('disk'));
  quit.now();
  await vi.waitFor(() => expect(at.end).toHaveBeenCalled());
});
