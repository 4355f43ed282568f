import { describe, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import { platform } from '../../seal/fixture.ts';
import { adopt } from './adopt.ts';
import { builtInRules } from './builtIn.ts';
import { LARGEST_BUNDLE, bundleOf, editionOf, readBundle } from './bundle.ts';
import { smallRules } from './fixture.ts';
import { loadRules } from './load.ts';
import { sentenceOf } from './parts.ts';

const good = () => {
  const made = bundleOf(smallRules());
  if (!made.ok) throw new Error(made.cause.map(sentenceOf).join('\n'));
  return made.value;
};
const whyNot = (bytes: Uint8Array) => {
  const read = readBundle(bytes);
  return read.ok ? null : read.cause.map(sentenceOf).join(' ');
};

describe('a bundle', () => {
  it('reads back as the same rules, with the same hash whatever the folder looks like', async () => {
    const { bytes, set } = good();
    const back = readBundle(bytes);
    expect(back.ok && back.value.rules).toEqual(set.rules);
    const [one, two] = [await editionOf(platform, set), back.ok && (await editionOf(platform, back.value))];
    expect(one).toEqual(two);
    const spaced = bundleOf(
      Object.fromEntries(Object.entries(smallRules()).map(([name, text]) => [name, `\n ${text}\n`])),
    );
    expect(spaced.ok && spaced.value.bytes).toEqual(bytes);
    const changed = bundleOf(smallRules({ rules: [] }));
    expect(changed.ok && (await editionOf(platform, changed.value.set)).sha256).not.toBe(one.sha256);
  });

  it('holds nothing that the manifest does not name', () => {
    const more = bundleOf({ ...smallRules(), 'other.json': '{"not":"rules"}' });
    expect(more.ok && more.value.bytes).toEqual(good().bytes);
  });

  it.each([
    ['of more bytes than it may have', new Uint8Array(LARGEST_BUNDLE + 1), 'It is too large: over 512 KiB.'],
    ['that is not UTF-8', Uint8Array.of(0x7b, 0xff), 'It is not UTF-8.'],
    ['that is cut off', good().bytes.subarray(0, 100), 'line 1, column'],
    [
      'of another kind',
      utf8('{"format":"other","version":1,"files":{}}'),
      'not a bundle of rules that this version knows',
    ],
    ['of a later version', utf8('{"files":{},"format":"joinder rule bundle","version":2}'), 'not a bundle of rules'],
    ['without a manifest', utf8('{"files":{},"format":"joinder rule bundle","version":1}'), 'rules.json'],
    ['with a space too many', utf8(` ${new TextDecoder().decode(good().bytes)}`), 'not in canonical form'],
    ['with a mark of byte order', Uint8Array.of(0xef, 0xbb, 0xbf, ...good().bytes), 'not in canonical form'],
  ])('%s is refused', (_, bytes, why) => expect(whyNot(bytes)).toContain(why));

  it('with a file that is named nowhere is refused', () => {
    const whole = JSON.parse(new TextDecoder().decode(good().bytes)) as { files: Record<string, unknown> };
    const text = JSON.stringify({ ...whole, files: { ...whole.files, 'zz.json': 1 } });
    expect(whyNot(utf8(text))).toContain('not in canonical form');
  });

  it('of the rules that come with this version is far from the limit', () => {
    const texts = Object.fromEntries(
      [...builtInRules().files].map(([name, content]) => [name, JSON.stringify(content)]),
    );
    const made = bundleOf(texts);
    expect(made.ok && made.value.bytes.length).toBeLessThan(LARGEST_BUNDLE / 2);
  });
});

describe('adopting rules', () => {
  const current = good().set;
  const dated = (from: string, to: string | null) => bundleOf(smallRules({}, { from, to }));
  const candidate = (from: string, to: string | null) => {
    const made = dated(from, to);
    return made.ok ? readBundle(made.value.bytes) : made;
  };

  it('takes what is whole and in force, on its first and last day', () => {
    for (const on of ['2026-01-01', '2026-06-30'])
      expect(adopt(current, candidate('2026-01-01', '2026-06-30'), on)).toMatchObject({
        refused: null,
        set: { manifest: { to: '2026-06-30' } },
      });
  });

  it.each([
    ['2025-12-31', 'rules.json, from: These rules are in force from 2026-01-01 only.'],
    ['2026-07-01', 'rules.json, to: These rules were in force to 2026-06-30 only.'],
  ])('keeps the last good ones on %s', (on, why) => {
    const { set, refused } = adopt(current, candidate('2026-01-01', '2026-06-30'), on);
    expect(set).toBe(current);
    expect(refused?.map(sentenceOf)).toEqual([why]);
  });

  it('keeps the last good ones where new ones are ill-formed, and says where', () => {
    const { set, refused } = adopt(current, loadRules({ ...smallRules(), 'checks.json': '{' }), '2026-06-01');
    expect(set).toBe(current);
    expect(refused?.map(sentenceOf)).toEqual(['checks.json, line 1, column 2: It is not JSON from here on.']);
  });
});
