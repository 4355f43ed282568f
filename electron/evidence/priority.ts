/**
 * Owns who goes first where processors are scarce: windows, in which people type, before the evidence process, which hashes
 * and seals for minutes. Never stands in the way of anything: where the operating system refuses, all stays as it was.
 */
import { constants, getPriority, setPriority } from 'node:os';

/** A third of the time of a window that wants the same processor; all of it where none does. Windows knows steps only. */
const BEHIND_WINDOWS = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

/** To be called before the first file operation: threads are as their process was when they began. */
export function goBehindWindows(): void {
  try {
    if (getPriority() < BEHIND_WINDOWS) setPriority(BEHIND_WINDOWS);
  } catch {
    // As it was, then.
  }
}
