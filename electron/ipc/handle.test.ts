import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { gate } from './handle.ts';
import { ownBytes } from './ownBytes.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function setUp() {
  const listeners = new Map<string, Listener>();
  const ipc = { handle: (channel: string, listener: Listener) => void listeners.set(channel, listener) } as Pick<
    IpcMain,
    'handle'
  >;
  const frame = { url: 'app://joinder/index.html', parent: null };
  const ours = { mainFrame: frame } as unknown as WebContents;
  const run = vi.fn<(window: string, text: string) => Promise<number>>(
    async (_window: string, text: string) => text.length,
  );
  gate(
    ipc,
    (contents) => (contents === ours ? 'window 1' : null),
    (url) => url.startsWith('app://joinder/'),
  ).handle('count', z.tuple([z.string().max(5)]), run);
  const call = (event: object, ...args: unknown[]) => listeners.get('count')?.(event as IpcMainInvokeEvent, ...args);
  return { ours, frame, run, call };
}

test('a call from the main frame of a window of ours arrives, with that window', async () => {
  const { ours, frame, run, call } = setUp();
  expect(await call({ sender: ours, senderFrame: frame }, 'abc')).toBe(3);
  expect(run).toHaveBeenCalledWith('window 1', 'abc');
});

test('nobody else is heard: other windows, frames within, pages from elsewhere, frames that are gone', async () => {
  const { ours, frame, run, call } = setUp();
  const inner = { url: frame.url, parent: frame };
  const strange = { url: 'https://example.org/', parent: null };
  const other = { mainFrame: frame };
  for (const event of [
    { sender: other, senderFrame: frame },
    { sender: ours, senderFrame: inner },
    { sender: ours, senderFrame: { ...frame } },
    { sender: { mainFrame: strange }, senderFrame: strange },
    { sender: ours, senderFrame: null },
    { sender: ours, senderFrame: undefined },
  ]) {
    await expect(call(event, 'abc')).rejects.toThrow('not a window of Joinder');
  }
  expect(run).not.toHaveBeenCalled();
});

test('arguments of another form are refused, and the refusal does not repeat them', async () => {
  const { ours, frame, run, call } = setUp();
  for (const args of [[], [1], ['too long a text'], ['a', 'b'], [null]]) {
    await expect(call({ sender: ours, senderFrame: frame }, ...args)).rejects.toThrow(
      /^refused: wrong arguments for count$/,
    );
  }
  expect(run).not.toHaveBeenCalled();
});

test('bytes that lie in larger memory are copied out of it, wherever they stand', () => {
  const memory = new Uint8Array(64).fill(9);
  const view = memory.subarray(10, 14);
  const whole = new Uint8Array(4);
  const made = ownBytes({ a: [view, { b: view }], text: 'x', none: null, whole });
  expect(made).toEqual({ a: [view, { b: view }], text: 'x', none: null, whole });
  expect(made.a[0]).toHaveProperty('buffer.byteLength', 4);
  expect((made.a[1] as { b: Uint8Array }).b.buffer.byteLength).toBe(4);
  expect(made.whole).toBe(whole);
});
