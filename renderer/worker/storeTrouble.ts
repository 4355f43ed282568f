/**
 * Whether the worker says that the case store cannot be used, and why. Owns nothing else; a new line to a worker clears it,
 * until that one says so again.
 */
import { useSyncExternalStore } from 'react';
import type { StoreCause } from '../../shared/status/storeCauses.ts';
import { STORE_CAUSES } from '../../shared/status/storeCauses.ts';
import { onConnection, onTold } from './connection.ts';

let trouble: StoreCause | null = null;
const listeners = new Set<() => void>();

function become(next: StoreCause | null): void {
  trouble = next;
  for (const listener of listeners) listener();
}

onTold((name, data) => {
  if (name === 'store') become(STORE_CAUSES.find((cause) => cause === data) ?? 'fault');
});
onConnection(() => become(null));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useStoreTrouble = (): StoreCause | null => useSyncExternalStore(subscribe, () => trouble);
