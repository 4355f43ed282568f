/** Which page of a document somebody has before them. */

/** What is seen of a column of pages, which stand one below the other: in pixels from its top. */
interface Sight {
  readonly top: number;
  readonly height: number;
  readonly pages: number;
  /** Where the page with this index begins. */
  readonly topOf: (index: number) => number;
}

/** The page, from 1, that reaches over a third of the way down of what is in sight. */
export function pageInSight({ top, height, pages, topOf }: Sight): number {
  const line = top + height / 3;
  let [low, high] = [0, pages - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (topOf(middle) <= line) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** What was typed as a page of `of`; null when it is none. */
export function pageOf(typed: string, of: number): number | null {
  if (!/^\s*\d{1,6}\s*$/.test(typed)) return null;
  const page = Number(typed);
  return page >= 1 && page <= of ? page : null;
}
