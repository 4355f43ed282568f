import { describe, expect, it } from 'vitest';
import { STAGES } from '../../formats/stages.ts';
import { builtInRules } from '../builtIn.ts';
import { smallRule, smallRules } from '../fixture.ts';
import { loadRules } from '../load.ts';
import { ON, goodCase } from './goodCase.fixture.ts';
import { preflight, questionsOf } from './preflight.ts';

const rulesOf = (...rules: readonly object[]) => {
  const set = loadRules(smallRules({ rules }));
  if (!set.ok) throw new Error(JSON.stringify(set.cause));
  return set.value;
};
const judge = (snapshot: unknown, ...rules: readonly object[]) =>
  preflight(snapshot, 'charging', rulesOf(...rules), ON);

describe('the good case', () => {
  it.each(STAGES)('at stage %s has no findings, and the same ones however often it is judged', (stage) => {
    expect(preflight(goodCase(stage), stage, builtInRules(), ON)).toEqual([]);
    const empty = { format: 'joinder case', case: { id: 'c' }, suspects: [{ id: 's1' }, { id: 's2' }] };
    expect(preflight(empty, stage, builtInRules(), ON)).toEqual(preflight(empty, stage, builtInRules(), ON));
    expect(preflight(empty, stage, builtInRules(), ON).length).toBeGreaterThan(10);
  });
});

describe('a finding', () => {
  it('says what, where, why, and whether that is verified', () => {
    expect(judge({}, smallRule({ verified: false }))).toEqual([
      {
        code: 'urn-missing',
        sentence: 'There is no URN.',
        path: 'case/urn',
        mend: 'case/urn',
        reason: 'one',
        reasonText: 'No one',
        source: 'a test',
        verified: false,
        severity: 'fault',
        question: null,
      },
    ]);
  });

  it('names a row by its place or its reference, and no person', () => {
    const snapshot = {
      suspects: [
        { id: 's1', born: '1990-01-01' },
        { id: 's2', family: 'Marsh' },
      ],
      exhibits: [{ id: 'e1', reference: 'JS/1' }],
      files: [{ item: 'f1', name: `${'x'.repeat(100)}.pdf` }],
      documents: [{ id: 'f1' }],
    };
    const rule = (code: string, path: string, require: object) =>
      smallRule({ code, path, require, sentence: '{row} is wrong. Look at {row}. {row} again.' });
    const findings = judge(
      snapshot,
      rule('a', 'suspects/*/born', { exists: 'row/born' }),
      rule('b', 'exhibits/*', { exists: 'row/file' }),
      rule('c', 'files/*', { exists: 'row/type' }),
      rule('d', 'documents/*/form', { exists: 'row/form' }),
    );
    expect(findings.map(({ path, sentence }) => [path, sentence])).toEqual([
      ['suspects/s2/born', 'Suspect 2 is wrong. Look at suspect 2. Suspect 2 again.'],
      ['exhibits/e1', 'Exhibit JS/1 is wrong. Look at exhibit JS/1. Exhibit JS/1 again.'],
      [
        'files/f1',
        `File \u201c${'x'.repeat(79)}\u2026\u201d is wrong. Look at file \u201c${'x'.repeat(79)}\u2026\u201d. File \u201c${'x'.repeat(79)}\u2026\u201d again.`,
      ],
      ['documents/f1/form', 'Document 1 is wrong. Look at document 1. Document 1 again.'],
    ]);
  });

  it('comes once, faults before questions before advice, otherwise in the order of the rules', () => {
    const ask = { question: 'Is there a URN?', by: ['officer'] };
    const findings = judge(
      {
        files: [
          { item: 'f1', number: 1 },
          { item: 'f1', number: 2 },
        ],
      },
      smallRule({ code: 'advice', severity: 'advice', sentence: 'Some advice.' }),
      smallRule({ code: 'question', require: undefined, ask }),
      smallRule({ code: 'second' }),
      smallRule({ code: 'same-words' }),
      smallRule({ code: 'rows', path: 'files/*', require: { exists: 'row/type' }, sentence: '{row} has no type.' }),
    );
    expect(findings.map(({ code }) => code)).toEqual(['second', 'rows', 'question', 'advice']);
  });

  it('is judged by what is in force on the day and meant for the stage', () => {
    const rules = rulesOf(
      smallRule({ code: 'later', from: '2026-03-03' }),
      smallRule({ code: 'trial', stages: ['trial'] }),
    );
    const codes = (stage: 'charging' | 'trial', on: string) => preflight({}, stage, rules, on).map(({ code }) => code);
    expect(codes('charging', '2026-03-02')).toEqual(['no-rules'].slice(1));
    expect(codes('charging', '2026-03-03')).toEqual(['later']);
    expect(codes('trial', '2026-03-02')).toEqual(['trial']);
  });

  it('is not missing because no rules were', () => {
    expect(preflight(goodCase('charging'), 'charging', builtInRules(), '2020-12-31')).toMatchObject([
      { code: 'no-rules', severity: 'fault' },
    ]);
  });

  it('says where a case is too large to be judged whole', () => {
    const snapshot = { suspects: Array.from({ length: 3000 }, (_, i) => ({ id: String(i) })) };
    const require = { every: 'suspects', as: 'other', that: { exists: 'other/born' } };
    expect(judge(snapshot, smallRule({ path: 'suspects/*', require }))[0]).toMatchObject({ code: 'too-large' });
  });
});

describe('a question', () => {
  const ask = { question: 'Is {row} well?', by: ['officer', 'supervisor'], good: 'no' };
  const rule = smallRule({ code: 'well', path: 'suspects/*', require: undefined, ask, sentence: '{row} is not well.' });
  const suspects = [{ id: 's1' }, { id: 's2' }];

  it('has a key of its own for each row and stage, and says who can answer it', () => {
    expect(questionsOf({ suspects }, 'charging', rulesOf(rule), ON)).toEqual([
      { key: 'well charging s1', text: 'Is suspect 1 well?', by: ['officer', 'supervisor'], good: 'no' },
      { key: 'well charging s2', text: 'Is suspect 2 well?', by: ['officer', 'supervisor'], good: 'no' },
    ]);
    expect(questionsOf({ suspects }, 'trial', rulesOf(rule), ON)[0]?.key).toBe('well trial s1');
  });

  it('is settled by the good answer, or by one that it does not apply, and is a fault with the other', () => {
    const answers = { 'well charging s1': { answer: 'yes' }, 'well charging s2': { answer: 'not applicable' } };
    expect(judge({ suspects, work: { answers } }, rule)).toMatchObject([
      {
        path: 'suspects/s1',
        sentence: 'Suspect 1 is not well.',
        severity: 'fault',
        question: { key: 'well charging s1' },
      },
    ]);
    expect(judge({ suspects, work: { answers: { 'well charging s1': { answer: 'no' } } } }, rule)).toMatchObject([
      { path: 'suspects/s2', sentence: 'Is suspect 2 well?', severity: 'question' },
    ]);
  });
});

describe('an answer of somebody whom the rule does not ask', () => {
  const ask = { question: 'Is the test met?', by: ['supervisor'] };
  const rule = smallRule({ code: 'met', path: 'case', require: undefined, ask, sentence: 'The test is not met.' });
  const found = (given: object) =>
    judge({ work: { answers: { 'met charging': given } } }, rule).map(({ severity }) => severity);

  it('does not count, nor push out one that does', () => {
    expect(found({ answer: 'yes', roles: ['officer', 'file builder'] })).toEqual(['question']);
    expect(found({ answer: 'yes', roles: [] })).toEqual(['question']);
    expect(found({ answer: 'yes', roles: ['officer', 'supervisor'] })).toEqual([]);
    const earlier = [{ answer: 'yes', roles: ['supervisor'] }];
    expect(found({ answer: 'no', roles: ['officer'], earlier })).toEqual([]);
    expect(found({ answer: 'no', roles: ['supervisor'], earlier })).toEqual(['fault']);
  });

  it('counts where nobody can tell: an older version wrote no roles', () => {
    expect(found({ answer: 'yes' })).toEqual([]);
  });
});

describe('a finding that is mended elsewhere', () => {
  it('says of which row it is, and leads to the list that something is added to', () => {
    const draft = goodCase('charging');
    draft['interviews'] = [];
    expect(preflight(draft, 'charging', builtInRules(), ON)).toContainEqual(
      expect.objectContaining({ code: 'interview-missing', path: 'suspects/s1', mend: 'interviews' }),
    );
  });
});

describe('a large case', () => {
  it('of 500 items, 40 people and 200 actions is judged whole', () => {
    const draft = goodCase('charging');
    const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n));
    draft['documents'].push(...many(500, (n) => ({ id: `d${n}`, group: 'Other', form: 'OTHER', title: `Item ${n}` })));
    draft['files'].push(...many(500, (n) => ({ item: `d${n}`, name: `${n}.pdf`, bytes: 1, found: [] })));
    draft['exhibits'].push(
      ...many(250, (n) => ({ id: `x${n}`, reference: `AB/${n}`, description: 'x', producer: 'w1', statement: 't2' })),
    );
    draft['material'].push(...many(250, (n) => ({ ...draft['material'][0], id: `y${n}` })));
    draft['witnesses'].push(...many(40, (n) => ({ id: `n${n}`, kind: 'person', role: 'police' })));
    draft['statements'].push(...many(80, (n) => ({ ...draft['statements'][0], id: `z${n}`, witness: `n${n % 40}` })));
    draft['work'].actions = many(200, (n) => ({ id: `a${n}`, state: 'open' }));
    const codes = preflight(draft, 'charging', builtInRules(), ON).map(({ code }) => code);
    expect(codes).not.toContain('too-large');
  });
});
