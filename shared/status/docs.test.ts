/** Holds docs/status-words.md against the code: every word that can be said is written there, and the other way round. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../primitives/ids.ts';
import { LINK_REFUSALS } from '../wire/link.ts';
import { caseWord } from './case.ts';
import { condition } from './condition.ts';
import { NOW, clock, inError, packageFacts, reason, transfer, versionFacts } from './facts.fixture.ts';
import { happened } from './happened.ts';
import { here } from './here.ts';
import type { LinkFacts } from './link.ts';
import { linkWord } from './link.ts';
import { LINK_LOSSES } from './facts.ts';
import { guestFileWord, guestWord } from './guest.ts';
import { liveLine } from './live.ts';
import { packageWord } from './package.ts';
import { OUTCOMES } from '../model/facts/recertifying.ts';
import { DAY } from '../primitives/units.ts';
import { lineWord, roundWord } from './recertification.ts';
import { requestWord } from './request.ts';

const page = readFileSync(new URL('../../docs/status-words.md', import.meta.url), 'utf8');

/** The words of a section, each as a pattern. */
function patternsOf(section: string): { word: string; pattern: RegExp }[] {
  const part = page.split('\n## ').find((text) => text.startsWith(`${section}\n`)) ?? '';
  return [...part.matchAll(/^\| `(.*?)` \|(.*)\|$/gm)].map(([, word = '']) => {
    const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = plain
      .replaceAll(/ORG|NAME/g, '.+')
      .replaceAll('REASON', '.+')
      .replaceAll('42%', '\\d\\d?%')
      .replaceAll('14:02', '(\\d+ \\w+ (\\d+ )?)?\\d\\d:\\d\\d')
      .replaceAll('20 s', '\\d+ (s|min|h)')
      .replaceAll(/(?<![\d\\])[2-5](?![\d%])/g, '\\d+')
      .replaceAll('places are', 'places? are')
      .replaceAll('files', 'files?')
      .replaceAll('devices have', 'devices? ha(ve|s)');
    return { word, pattern: new RegExp(`^${pattern}$`) };
  });
}

/** Says many words of one kind; each must be on the page, and each on the page must have been said. */
function agree(sections: readonly string[], said: ReadonlySet<string>): void {
  const patterns = sections.flatMap(patternsOf);
  expect(patterns.length).toBeGreaterThan(2);
  expect([...said].filter((text) => !patterns.some(({ pattern }) => pattern.test(text)))).toEqual([]);
  expect(
    patterns.filter(({ pattern }) => ![...said].some((text) => pattern.test(text))).map(({ word }) => word),
  ).toEqual([]);
}
function sayAll<T>(facts: fc.Arbitrary<T>, say: (facts: T) => string | undefined): ReadonlySet<string> {
  return new Set(fc.sample(facts, { numRuns: 4000, seed: 1 }).flatMap((one) => say(one) ?? []));
}

describe('docs/status-words.md', () => {
  it.each(['sender', 'receiver'] as const)('has every word for what has happened: %s', (side) => {
    agree(
      [`What has happened to a version: ${side}`],
      sayAll(versionFacts(side), (facts) => happened(facts, clock).word.text),
    );
  });
  it.each(['sender', 'receiver'] as const)('has every word of a package: %s', (side) => {
    agree(
      [`Package: ${side}`, 'Package: both'],
      sayAll(packageFacts(side), (facts) => packageWord(facts, clock).word.text),
    );
  });
  it('has every word of guests', () => {
    const guest = fc.record({
      guest: fc.constant('ab'.repeat(16) as PersonId),
      until: fc.constantFrom('2026-11-01', '2026-11-22', '2026-12-01', '2027-02-01'),
      isIn: fc.boolean(),
      isSponsored: fc.boolean(),
    });
    const file = fc.record({ here: fc.boolean(), atRelay: fc.boolean(), ours: fc.boolean() });
    const words = [
      ...sayAll(fc.tuple(guest, fc.boolean()), ([one, has]) =>
        guestWord(one, '2026-11-22', has).text.replace(/\d+ \w+ \d{4}/, '22 Nov 2026'),
      ),
      ...sayAll(file, (one) => guestFileWord(one).text),
    ];
    agree(['Guests'], new Set(words));
  });
  it('has every word for what is here now', () => {
    const facts = fc.record({
      destroyed: fc.constantFrom(null, null, true, false),
      whole: fc.boolean(),
      wasHere: fc.boolean(),
      coming: fc.boolean(),
      arriving: fc.boolean(),
      atRelay: fc.boolean(),
      holder: fc.constantFrom(null, "Ann Bell's laptop"),
      again: fc.constantFrom(null, null, { done: 42, total: 100 }),
    });
    agree(
      ['What is here now'],
      sayAll(facts, (f) => here(f).word?.text),
    );
  });
  it('has every condition', () => {
    const sometimes = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: reason });
    const facts = fc.record({
      inError: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.tuple(inError, fc.boolean()).map(([fact, mine]) => ({ ...fact, mine })) },
      ),
      withdrawn: sometimes,
      dropped: sometimes,
      reached: fc.boolean(),
      replacedBy: fc.constantFrom(null, null, 3),
      paused: fc.boolean(),
      transfer: fc.option(transfer),
      stick: fc.constantFrom(null, null, 'out' as const, 'ahead' as const),
      waitingFor: fc.constantFrom(null, { name: 'Ann Bell', lastSeen: NOW }, { name: 'Ann Bell', lastSeen: null }),
      offline: fc.constantFrom(null, ...LINK_LOSSES),
    });
    agree(
      ['Condition of a version or package'],
      sayAll(facts, (f) => condition(f, clock)?.text),
    );
  });
  it('has every line of a Case file', () => {
    const facts = fc.record({
      standing: fc.constantFrom(
        { is: 'live' as const, since: NOW },
        { is: 'waiting' as const, for: 'delivery' as const },
        { is: 'waiting' as const, for: 'grant' as const },
        { is: 'closed' as const },
      ),
      on: fc.boolean(),
    });
    agree(
      ['Case file'],
      sayAll(facts, ({ standing, on }) => liveLine(standing, 'Crown Prosecutors', on, clock)),
    );
  });
  it('has every word of a case', () => {
    const facts = fc.record({
      attention: fc.constantFrom(null, null, 'a file has a problem'),
      online: fc.boolean(),
      shared: fc.boolean(),
      unsentPlaces: fc.nat(2),
      filesWaiting: fc.nat(1),
      filesSending: fc.nat(1),
      receiving: fc.boolean(),
      lastInStep: fc.constantFrom(null, NOW),
    });
    agree(
      ['Case'],
      sayAll(facts, (f) => caseWord(f, clock).text),
    );
  });
  it('has every word of the link', () => {
    const all: LinkFacts[] = [
      { is: 'connected', since: NOW },
      { is: 'connecting' },
      { is: 'signed out' },
      ...LINK_LOSSES.map((why) => ({ is: 'offline' as const, why, nextAt: NOW })),
      ...LINK_REFUSALS.map((why) => ({ is: 'refused' as const, why })),
    ];
    agree(['Link'], new Set(all.map((facts) => linkWord(facts, clock).text)));
  });
  it('has every word of a request for access', () => {
    const asked = { to: { post: 'Officer, Kendal' } };
    const facts = fc.record({
      at: fc.constantFrom(NOW - DAY, NOW - 5 * DAY, NOW - 20 * DAY),
      answer: fc.constantFrom(null, null, 'approved', 'declined', 'taken back'),
    });
    const say = ({ at, answer }: { at: number; answer: string | null }): string =>
      requestWord(
        { asked, at, answer: answer && { decision: answer, by: { personName: 'Ann Bell' }, time: at } } as never,
        clock,
      ).text;
    agree(['Request for access'], sayAll(facts, say));
  });
  it('has every word of a recertification', () => {
    const round = fc
      .record({ over: fc.boolean(), daysLeft: fc.integer({ min: 1, max: 20 }), lines: fc.nat(9) })
      .chain((one) =>
        fc.record({ open: fc.nat(one.lines), gone: fc.nat(one.lines) }).map((two) => ({ ...one, ...two })),
      );
    const line = fc.record({
      outcome: fc.constantFrom(...OUTCOMES),
      mine: fc.boolean(),
      by: fc.constant('Ann Bell'),
      to: fc.constant('Ola Finch'),
    });
    agree(
      ['Recertification'],
      new Set([...sayAll(round, (f) => roundWord(f).text), ...sayAll(line, (f) => lineWord(f).text)]),
    );
  });
  it('gives each word a meaning, a proof and something to do', () => {
    const rows = [...page.matchAll(/^\| `.*` \|(.*)\|$/gm)].map(([, cells = '']) =>
      cells.split(' | ').map((cell) => cell.trim()),
    );
    expect(rows.length).toBeGreaterThan(40);
    for (const cells of rows) {
      expect(cells).toHaveLength(3);
      expect(cells[0]).not.toBe('');
      expect(cells[2]).not.toBe('');
    }
  });
});
