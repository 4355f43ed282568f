import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condition, noCondition } from './condition.ts';
import type { VersionFacts } from './facts.ts';
import { freshVersion, joinVersion } from './facts.ts';
import { NOW, ORG, clock, versionFacts, withCause } from './facts.fixture.ts';
import { happened } from './happened.ts';

const SIDES = ['sender', 'receiver'] as const;
const side = fc.constantFrom(...SIDES);
const pieces = side.chain((s) => fc.tuple(fc.constant(s), fc.array(versionFacts(s), { minLength: 1, maxLength: 6 })));
const joined = (s: 'sender' | 'receiver', list: readonly VersionFacts[]): VersionFacts =>
  list.reduce(joinVersion, freshVersion(s, ORG, 1000));
const text = (facts: VersionFacts): string => happened(facts, clock).word.text;
const durable = (facts: VersionFacts): VersionFacts => ({ ...facts, waits: [], transfer: null, holder: null });

describe('what has happened', () => {
  it('never falls, whatever fact comes next', () => {
    fc.assert(
      fc.property(pieces, ([s, list]) => {
        let facts = freshVersion(s, ORG, 1000);
        let before = happened(facts, clock);
        for (const piece of list) {
          facts = joinVersion(facts, piece);
          const after = happened(facts, clock);
          expect(after.rank).toBeGreaterThanOrEqual(before.rank);
          const [a, b] = [before, after].map(({ word }) => Number(/(\d+)%/.exec(word.text)?.[1] ?? -1));
          expect(after.rank > before.rank || (b ?? -1) >= (a ?? -1)).toBe(true);
          before = after;
        }
      }),
    );
  });

  it('comes out alike in any order of facts, however often each is told', () => {
    fc.assert(
      fc.property(pieces, fc.infiniteStream(fc.nat()), ([s, list], shuffle) => {
        const keyed = [...list, ...list].map((piece) => ({ piece, key: shuffle.next().value }));
        const other = keyed.sort((a, b) => a.key - b.key).map(({ piece }) => piece);
        const plain = (facts: VersionFacts) => happened(durable(facts), clock);
        expect(plain(joined(s, other))).toEqual(plain(joined(s, list)));
        expect(durable(joined(s, other))).toEqual(durable(joined(s, list)));
      }),
    );
  });

  it('says Delivered and Opened on a receipt only, Sent on the relay\u2019s word only, Ready on this device\u2019s own', () => {
    fc.assert(
      fc.property(side.chain(versionFacts), (facts) => {
        const word = text(facts);
        const proofs: [RegExp, unknown][] = [
          [/^Delivered to/, facts.delivered],
          [/^Opened by/, facts.opened],
          [/^Opened by you$/, facts.opened?.mine],
          [/^Sent:/, facts.atRelay],
          [/^Ready to open$/, facts.delivered?.here && facts.inError === null],
          [/^Was delivered here$/, facts.delivered?.here && facts.inError !== null],
          [/^(Sending|Waiting)/, facts.released],
        ];
        for (const [said, proof] of proofs) expect(!said.test(word) || Boolean(proof)).toBe(true);
        expect(text({ ...facts, delivered: null, opened: null })).not.toMatch(/Delivered|Opened|Ready/);
      }),
    );
  });

  it('takes no rank from looking before it is whole, nor from a transfer\u2019s state', () => {
    fc.assert(
      fc.property(side.chain(versionFacts), (facts) => {
        expect(text({ ...facts, viewingBegan: null, transfer: null })).toBe(text(facts));
      }),
    );
  });

  it('says the ladder of the sender, word for word', () => {
    const at = { at: NOW };
    let facts: VersionFacts = { ...freshVersion('sender', ORG, 1000), sealed: at };
    expect(text(facts)).toBe('On this computer');
    facts = { ...facts, released: at, waits: [{ is: 'no network' }] };
    expect(text(facts)).toBe('Waiting to send: no network');
    expect(text({ ...facts, waits: [{ is: 'until', at: NOW - 3_600_000 }] })).toBe(
      'Waiting to send: waiting until 09:00',
    );
    const transfer = { version: 'aa' as never, direction: 'up', state: 'moving', done: 429, total: 1000 } as const;
    facts = { ...facts, moved: 429, transfer: { ...transfer, rate: 1, cause: null, nextAt: null } };
    expect(text(facts)).toBe('Sending 42%');
    expect(text({ ...facts, moved: 1000 })).toBe('Sending 99%');
    facts = { ...facts, atRelay: at };
    expect(text(facts)).toBe(`Sent: ${ORG} has not collected it yet`);
    facts = { ...facts, delivered: { at: NOW, org: ORG, device: 'desk 4', here: false } };
    expect(text(facts)).toBe(`Delivered to ${ORG}`);
    facts = { ...facts, opened: { at: NOW, name: 'Cy Dodd', org: ORG, mine: false } };
    expect(happened(facts, clock).word).toEqual({
      text: `Opened by Cy Dodd, ${ORG}`,
      tone: 'good',
      at: NOW,
      by: 'Cy Dodd',
    });
  });

  it('says the ladder of the receiver, word for word', () => {
    let facts: VersionFacts = freshVersion('receiver', 'Wessex Police', 1000);
    expect(text(facts)).toBe('Expected from Wessex Police');
    facts = { ...facts, moved: 420 };
    expect(text(facts)).toBe('Arriving 42%');
    expect(text({ ...facts, delivered: { at: NOW, org: ORG, device: 'laptop 7', here: false } })).toBe('Arriving 42%');
    facts = { ...facts, delivered: { at: NOW, org: ORG, device: 'desk 4', here: true } };
    expect(text(facts)).toBe('Ready to open');
    const inError = { at: NOW, reason: 'wrong post', name: 'Ann Bell', done: 0, of: 1, here: false };
    expect(text({ ...facts, inError })).toBe('Was delivered here');
    expect(text({ ...facts, delivered: null, inError })).toBe('Stopped at 42%');
    expect(text({ ...facts, delivered: null, moved: 0, inError })).toBe('Never delivered here');
    facts = { ...facts, opened: { at: NOW, name: 'Cy Dodd', org: ORG, mine: false } };
    expect(text(facts)).toBe('Opened by a colleague: Cy Dodd');
    facts = joinVersion(facts, { ...facts, opened: { at: NOW + 1, name: 'Ann Bell', org: ORG, mine: true } });
    expect(text(facts)).toBe('Opened by you');
  });

  it('says whose computer a colleague\u2019s file is on, before it is released', () => {
    expect(text({ ...freshVersion('sender', ORG, 1000), holder: "Ann Bell's laptop" })).toBe(
      "On another computer: Ann Bell's laptop",
    );
  });

  it('blames no other file where this one cannot go', () => {
    const facts: VersionFacts = {
      ...freshVersion('sender', ORG, 1000),
      released: { at: NOW },
      waits: [{ is: 'turn' }],
    };
    expect(happened(facts, clock).word.text).toBe('Waiting to send: other files go first');
    const transfer = withCause('missing here');
    expect(happened({ ...facts, transfer }, clock).word.text).toBe('Waiting to send: it cannot go now');
    expect(happened({ ...facts, waits: [{ is: 'taking' }] }, clock).word.text).toBe(
      'Waiting to send: the relay has not taken the package yet',
    );
  });

  it('names which limit is reached once: in the condition, where there is one', () => {
    const facts: VersionFacts = {
      ...freshVersion('sender', ORG, 1000),
      released: { at: NOW },
      waits: [{ is: 'area quota' }],
    };
    const told = { ...noCondition, transfer: withCause('area quota') };
    expect(happened(facts, clock).word.text).toBe('Waiting to send: over the quota for this part of the case');
    expect(happened({ ...facts, transfer: told.transfer }, clock).word.text).toBe(
      'Waiting to send: no room at the relay',
    );
    expect(condition(told, clock)?.text).toContain('over the quota for this part of the case; ask your administrator');
  });
});
