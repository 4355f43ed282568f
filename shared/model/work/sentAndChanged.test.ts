/** What was sent already, found by item, content or name; and what changed since a reviewer looked. */
import { describe, expect, it } from 'vitest';
import type { PackageId } from '../../primitives/ids.ts';
import { A, B, INTAKE, ann, content, cy, di, file, hash, id, log, mallory, meOf, receipt } from '../fold.fixture.ts';
import { foldPackages } from '../foldPackage.ts';
import type { Logged } from '../logged.ts';
import { alreadySent, bytesToSend, sentTwice } from './alreadySent.ts';
import { changedSince } from './changedSince.ts';
import { ABOUT } from './work.fixture.ts';

const CCTV = file('CCTV of the caf\u00e9, camera 2.mp4', 'cctv');
const again = {
  ...file('copy.mp4', 'other item'),
  content: { ...file('copy.mp4').content, sha256: CCTV.content.sha256 },
};
const pkg = (word: string): PackageId => id<PackageId>(word);
const FACTS: Logged[] = [
  log(ann, INTAKE, content({ package: pkg('p1'), at: 100, files: [A, CCTV] })),
  log(ann, INTAKE, content({ package: pkg('p2'), at: 200, files: [B, again] })),
  log(cy, INTAKE, receipt(cy, 'delivered', CCTV, 110, { package: pkg('p1') })),
  log(di, INTAKE, receipt(di, 'opened', CCTV, 120, { package: pkg('p1') })),
];
const packages = [...foldPackages(FACTS, meOf(ann)).values()];
const found = (wanted: Parameters<typeof alreadySent>[1], to?: Parameters<typeof alreadySent>[2]) =>
  alreadySent(packages, wanted, to).map((one) => [one.name, one.at, one.openedBy]);

describe('what was sent already', () => {
  const first = [CCTV.name, 100, 'Di Eng, Crown Prosecutors'];
  it.each([
    ['its item', { items: [CCTV.item] }, [first]],
    ['its content, under whatever name', { sha256: [CCTV.content.sha256] }, [['copy.mp4', 200, null], first]],
    ['words of its name', { name: 'cafe cctv' }, [first]],
    ['nothing that fits', { name: 'cctv camera 3' }, []],
    ['no words at all', { name: ' - ' }, []],
  ] as const)('is found by %s', (_, wanted, expected) => expect(found(wanted)).toEqual(expected));

  it('is not what went to somebody else, was left out, or was taken back', () => {
    expect(found({ items: [CCTV.item] }, mallory.party.org)).toEqual([]);
    const { version } = CCTV.content;
    const dropped = log(ann, INTAKE, {
      is: 'dropped',
      package: pkg('p1'),
      version,
      reason: '',
      by: ann.party,
      at: 130,
    });
    const withdrawn = log(ann, INTAKE, {
      is: 'withdrawn',
      package: pkg('p1'),
      reason: '',
      beforeDelivery: false,
      by: ann.party,
      at: 130,
    });
    for (const fact of [dropped, withdrawn])
      expect(alreadySent([...foldPackages([...FACTS, fact], meOf(ann)).values()], { items: [CCTV.item] })).toEqual([]);
  });

  it('is told before the same content is sent twice to one organisation', () => {
    const fresh = [
      { name: 'new name.mp4', sha256: CCTV.content.sha256 },
      { name: 'new.txt', sha256: hash('new') },
    ];
    expect(sentTwice(packages, fresh, cy.party.org).map(({ name, before }) => [name, before.at])).toEqual([
      ['new name.mp4', 200],
    ]);
    expect(sentTwice(packages, fresh, mallory.party.org)).toEqual([]);
  });

  it('sends the bytes of each sealed content once, and none that went there before', () => {
    const other = file('new.txt');
    const { version, size } = other.content;
    const same = { ...file('as it is.txt'), content: { ...file('as it is.txt').content, sealed: version } };
    const sealedAsCctv = { ...other, content: { ...other.content, sealed: CCTV.content.version } };
    const bytes = (...files: (typeof other)[]): number => bytesToSend(packages, files, cy.party.org);
    expect(bytes(other, same)).toBe(size);
    expect(bytes(CCTV, sealedAsCctv)).toBe(0);
    expect(bytes(CCTV, other)).toBe(size);
    expect(bytesToSend(packages, [CCTV], mallory.party.org)).toBe(CCTV.content.size);
  });
});

describe('what changed since a review', () => {
  const ref = (one: typeof A) => ({ item: one.item, version: one.content.version, sha256: one.content.sha256 });
  const then = { ...ABOUT, files: [ref(A), ref(B)] };
  const nameOf = (item: string): string => [A, B, CCTV].find((one) => one.item === item)?.name ?? '?';

  it('is nothing where nothing did', () => expect(changedSince(then, then, nameOf)).toEqual([]));

  it('is the record, the summary, and each file that is new, newer or gone', () => {
    const now = { record: hash('r2'), summary: hash('s2'), files: [{ ...ref(A), sha256: hash('newer') }, ref(CCTV)] };
    expect(changedSince(then, now, nameOf)).toEqual([
      'The case record was changed',
      'The case summary was changed',
      'a.txt has a newer version',
      `${CCTV.name} was added`,
      'b.txt is not here any more',
    ]);
  });
});
