import type { MessagePortMain } from 'electron';
import { expect, test } from 'vitest';
import { portOver } from './portMain.ts';

test('what is sent to another process carries its own bytes only, never the memory around them', () => {
  const sent: unknown[] = [];
  const port = portOver({ postMessage: (message: unknown) => void sent.push(message) } as unknown as MessagePortMain);
  const memory = new Uint8Array(128).fill(7);
  port.post({ r: 1, v: { relayKey: memory.subarray(3, 5), list: [memory.subarray(0, 1)] } });
  const [{ v }] = sent as [{ v: { relayKey: Uint8Array; list: Uint8Array[] } }];
  expect(v.relayKey.buffer.byteLength).toBe(2);
  expect(v.list[0]?.buffer.byteLength).toBe(1);
});
