import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clock } from '../status/facts.fixture.ts';
import { happened } from '../status/happened.ts';
import { packageWord } from '../status/package.ts';
import type { PackageContent } from './events.ts';
import * as f from './fold.fixture.ts';
import { foldCase } from './foldCase.ts';
import { lineagesOf } from './lineage.ts';
import type { PackageState } from './foldPackage.ts';
import { foldPackage, foldPackages } from './foldPackage.ts';
import type { AnyFact, Logged } from './logged.ts';
import { canDo, canDrop, historyOf, needsMe, packageFacts, versionFacts } from './packageStatus.ts';
import { id } from './fold.fixture.ts';
import type { PackageId } from '../primitives/ids.ts';

const { A, B, ann, cy, di, mallory, log, receipt, decision } = f;
const me = f.meOf(ann);
const fold = (facts: readonly Logged[], who = ann): PackageState =>
  foldPackage(f.PACKAGE, facts, f.meOf(who)) as PackageState;
const word = (state: PackageState, who = ann): string => {
  const files = state.files.map((file) => versionFacts(state, file, f.meOf(who)));
  return packageWord(packageFacts(state, files, { receivable: { at: 1 }, waits: [] }), clock).word.text;
};
const fileWord = (state: PackageState, i: number, who = ann): string =>
  happened(versionFacts(state, state.files[i]!, f.meOf(who)), clock).word.text;
const released = (): Logged =>
  log(ann, f.PAPERS, {
    is: 'released',
    content: f.content(),
    when: { sealed: false, at: null, unmetered: false },
    by: ann.party,
    at: 100,
  });
function rank(facts: readonly Logged[]): number {
  const state = foldPackage(f.PACKAGE, facts, me);
  if (!state) return -1;
  return packageWord(
    packageFacts(
      state,
      state.files.map((file) => versionFacts(state, file, me)),
      { receivable: { at: 1 }, waits: [] },
    ),
    clock,
  ).rank;
}
/** What nobody who may not say it can change. */
const bare = (state: PackageState): unknown => ({ ...state, refused: [] });

describe('a package', () => {
  const story = f.story();
  const hostile = [
    log(mallory, f.OUR_INTAKE, receipt(cy, 'opened', B, 1)),
    log(mallory, f.OUR_INTAKE, receipt(mallory, 'opened', B, 1)),
    log(cy, f.OUR_INTAKE, receipt(cy, 'opened', B, 1, { sha256: f.hash('another') })),
    log(cy, f.OUR_INTAKE, receipt(cy, 'opened', f.file('elsewhere'), 1)),
    log(cy, f.INTAKE, { is: 'withdrawn', package: f.PACKAGE, reason: 'x', beforeDelivery: true, by: cy.party, at: 1 }),
    log(ann, f.PAPERS, decision(ann, 'accepted', 1)),
    log(ann, f.PAPERS, decision(cy, 'returned', 1)),
    log(mallory, f.INTAKE, { ...f.content({ from: mallory.party, files: [A] }) }),
    log(cy, f.PAPERS, { is: 'all sent', package: f.PACKAGE, at: 1 }),
  ];

  it('comes out alike in any order of streams, however often each entry is told', () => {
    const whole = [...story, ...hostile].map((fact, i) => (i % 7 === 3 ? { ...fact, n: null, relayTime: null } : fact));
    const [asked, asCase] = [fold(whole), foldCase(f.CASE, whole)];
    fc.assert(
      fc.property(fc.shuffledSubarray(whole, { minLength: whole.length }), fc.subarray(whole), (shuffled, again) => {
        const facts = [...again, ...shuffled];
        expect(fold(facts)).toEqual(asked);
        expect(foldCase(f.CASE, facts)).toEqual(asCase);
        expect(fold(facts, cy)).toEqual(fold(whole, cy));
      }),
    );
  });

  it('takes the ordered form of an entry that was first known unordered', () => {
    const first = story.map((fact) => ({ ...fact, n: null, relayTime: null }));
    expect(fold([...first, ...story])).toEqual(fold(story));
  });

  it('never falls in rank as facts arrive, and counts each receipt once though it came by two intakes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(story, { minLength: story.length }), (facts) => {
        const ranks = facts.map((_, i) => rank(facts.slice(0, i + 1)));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
    expect(fold(story).files[0]?.receipts.map(({ what, at }) => [what, at])).toEqual([
      ['delivered', 200],
      ['opened', 220],
      ['delivered', 230],
    ]);
  });

  it('says the same words to the sender and, of its own device only, to the receiver', () => {
    const sender = fold(story.slice(0, -2));
    expect([word(sender), fileWord(sender, 0), fileWord(sender, 1)]).toEqual([
      'Opened',
      'Opened by Di Eng, Crown Prosecutors',
      'Delivered to Crown Prosecutors',
    ]);
    const receiver = fold(
      story.slice(0, -2).filter((fact) => fact.area === f.INTAKE),
      cy,
    );
    expect(receiver).toMatchObject({ side: 'receiver' });
    expect([word(receiver, cy), fileWord(receiver, 0, cy), fileWord(receiver, 1, cy)]).toEqual([
      'Opened',
      'Opened by a colleague: Di Eng',
      'Ready to open',
    ]);
    expect([word(receiver, di), fileWord(receiver, 0, di), fileWord(receiver, 1, di)]).toEqual([
      'Arriving 1 of 2 files',
      'Opened by you',
      'Expected from Wessex Police',
    ]);
    expect(word(fold(story))).toBe('Accepted');
  });

  it('counts nothing that its writer may not say, and names each refusal', () => {
    expect(bare(fold([...story, ...hostile]))).toEqual(bare(fold(story)));
    expect(fold([...story, ...hostile]).refused.map(({ why }) => why)).toEqual([
      'not its author',
      'not theirs to say',
      'another content',
      'another content',
      'not theirs to say',
      'not theirs to say',
      'not its author',
      'not theirs to say',
      'not theirs to say',
    ]);
    const lone = (fact: AnyFact, by = cy): string => fileWord(fold([released(), log(by, f.OUR_INTAKE, fact)]), 0);
    expect(lone(receipt(cy, 'delivered', A, 5))).toBe('Delivered to Crown Prosecutors');
    expect(lone(receipt(cy, 'delivered', A, 5, { sha256: f.hash('x') }))).toMatch(/^Waiting to send/);
    expect(lone(receipt(cy, 'viewing began', A, 5))).toMatch(/^Waiting to send/);
  });

  it('counts no act upon it by who has no role for it, and is nothing where its sender has none', () => {
    const clerk = { ...cy, roles: ['administrator', 'of a later version'] };
    const returned = log(clerk, f.INTAKE, decision(clerk, 'returned', 10));
    const state = fold([...f.story(), { ...returned, n: 0, relayTime: 0 }]);
    expect(state).toMatchObject({ decided: { is: 'accepted' }, alsoDecided: [] });
    expect(state.refused.map(({ why }) => why)).toEqual(['not permitted']);
    const without = f.story().map((fact) => (fact.org === ann.party.org ? { ...fact, roles: [] } : fact));
    expect(foldPackages(without, f.meOf(cy)).size).toBe(0);
    expect(foldCase(f.CASE, without)?.refused.map(({ why }) => why)).toContain('not permitted');
  });

  it('lets the first decision stand and shows the second', () => {
    const state = fold([...story, log(di, f.OUR_INTAKE, decision(di, 'returned', 290))]);
    expect(state.decided).toMatchObject({ is: 'accepted' });
    expect(state.alsoDecided).toMatchObject([{ is: 'returned', reason: 'no exhibits' }]);
    expect(historyOf(state).map(({ sentence }) => sentence)).toContain(
      'Returned by Di Eng, Crown Prosecutors: no exhibits (a second decision; the first stands)',
    );
  });

  it('asks for what is needed: an acceptance there, an answer here', () => {
    const arriving = fold([log(ann, f.INTAKE, f.content()), log(cy, f.INTAKE, receipt(cy, 'delivered', A, 5))], cy);
    expect(canDo(arriving)).toEqual({
      withdraw: false,
      accept: false,
      return: true,
      error: false,
      acceptWaits: '1 file has not arrived yet. Accept when all are here, or return the package with a reason.',
    });
    expect(needsMe(arriving)).toBeNull();
    const whole = fold(
      [
        log(ann, f.INTAKE, f.content()),
        log(cy, f.INTAKE, receipt(cy, 'delivered', A, 5)),
        log(cy, f.INTAKE, receipt(cy, 'delivered', B, 6)),
      ],
      cy,
    );
    expect(canDo(whole)).toMatchObject({ accept: true, acceptWaits: null });
    expect(needsMe(whole)).toBe('Accept it, or return it with a reason');
    const returned = [released(), log(cy, f.OUR_INTAKE, decision(cy, 'returned', 9))];
    expect(needsMe(fold(returned))).toBe('Returned by Cy Dodd: no exhibits');
    expect(canDo(fold(returned)).withdraw).toBe(false);
    const mended: PackageContent = f.content({ package: id<PackageId>('mended'), answers: f.PACKAGE, at: 110 });
    const answered = [
      ...returned,
      log(ann, f.PAPERS, {
        is: 'released',
        content: mended,
        when: { sealed: false, at: null, unmetered: false },
        by: ann.party,
        at: 110,
      }),
    ];
    expect(fold(answered).answeredBy).toEqual([mended.package]);
    expect(needsMe(fold(answered))).toBeNull();
    expect([...foldPackages(answered, me).keys()]).toEqual([f.PACKAGE, mended.package]);
  });

  it('goes on without a file that was left out, and says when it was withdrawn', () => {
    const dropped = [
      released(),
      log(ann, f.PAPERS, {
        is: 'dropped',
        package: f.PACKAGE,
        version: B.content.version,
        reason: 'damaged',
        by: ann.party,
        at: 150,
      }),
    ];
    expect(canDrop(fold([released()]), B.content.version)).toBe(true);
    expect(canDrop(fold(dropped), B.content.version)).toBe(false);
    expect(word(fold([...dropped, log(cy, f.OUR_INTAKE, receipt(cy, 'delivered', A, 200))]))).toBe('Delivered');
    const gone = fold([
      ...dropped,
      log(ann, f.PAPERS, {
        is: 'withdrawn',
        package: f.PACKAGE,
        reason: 'wrong post',
        beforeDelivery: true,
        by: ann.party,
        at: 160,
      }),
    ]);
    expect(word(gone)).toBe('Withdrawn');
    expect(canDo(gone)).toEqual({ withdraw: false, accept: false, return: false, error: false, acceptWaits: null });
    expect(historyOf(gone).at(-1)?.sentence).toBe('Withdrawn by Ann Bell (wrong post), before anybody had it');
  });

  it('is nothing while nothing says what it is', () => {
    expect(
      foldPackage(
        f.PACKAGE,
        story.filter(({ fact }) => fact.is !== 'released' && fact.is !== 'package'),
        me,
      ),
    ).toBeNull();
  });
});

describe('a case', () => {
  it('has its areas, items and versions, and knows who got what', () => {
    const mended = f.file('a2.txt', 'a.txt');
    const state = foldCase(f.CASE, [
      ...f.story(),
      log(ann, f.PAPERS, { is: 'added', file: mended, by: ann.party, at: 400 }),
    ])!;
    expect(state.areas.map(({ area, kind, made }) => [area, kind, made?.with.orgName])).toEqual([
      [f.PAPERS, 'working papers', undefined],
      [f.CASE_FILE, 'case file', 'Crown Prosecutors'],
    ]);
    expect(
      state.items.map(({ versions }) =>
        versions.map(({ file, number, releasedTo }) => [file.name, number, releasedTo]),
      ),
    ).toEqual([
      [
        ['a.txt', 1, ['Crown Prosecutors']],
        ['a2.txt', 2, []],
      ],
      [['b.txt', 1, ['Crown Prosecutors']]],
    ]);
    const lineages = lineagesOf(state, []);
    expect(lineages.get(A.content.version)?.replacedBy).toBe(2);
    expect(lineages.get(mended.content.version)?.replacedBy).toBeNull();
    expect(state.packages).toEqual([f.PACKAGE]);
  });

  it('takes no file into the Case file but by its sender\u2019s release, and none under another\u2019s name', () => {
    const forged = [
      log(cy, f.CASE_FILE, { is: 'entered', package: f.PACKAGE, file: f.file('c.txt'), by: cy.party, at: 500 }),
      log(ann, f.CASE_FILE, { is: 'entered', package: f.PACKAGE, file: f.file('d.txt'), by: ann.party, at: 500 }),
      log(cy, f.CASE_FILE, { is: 'added', file: f.file('e.txt'), by: ann.party, at: 500 }),
      log(cy, f.CASE_FILE, { is: 'added', file: f.file('e.txt'), by: cy.party, at: 500 }),
    ];
    const state = foldCase(f.CASE, [...f.story(), ...forged])!;
    expect(state.items).toHaveLength(2);
    expect(state.refused.map(({ why }) => why)).toEqual([
      'not theirs to say',
      'another content',
      'not its author',
      'not theirs to say',
    ]);
  });
});
