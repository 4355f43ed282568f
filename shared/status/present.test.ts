import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseWord } from './case.ts';
import type { CaseFacts } from './case.ts';
import { condition, noCondition } from './condition.ts';
import { NOW, clock, transfer } from './facts.fixture.ts';
import { formatPercent, formatTime, formatWait } from './format.ts';
import { here } from './here.ts';
import { linkWord } from './link.ts';
import { LINK_LOSSES } from './facts.ts';
import { DECLINED, LOSS, REFUSAL } from './linkCauses.ts';
import { SKIPPED } from './skipCauses.ts';
import { STORE, STORE_CAUSES } from './storeCauses.ts';
import { TRANSFER } from './transferCauses.ts';

const moving = {
  version: 'aa' as never,
  direction: 'down',
  state: 'moving',
  done: 1,
  total: 9,
  rate: 0,
  cause: null,
  nextAt: null,
} as const;

describe('what is here now', () => {
  const none = {
    destroyed: null,
    whole: false,
    wasHere: false,
    coming: false,
    arriving: false,
    atRelay: false,
    holder: null,
    again: null,
  };
  it('enables Open exactly when the version is whole here, or its parts can be fetched as they are looked at', () => {
    const facts = fc.record({
      destroyed: fc.constant(null),
      whole: fc.boolean(),
      wasHere: fc.boolean(),
      coming: fc.boolean(),
      arriving: fc.boolean(),
      atRelay: fc.boolean(),
      holder: fc.constantFrom(null, "Ann Bell's laptop"),
      again: fc.constantFrom(null, { done: 42, total: 100 }),
    });
    fc.assert(
      fc.property(facts, (f) => {
        const now = here(f);
        expect(now.canOpen).toBe(f.whole || f.arriving);
        expect(f.whole || !f.wasHere || now.word !== null).toBe(true);
      }),
    );
  });
  it('says each word of the design', () => {
    expect(here({ ...none, whole: true }).word).toBeNull();
    expect(here({ ...none, coming: true }).word).toBeNull();
    expect(here({ ...none, wasHere: true, atRelay: true, coming: true }).word).toMatchObject({
      text: 'Not kept on this computer: fetch',
      mend: 'fetch',
    });
    expect(here({ ...none, holder: "Ann Bell's laptop" }).word?.text).toBe("On another computer: Ann Bell's laptop");
    expect(here({ ...none, whole: true, again: { done: 42, total: 100 } })).toMatchObject({
      word: { text: 'Relay restored: sending again 42%' },
      canOpen: true,
    });
  });
});

const text = (more: object): string | undefined => condition({ ...noCondition, ...more }, clock)?.text;

describe('condition', () => {
  it('says each word of the design', () => {
    expect(text({})).toBeUndefined();
    expect(text({ transfer: moving })).toBeUndefined();
    expect(text({ paused: true })).toBe('Paused');
    const offline = 'relay unreachable';
    expect(text({ offline })).toBe('Waiting: the relay cannot be reached');
    expect(text({ transfer: moving, offline })).toBe('Waiting: the relay cannot be reached');
    expect(text({ paused: true, offline })).toBe('Paused');
    expect(text({ transfer: { ...moving, state: 'retrying', cause: 'relay unreachable', nextAt: NOW + 19_500 } })).toBe(
      'Retrying in 20 s: the relay cannot be reached',
    );
    expect(
      condition({ ...noCondition, transfer: { ...moving, state: 'retrying', cause: 'no space here' } }, clock),
    ).toMatchObject({ text: 'Waiting: this disk is full; free some space', tone: 'attention', mend: 'retry' });
    expect(text({ waitingFor: { name: 'Ann Bell', lastSeen: NOW - 80 * 60_000 } })).toBe(
      "Waiting for Ann Bell's computer, last seen 08:40",
    );
    expect(
      condition({ ...noCondition, transfer: { ...moving, state: 'failed', cause: 'no space here' } }, clock),
    ).toMatchObject({ text: 'Problem: this disk is full', mend: 'free space' });
    expect(text({ replacedBy: 3 })).toBe('Replaced by version 3');
  });
  it('says of what was withdrawn whether it can be un-seen', () => {
    const withdrawn = { at: NOW, reason: 'wrong file', name: 'Ann Bell' };
    expect(condition({ ...noCondition, withdrawn, paused: true, reached: true }, clock)).toMatchObject({
      text: 'Withdrawn',
      by: 'Ann Bell',
      why: expect.stringContaining('cannot be un-seen') as string,
    });
    expect(condition({ ...noCondition, dropped: withdrawn }, clock)?.why).toContain('nobody can fetch it');
  });
  it('gives every Problem one act that mends it, and hides none', () => {
    fc.assert(
      fc.property(transfer, (news) => {
        const word = condition({ ...noCondition, transfer: news }, clock);
        expect(news.state !== 'failed' || (word?.tone === 'attention' && word.mend !== undefined)).toBe(true);
        expect(news.state !== 'whole' || word === null).toBe(true);
      }),
    );
  });
});

describe('the word of a case', () => {
  const WORDS = [
    /^Saved on this computer, not shared$/,
    /^Offline: your edits in \d+ places? are not sent$/,
    /^Offline: nothing of yours waiting; (last in step .*\d\d:\d\d|not yet in step)$/,
    /^Sending$/,
    /^Receiving$/,
    /^Up to date .*\d\d:\d\d$/,
    /^Needs attention: ./,
  ];
  const facts: fc.Arbitrary<CaseFacts> = fc.record({
    attention: fc.constantFrom(null, null, 'a file has a problem'),
    online: fc.boolean(),
    shared: fc.boolean(),
    unsentPlaces: fc.nat(3),
    filesWaiting: fc.nat(2),
    filesSending: fc.nat(2),
    receiving: fc.boolean(),
    lastInStep: fc.constantFrom(null, NOW),
  });
  it('is exactly one in every state, and never says more than is proven', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const said = caseWord(f, clock).text;
        expect(WORDS.filter((word) => word.test(said))).toHaveLength(1);
        expect(
          !said.startsWith('Up to date') ||
            (f.online && f.shared && f.unsentPlaces === 0 && f.filesSending === 0 && !f.receiving),
        ).toBe(true);
        expect(
          !said.includes('nothing of yours waiting') || (!f.online && f.unsentPlaces === 0 && f.filesWaiting === 0),
        ).toBe(true);
        expect(said === 'Needs attention: a file has a problem').toBe(f.attention !== null);
      }),
    );
  });
  it('counts in the singular too', () => {
    const offline = {
      attention: null,
      online: false,
      shared: true,
      unsentPlaces: 1,
      filesWaiting: 0,
      filesSending: 0,
      receiving: false,
      lastInStep: NOW,
    };
    expect(caseWord(offline, clock).text).toBe('Offline: your edits in 1 place are not sent');
    expect(caseWord({ ...offline, unsentPlaces: 0 }, clock).text).toBe(
      'Offline: nothing of yours waiting; last in step 10:00',
    );
  });
});

describe('the link', () => {
  it('says its state with the reason', () => {
    expect(linkWord({ is: 'connected', since: NOW }, clock).text).toBe('Connected');
    expect(linkWord({ is: 'offline', why: 'no network', nextAt: NOW + 5000 }, clock)).toMatchObject({
      text: 'Offline: no network',
      why: expect.stringContaining('Next try in 5 s.') as string,
    });
    expect(linkWord({ is: 'offline', why: 'another relay', nextAt: NOW + 5000 }, clock)).toMatchObject({
      text: 'Offline: another relay answers',
      tone: 'attention',
      why: expect.stringMatching(
        /Nothing of yours was sent to it; ask your administrator .* Next try in 5 s\.$/,
      ) as string,
      mend: 'ask',
    });
    expect(linkWord({ is: 'refused', why: 'revoked' }, clock)).toMatchObject({
      text: 'Refused: this computer\u2019s access has ended',
      tone: 'attention',
    });
    expect(linkWord({ is: 'signed out' }, clock).text).toBe('Signed out');
    expect(linkWord({ is: 'connecting' }, clock).text).toBe('Connecting');
  });
});

describe('no link', () => {
  it.each(LINK_LOSSES)(
    '%s: says so in a word of its own, what is next, and is for a person only where waiting mends nothing',
    (why) => {
      const word = linkWord({ is: 'offline', why, nextAt: null }, clock);
      const others = LINK_LOSSES.filter((other) => other !== why);
      for (const other of others)
        expect(linkWord({ is: 'offline', why: other, nextAt: null }, clock).text).not.toBe(word.text);
      expect(word.text).toMatch(/^Offline: ./);
      expect(word.why).toBe(LOSS[why].sentence);
      expect(word.tone === 'attention').toBe(word.mend !== 'retry');
    },
  );
});

describe('causes', () => {
  const tables = {
    TRANSFER,
    LOSS,
    REFUSAL,
    DECLINED,
    SKIPPED,
  };
  it.each(Object.entries(tables))('%s: each says what is wrong and what is next', (_, table) => {
    for (const cure of Object.values(table)) {
      expect(cure.short).toMatch(/^\S.*[^.]$/);
      expect(cure.sentence).toMatch(/^[A-Z].*[.;:,] .*\.$/);
      expect(cure.sentence).not.toMatch(/\b(error code|exception|null|undefined|invalid)\b/i);
    }
  });
  it('no two causes of one table say the same', () => {
    for (const table of Object.values(tables)) {
      const sentences = Object.values(table).map((cure) => cure.sentence);
      expect(new Set(sentences).size).toBe(sentences.length);
    }
  });
});

describe('a case store that cannot be used', () => {
  it.each(STORE_CAUSES)('%s: says what happened and what is next, and is told from every other', (cause) => {
    const { short, happened, next } = STORE[cause];
    expect(short).toMatch(/^\S.*[^.]$/);
    for (const said of [happened, next]) expect(said).toMatch(/^[A-Z].*\.$/);
    const others = STORE_CAUSES.filter((other) => other !== cause).map((other) => STORE[other].happened);
    expect(others).not.toContain(happened);
  });
});

describe('times and percents', () => {
  it('agree with the calendar, in any zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e12, max: 4e12 }), fc.integer({ min: -14, max: 14 }), (at, hours) => {
        const local = new Date(at + hours * 3_600_000);
        const said = formatTime(at, { now: 0, offset: () => hours * 3_600_000 });
        expect(said.slice(-5)).toBe(local.toISOString().slice(11, 16));
        const today = new Date(hours * 3_600_000);
        if (local.toISOString().slice(0, 10) === today.toISOString().slice(0, 10)) return;
        const parts = said.split(' ');
        expect(Number(parts[0])).toBe(local.getUTCDate());
        expect(parts[1]).toBe(local.toLocaleString('en', { month: 'short', timeZone: 'UTC' }));
        expect(parts[2]).toBe(
          local.getUTCFullYear() === today.getUTCFullYear() ? said.slice(-5) : String(local.getUTCFullYear()),
        );
      }),
    );
  });
  it('round down, and never say 100 % before it is done', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (done, total) => {
        const percent = Number.parseInt(formatPercent(done, total), 10);
        expect(percent).toBeLessThan(100);
        expect(done >= total || percent === Math.floor((100 * done) / total)).toBe(true);
      }),
    );
    expect(formatWait(-5)).toBe('1 s');
    expect(formatWait(91_000)).toBe('2 min');
    expect(formatWait(3 * 3_600_000)).toBe('3 h');
  });
});
