/**
 * A view as it is told to a window: whole at first, and afterwards only those of its parts that changed, because the view of
 * a large case is more than a megabyte and most of it stays. Who tells and who hears use the same two functions, so that
 * what is put together is what was computed. Parts that stay are the very same values to who draws them.
 */

/** `value`: all of it. `changed`: these of its parts, in place of those before. */
export type ViewNews =
  | { readonly name: string; readonly value: unknown }
  | { readonly name: string; readonly changed: Readonly<Record<string, unknown>> };

/** What a window was told last of a view, and as text, part by part; of what has no parts, under no name. */
export interface Told {
  readonly value: unknown;
  readonly texts: ReadonlyMap<string, string>;
}
export const NOTHING_TOLD: Told = { value: undefined, texts: new Map() };

const WHOLE = '';
type Parts = Readonly<Record<string, unknown>>;
const hasParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(hasParts(value) ? value : { [WHOLE]: value }).flatMap(([key, part]) => {
      const text = JSON.stringify(part) as string | undefined; // of undefined there is none
      return text === undefined ? [] : [[key, text] as const];
    }),
  );

/** What to tell of a view that was computed anew; null: nothing of it changed. The very same value is not looked into. */
export function newsOf(name: string, before: Told, value: unknown): { told: Told; news: ViewNews } | null {
  if (value === before.value) return null;
  const texts = textsOf(value);
  const told = { value, texts };
  const changed = [...texts.keys()].filter((key) => texts.get(key) !== before.texts.get(key));
  const isAlike = before !== NOTHING_TOLD && hasParts(value) === hasParts(before.value);
  const sameParts = isAlike && [...before.texts.keys()].every((key) => texts.has(key)); // none is gone
  if (sameParts && changed.length === 0) return null;
  if (!sameParts || !hasParts(value)) return { told, news: { name, value } };
  return { told, news: { name, changed: Object.fromEntries(changed.map((key) => [key, value[key]])) } };
}

/** The view after this news. Of one that was forgotten meanwhile no parts are kept: it is told whole when it is watched again. */
export const withNews = (before: unknown, news: ViewNews): unknown =>
  'value' in news ? news.value : hasParts(before) ? { ...before, ...news.changed } : before;
