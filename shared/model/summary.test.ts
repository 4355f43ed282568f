import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SUMMARY_FIELD, replaceSummary, summaryText, writeSummary } from './summary.ts';

test('whatever two texts say, one put in place of the other says the same, and a paragraph that both have is left alone', () => {
  const lines = fc.array(fc.constantFrom('One.', 'Two.', 'Three.', 'Four.'), { maxLength: 6 });
  fc.assert(
    fc.property(lines, lines, (wanted, here) => {
      const [from, to] = [new Y.Doc(), new Y.Doc()];
      writeSummary(from.getXmlFragment(SUMMARY_FIELD), wanted.join('\n'));
      writeSummary(to.getXmlFragment(SUMMARY_FIELD), here.join('\n'));
      const first = to.getXmlFragment(SUMMARY_FIELD).toArray()[0];
      replaceSummary(from.getXmlFragment(SUMMARY_FIELD), to.getXmlFragment(SUMMARY_FIELD));
      expect(summaryText(to)).toBe(summaryText(from));
      const after = to.getXmlFragment(SUMMARY_FIELD).toArray()[0];
      expect(wanted.length > 0 && wanted[0] === here[0] ? after : first).toBe(first);
    }),
  );
});
