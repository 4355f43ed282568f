/** The console's small parts, each by itself: slowing, sessions, escaping, two people. */
import { beforeEach, describe, expect, test } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import { LAPSES, approve, openProposals, propose, withdraw } from '../decisions/proposals.ts';
import type { Account } from './accounts.ts';
import { isAccountName, isPassword } from './accounts.ts';
import { html } from './html.ts';
import { isFromHere } from './requests.ts';
import { IDLE, openSessions } from './sessions.ts';
import { openThrottle } from './throttle.ts';

const NOW = 1_800_000_000_000;

describe('slowing', () => {
  test('three wrong tries are free, then each doubles the wait, to five minutes at most; an hour forgets', () => {
    const throttle = openThrottle();
    const waits: number[] = [];
    let now = NOW;
    for (let i = 0; i < 14; i++) {
      now += throttle.wait('ada', now);
      throttle.begin('ada', now);
      waits.push(throttle.wait('ada', now));
    }
    expect(waits.slice(0, 6)).toEqual([0, 0, SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND]);
    expect(Math.max(...waits)).toBe(5 * MINUTE);
    expect(throttle.wait('ben', now)).toBe(0);
    expect(throttle.wait('ada', now + HOUR)).toBe(0);
    throttle.forgive('ada');
    expect(throttle.wait('ada', now)).toBe(0);
  });

  test('many names are slowed together, so that nobody tries one password on a thousand of them', () => {
    const throttle = openThrottle();
    for (let i = 0; i < 40; i++) throttle.begin(`name${i}`, NOW);
    expect(throttle.wait('another', NOW)).toBeGreaterThan(SECOND);
  });
});

describe('sessions', () => {
  const ada: Account = { name: 'ada', role: 'operator', since: 1 };
  let now: Account | null;
  beforeEach(() => {
    now = ada;
  });

  test('end after a quarter of an hour without an act, looking on or not; and after eight hours in any case', () => {
    const sessions = openSessions(() => now);
    const word = sessions.begin(ada, NOW);
    expect(sessions.find(word, NOW + IDLE, false)).not.toBeNull();
    expect(sessions.find(word, NOW + IDLE + 1, false)).toBeNull();
    const kept = sessions.begin(ada, NOW);
    let at = NOW;
    for (; at < NOW + 8 * HOUR - IDLE; at += IDLE) expect(sessions.find(kept, at, true)).not.toBeNull();
    expect(sessions.find(kept, NOW + 8 * HOUR + 1, true)).toBeNull();
  });

  test('end when the account has another password or role, or is gone, or the clock has gone back', () => {
    for (const change of [{ ...ada, since: 2 }, { ...ada, role: 'auditor' as const }, null]) {
      const sessions = openSessions(() => now);
      const word = sessions.begin(ada, NOW);
      now = change;
      expect(sessions.find(word, NOW, true)).toBeNull();
      now = ada;
    }
    const sessions = openSessions(() => now);
    expect(sessions.find(sessions.begin(ada, NOW), NOW - DAY, true)).toBeNull();
    expect(sessions.find('guessed', NOW, true)).toBeNull();
  });
});

test('nothing that is put into a page is taken for HTML', () => {
  const evil = `"><script>alert('x')</script>&`;
  expect(html`<a title="${evil}">${evil}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</a>',
  );
});

test('a form counts only where the browser says that it is of this origin', () => {
  const from = (headers: Record<string, string>): boolean =>
    isFromHere({ headers: { host: 'relay:1', ...headers } } as never);
  expect(from({ origin: 'http://relay:1' })).toBe(true);
  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'http://relay:2' },
    { origin: 'http://relay:1', 'sec-fetch-site': 'same-site' },
  ])
    expect(from(headers as Record<string, string>)).toBe(false);
});

test('names and passwords', () => {
  expect(['ada', 'a.b-c_1'].every(isAccountName)).toBe(true);
  expect(['', 'Ada', '-a', 'a b', 'x'.repeat(33), '<b>'].some(isAccountName)).toBe(false);
  expect([isPassword('x'.repeat(11)), isPassword('x'.repeat(12)), isPassword('x'.repeat(257))]).toEqual([
    false,
    true,
    false,
  ]);
});

describe('two people', () => {
  let db: DatabaseSync;
  beforeEach(() => {
    db = new DatabaseSync(':memory:');
    db.exec(
      'CREATE TABLE proposals (id INTEGER PRIMARY KEY, what TEXT, by TEXT, at INTEGER, state TEXT, decided_by TEXT, decided_at INTEGER)',
    );
  });

  test('nobody approves their own; once only; a proposal lapses, and can be turned down', () => {
    const sweep = { what: 'sweep', days: 30 } as const;
    const id = propose(db, sweep, 'ada', NOW);
    expect(approve(db, id, 'ada', NOW)).toMatchObject({ ok: false, cause: 'own proposal' });
    expect(approve(db, id, 'ben', NOW)).toMatchObject({ ok: true, value: { proposed: sweep, by: 'ada' } });
    expect(approve(db, id, 'cem', NOW)).toMatchObject({ ok: false, cause: 'not open' });
    const late = propose(db, sweep, 'ada', NOW);
    expect(openProposals(db, NOW + LAPSES)).toEqual([]);
    expect(approve(db, late, 'ben', NOW + LAPSES)).toMatchObject({ ok: false, cause: 'not open' });
    expect([withdraw(db, late, 'ada', NOW), withdraw(db, late, 'ada', NOW)]).toEqual([true, false]);
  });
});
