/**
 * An authority's public card as an administrator hands it in: its text, or a file with it. The file may hold what `authority card`
 * printed, with `--json` or without. Judges nothing: whether it is a card says who decodes it.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';

/** Larger is no card. */
const LARGEST = 64 * 1024;

/** The card's text, or the text that stands in its place; null where a file is named that is not there. */
export function readCard(said: string): string | null {
  if (said.trim().startsWith('joinder-card-')) return said.trim();
  const file = existsSync(said) ? statSync(said) : null;
  if (!file?.isFile() || file.size > LARGEST) return null;
  const text = readFileSync(said, 'utf8');
  return /joinder-card-[\w.-]+/.exec(text)?.[0] ?? text.trim();
}
