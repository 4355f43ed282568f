/** The little Markdown that the documentation of the model is written in. A cell never breaks its table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `a`, `b` and `c`. */
export function listed(words: readonly string[], between = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${between} ${words.at(-1)}`;
}

/** A source as a reader takes it: unverified ones say so. */
export const sourceText = ({ source, verified }: { source: string; verified: boolean }): string =>
  verified ? source : `${source} (not verified)`;
