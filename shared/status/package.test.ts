import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VersionFacts } from './facts.ts';
import { earlier, freshVersion, joinVersion } from './facts.ts';
import { NOW, ORG, clock, packageFacts, versionFacts, withCause } from './facts.fixture.ts';
import type { PackageFacts } from './package.ts';
import { packageWord } from './package.ts';

const side = fc.constantFrom('sender' as const, 'receiver' as const);
const at = { at: NOW };
const file = (s: 'sender' | 'receiver', more: Partial<VersionFacts> = {}): VersionFacts => ({
  ...freshVersion(s, ORG, 1000),
  ...more,
});
const base = (
  s: 'sender' | 'receiver',
  files: readonly VersionFacts[],
  more: Partial<PackageFacts> = {},
): PackageFacts => ({
  side: s,
  org: ORG,
  files,
  released: null,
  receivable: at,
  waits: [],
  sent: null,
  decided: null,
  withdrawn: null,
  destroyed: null,
  ...more,
});
const text = (facts: PackageFacts): string => packageWord(facts, clock).word.text;

/** What one more fact does to a package: each part only ever grows. */
const grow = (a: PackageFacts, b: PackageFacts): PackageFacts => ({
  ...a,
  files: a.files.map((f, i) => (b.files[i] ? joinVersion(f, b.files[i]) : f)),
  released: earlier(a.released, b.released),
  receivable: earlier(a.receivable, b.receivable),
  sent: earlier(a.sent, b.sent),
  decided: a.decided ?? b.decided,
  withdrawn: earlier(a.withdrawn, b.withdrawn),
  destroyed: a.destroyed ?? b.destroyed,
});

describe('the word of a package', () => {
  it('never falls, whatever comes next', () => {
    fc.assert(
      fc.property(
        side.chain((s) => fc.tuple(packageFacts(s), fc.array(packageFacts(s), { maxLength: 5 }))),
        ([first, more]) => {
          let facts = first;
          for (const piece of more) {
            const before = packageWord(facts, clock).rank;
            facts = grow(facts, piece);
            expect(packageWord(facts, clock).rank).toBeGreaterThanOrEqual(before);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says Delivered, Opened and Ready only on receipts for every file that counts', () => {
    fc.assert(
      fc.property(side.chain(packageFacts), (facts) => {
        const word = text(facts);
        const counting = facts.files.filter((f) => f.dropped === null);
        const proofs: Record<string, boolean> = {
          Delivered: counting.every((f) => f.delivered ?? f.opened),
          'Ready to open': counting.every((f) => f.delivered?.here),
          Opened: facts.files.some((f) => f.opened),
          Sent: facts.sent !== null,
        };
        expect(proofs[word] ?? true).toBe(true);
        const unproven = {
          ...facts,
          decided: null,
          withdrawn: null,
          destroyed: null,
          files: facts.files.map((f) => ({ ...f, delivered: null, opened: null })),
        };
        expect(text(unproven)).not.toMatch(/Delivered|Opened|Ready/);
      }),
    );
  });

  it('says the ladder of the sender, word for word', () => {
    const two = [file('sender', { sealed: at }), file('sender', { sealed: at })];
    expect(text(base('sender', two))).toBe('Preparing');
    const released = two.map((f) => ({ ...f, released: at }));
    const go = { released: at };
    expect(text(base('sender', released, { ...go, receivable: null }))).toBe(
      `Waiting: nobody at ${ORG} can receive yet`,
    );
    expect(text(base('sender', released, { ...go, waits: [{ is: 'sealing' }] }))).toBe(
      'Waiting to send: waiting until every file is sealed',
    );
    const [a, b] = released as [VersionFacts, VersionFacts];
    const stuck = { ...a, transfer: withCause('missing here') };
    const turn = { ...go, waits: [{ is: 'turn' }] } as const;
    expect(text(base('sender', [stuck, b], turn))).toBe('Waiting to send: other files go first');
    expect(text(base('sender', [stuck, stuck], turn))).toBe('Waiting to send: it cannot go now');
    expect(text(base('sender', [{ ...a, moved: 1 }, b], go))).toBe('Sending 0 of 2 files');
    expect(text(base('sender', [{ ...a, atRelay: at }, b], go))).toBe('Sending 1 of 2 files');
    const all = [a, b].map((f) => ({ ...f, atRelay: at }));
    expect(text(base('sender', all, { ...go, sent: at }))).toBe('Sent');
    const delivered = all.map((f) => ({ ...f, delivered: { at: NOW, org: ORG, device: 'desk 4', here: false } }));
    expect(text(base('sender', delivered, { ...go, sent: at }))).toBe('Delivered');
    const opened = [{ ...delivered[0]!, opened: { at: NOW, name: 'Cy Dodd', org: ORG, mine: false } }, delivered[1]!];
    expect(packageWord(base('sender', opened, { ...go, sent: at }), clock).word).toMatchObject({
      text: 'Opened',
      by: 'Cy Dodd',
      why: '1 of 2 files opened.',
    });
  });

  it('says the ladder of the receiver, and that opening early cancels nothing', () => {
    const ready = { delivered: { at: NOW, org: ORG, device: 'desk 4', here: true } };
    expect(text(base('receiver', [file('receiver')]))).toBe(`Expected from ${ORG}`);
    const early = base('receiver', [
      file('receiver', { ...ready, opened: { at: NOW, name: 'Cy Dodd', org: ORG, mine: true } }),
      file('receiver'),
    ]);
    expect(packageWord(early, clock).word).toMatchObject({
      text: 'Arriving 1 of 2 files',
      why: expect.stringContaining('never cancels') as string,
    });
    expect(packageWord(base('receiver', [file('receiver', ready)]), clock).word).toMatchObject({
      text: 'Ready to open',
      at: NOW,
      by: 'desk 4',
    });
  });

  it('says what all that is still to come waits for here, before and while it arrives', () => {
    const here = { delivered: { at: NOW, org: ORG, device: 'desk 4', here: true } };
    const full = file('receiver', { transfer: { ...withCause('no space here'), state: 'retrying' } });
    const word = 'Waiting: this disk is full; free some space';
    expect(text(base('receiver', [full, full]))).toBe(word);
    expect(text(base('receiver', [file('receiver', here), full]))).toBe(word);
    expect(text(base('receiver', [full, file('receiver')]))).toBe(`Expected from ${ORG}`);
    expect(text(base('receiver', [file('receiver', here), full, file('receiver')]))).toBe('Arriving 1 of 3 files');
    const metered = file('receiver', { transfer: { ...withCause('metered'), state: 'queued' } });
    expect(text(base('receiver', [metered]))).toBe('Waiting: metered or slow link');
    expect(text(base('receiver', [metered, full]))).toBe(`Expected from ${ORG}`);
  });

  it('goes on without a file that was left out, but not without one that had arrived', () => {
    const dropped = { at: NOW, reason: 'missing', name: 'Ann Bell' };
    const sent = file('sender', { released: at, atRelay: at });
    expect(text(base('sender', [sent, file('sender', { released: at, dropped })], { released: at, sent: at }))).toBe(
      'Sent',
    );
    expect(text(base('sender', [sent, file('sender', { released: at })], { released: at, sent: at }))).toBe(
      'Sending 1 of 2 files',
    );
    const arrived = file('sender', {
      released: at,
      dropped,
      delivered: { at: NOW, org: ORG, device: 'd', here: false },
    });
    expect(text(base('sender', [arrived], { released: at, sent: at }))).toBe('Delivered');
  });

  it('says how it ended', () => {
    const reason = { at: NOW, reason: 'no exhibits', name: 'Cy Dodd' };
    expect(text(base('sender', [], { decided: { is: 'accepted', ...reason } }))).toBe('Accepted');
    expect(text(base('receiver', [], { decided: { is: 'returned', ...reason } }))).toBe('Returned: no exhibits');
    expect(text(base('receiver', [], { withdrawn: reason }))).toBe('Withdrawn');
    expect(text(base('sender', [], { withdrawn: reason, destroyed: { done: 2, of: 3 } }))).toBe(
      'Sent in error: 2 of 3 devices have destroyed it',
    );
  });

  it('agrees with its files', () => {
    fc.assert(
      fc.property(fc.array(versionFacts('receiver'), { minLength: 1, maxLength: 4 }), (files) => {
        const whole = files.every((f) => f.delivered?.here);
        expect(
          /^(Ready|Opened)/.test(
            text(
              base(
                'receiver',
                files.map((f) => ({ ...f, dropped: null, inError: null })),
              ),
            ),
          ),
        ).toBe(whole);
      }),
    );
  });
});
