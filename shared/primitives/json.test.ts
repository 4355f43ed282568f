import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, readJson } from './json.ts';

describe('canonical JSON', () => {
  it('is one text for one value, whatever the order of its keys, and reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(readJson(canonicalJson(plain))).toEqual({ ok: true, value: plain });
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
    );
  });
  it('leaves out what is absent', () =>
    expect(canonicalJson({ b: 1, a: undefined, c: [undefined] })).toBe('{"b":1,"c":[null]}'));
});

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  );
};

describe('reading JSON', () => {
  it.each([
    ['{\n  "a": 1,\n  }', 'line 3, column 3'],
    ['', 'line 1, column 1'],
    ['[1, 2', 'line 1, column 6'],
    ['{"a":1}\nx', 'line 2, column 1'],
    ['{"a": nothing}', 'line 1, column 7'],
    ['{"a": tru}', 'line 1, column 7'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{a: 1}', 'line 1, column 2'],
    ['[1 2]', 'line 1, column 4'],
    ['[1, "b\\x"]', 'line 1, column 5'],
    ['["b', 'line 1, column 2'],
    ['[1}', 'line 1, column 3'],
    ['[[], {}, {"a": []}, 01]', 'line 1, column 21'],
    [']', 'line 1, column 1'],
  ])('%j stops at %s', (text, place) => expect(readJson(text)).toMatchObject({ ok: false, cause: { place } }));

  it('stops at or before a character that was put in, whatever was read before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, where) => {
        const whole = canonicalJson(JSON.parse(JSON.stringify([value])));
        const at = where % (whole.length - 1);
        const read = readJson(`${whole.slice(0, at)}\u0001${whole.slice(at)}`);
        expect(read.ok).toBe(false);
        const column = read.ok ? 0 : Number(/\d+$/.exec(read.cause.place)?.[0]);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual(at + 1);
      }),
    );
  });

  it('goes no deeper than 64, however much there is', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(readJson(nested(64)).ok).toBe(true);
    expect(readJson(nested(65))).toMatchObject({ ok: false, cause: { place: 'line 1, column 65' } });
    expect(readJson('['.repeat(1_000_000)).ok).toBe(false);
    expect(readJson(`"${'['.repeat(100)}\\"${'['.repeat(100)}"`).ok).toBe(true);
  });
});
