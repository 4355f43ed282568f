import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Urn } from './urn.ts';
import { URN_SENTENCE, displayUrn, keptUrn, normaliseUrn, parseUrn } from './urn.ts';

const digits = (n: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));

describe('a URN', () => {
  test.each([
    ['01AB1234526', '01AB1234526'],
    ['01ab/12345/26', '01AB1234526'],
    [' 01 AB 12345 26 ', '01AB1234526'],
    ['01-AB-12345-26', '01AB1234526'],
    ['01\u2013AB\u201312345\u201326', '01AB1234526'],
    ['11AA2222233M', '11AA2222233M'],
    ['11AA2222233(s)/2', '11AA2222233S/2'],
    ['11AA/22222/33(M)', '11AA2222233M'],
    ['11112222233/12', '11112222233/12'],
  ])('typed as %s is kept as %s', (typed, kept) => expect(normaliseUrn(typed)).toEqual({ ok: true, value: kept }));

  test.each([
    ['', 'empty'],
    [' / ', 'force'],
    ['01AB12345', 'too short'],
    ['01AB', 'too short'],
    ['01AB12345267', 'too long'],
    ['A1AB1234526', 'force'],
    ['1', 'too short'],
    ['01A_1234526', 'unit'],
    ['01AB12X4526', 'serial'],
    ['01ABX', 'serial'],
    ['01AB1234526Q', 'ending'],
    ['01AB1234526(M', 'ending'],
    ['01AB1234526M)', 'ending'],
    ['01AB1234526MS', 'ending'],
    ['01AB1234526/123', 'ending'],
  ])('typed as %s is refused: %s', (typed, cause) => expect(normaliseUrn(typed)).toEqual({ ok: false, cause }));

  const urn: fc.Arbitrary<Urn> = fc.record({
    force: digits(2),
    unit: fc.stringMatching(/^[0-9A-Z]{2}$/),
    serial: digits(5),
    year: digits(2),
    mark: fc.constantFrom('M', 'S', null),
    part: fc.option(fc.stringMatching(/^[0-9]{1,2}$/)),
  });

  test('is read alike from both forms, in any case and with any spaces', () => {
    fc.assert(
      fc.property(urn, fc.boolean(), fc.array(fc.nat(20)), (made, lower, spaces) => {
        for (const form of [keptUrn(made), displayUrn(made)]) {
          let typed = lower ? form.toLowerCase() : form;
          for (const at of spaces) typed = `${typed.slice(0, at)} ${typed.slice(at)}`;
          expect(parseUrn(typed)).toEqual({ ok: true, value: made });
        }
      }),
    );
  });

  test('gets one answer with a sentence, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const read = parseUrn(typed);
        const kept = read.ok ? keptUrn(read.value) : null;
        expect(read.ok ? normaliseUrn(keptUrn(read.value)) : { ok: true, value: kept }).toEqual({
          ok: true,
          value: kept,
        });
        expect(read.ok || /\. .*\.$/.test(URN_SENTENCE[read.cause])).toBe(true);
      }),
    );
  });
});
