/** What a window puts together from the news of a view is what was computed, whatever came before; and what stays is not sent. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { NOTHING_TOLD, newsOf, withNews } from './viewNews.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

const part = fc.oneof(fc.constant(undefined), fc.constant(null), fc.integer(), fc.array(fc.string(), { maxLength: 3 }));
const view = fc.oneof(
  fc.dictionary(fc.constantFrom('row', 'items', 'work', 'areas'), part),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.constant(null),
);
/** As it arrives: a part that is undefined is none. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify([value]))[0] as unknown;

it('gives a window what was computed, after any views', () => {
  fc.assert(
    fc.property(fc.array(view, { maxLength: 8 }), (views) => {
      let told = NOTHING_TOLD;
      let shown: unknown = undefined;
      for (const value of views) {
        const next = newsOf('case:1', told, value);
        if (next !== null) {
          told = next.told;
          shown = withNews(shown, next.news);
        }
        expect(plain(shown)).toEqual(plain(value));
      }
    }),
  );
});

it('sends only what changed, and leaves the rest the very same value', () => {
  const items = [{ name: 'a' }];
  const first = newsOf('v', NOTHING_TOLD, { items, row: 1 });
  expect(first?.news).toEqual({ name: 'v', value: { items, row: 1 } });
  const shown = withNews(undefined, first!.news) as { items: unknown };
  const second = newsOf('v', first!.told, { items: [{ name: 'a' }], row: 2 });
  expect(second?.news).toEqual({ name: 'v', changed: { row: 2 } });
  expect((withNews(shown, second!.news) as typeof shown).items).toBe(shown.items);
  expect(newsOf('v', second!.told, { items: [{ name: 'a' }], row: 2 })).toBeNull();
});
