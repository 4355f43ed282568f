/**
 * Remembers where a window stood, so that it comes back there. Promises a window that can be seen: one that lay on a screen
 * which is gone is placed by the system. Losing the file costs nothing.
 */
import { screen } from 'electron';
import type { BrowserWindow, Rectangle } from 'electron';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../disk/writeWhole.ts';

const schema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximised: z.boolean(),
});
type WindowState = z.infer<typeof schema>;
const USUAL = { width: 1280, height: 800 };

export function lastPlace(file: string): { readonly look: Partial<Rectangle>; readonly isMaximised: boolean } {
  const state = read(file);
  if (state === null) return { look: USUAL, isMaximised: false };
  const { x, y, width, height } = state;
  return { look: isOnScreen(state) ? { x, y, width, height } : { width, height }, isMaximised: state.maximised };
}

export function rememberPlace(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    void writeWhole(file, Buffer.from(JSON.stringify(state)));
  });
}

function read(file: string): WindowState | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // none yet, or not ours
  }
}

function isOnScreen({ x, y, width }: WindowState): boolean {
  return screen
    .getAllDisplays()
    .some(
      ({ workArea: a }) => x + width > a.x + 80 && x < a.x + a.width - 80 && y >= a.y - 20 && y < a.y + a.height - 80,
    );
}
