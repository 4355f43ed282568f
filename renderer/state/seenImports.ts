/**
 * Which finished imports a person has said to have seen, so that their problems leave the screen. Forgotten with the window.
 */
import { create } from 'zustand';

interface SeenImports {
  readonly seen: ReadonlySet<string>;
  readonly see: (id: string) => void;
}

export const useSeenImports = create<SeenImports>((set) => ({
  seen: new Set(),
  see: (id) => set((now) => ({ seen: new Set([...now.seen, id]) })),
}));
