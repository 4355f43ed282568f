import { describe, expect, test } from 'vitest';
import { normaliseUrn } from './urn.ts';

describe('a URN', () => {
  test.each([
    ['01AB1234526', '01AB1234526'],
    ['01ab/12345/26', '01AB1234526'],
    [' 01 AB 12345 26 ', '01AB1234526'],
    ['01-AB-12345-26', '01AB1234526'],
    ['11AA2222233M', '11AA2222233M'],
    ['11AA2222233(s)/2', '11AA2222233S/2'],
    ['11112222233/12', '11112222233/12'],
  ])('typed as %s is kept as %s', (typed, kept) => expect(normaliseUrn(typed)).toEqual({ ok: true, value: kept }));

  test.each([
    ['', 'empty'],
    ['01AB12345', 'too short'],
    ['01AB12345267', 'too long'],
    ['A1AB1234526', 'force'],
    ['01AB12X4526', 'serial'],
    ['01AB1234526Q', 'ending'],
    ['01AB1234526/123', 'ending'],
  ])('typed as %s is refused: %s', (typed, cause) => expect(normaliseUrn(typed)).toEqual({ ok: false, cause }));

  test('kept as it is when it is normalised again', () => {
    const once = normaliseUrn('01ab/12345/26(m)/3');
    expect(once.ok && normaliseUrn(once.value)).toEqual(once);
  });
});
