import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STAGES } from '../../../shared/model/formats/stages.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import type { Finding } from '../../../shared/model/rules/preflight/preflight.ts';
import { example } from '../../../shared/model/snapshot/example/example.ts';
import { root } from '../../setup/exec.mjs';
import { runPreflight } from './preflight.ts';

const ON = '2026-03-02';
let folder: string;
const at = (...parts: string[]): string => path.join(folder, ...parts);
const rules = (): string => at('rules');
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'preflight-'));
  cpSync(path.join(root, 'shared', 'model', 'rules', 'data'), rules(), { recursive: true });
  writeFileSync(at('case.json'), JSON.stringify(example('charging', ON, builtInRules())));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the tests change: the rules of a file of checks, the files of a manifest. */
interface Content {
  readonly rules: Record<string, unknown>[];
  readonly files: string[];
}
/** Changes a rule file of the copy as a person would. */
const edit = (name: string, change: (content: Content) => void): void => {
  const content = JSON.parse(readFileSync(at('rules', name), 'utf8')) as Content;
  change(content);
  writeFileSync(at('rules', name), JSON.stringify(content, null, 2));
};
const judge = (more: object = {}) =>
  runPreflight(at('case.json'), { stage: 'charging', on: ON, rules: rules(), json: true, ...more });
const codes = async () =>
  (JSON.parse((await judge()).text) as { findings: Finding[] }).findings.map(({ code }) => code);

describe('a folder of rules', () => {
  it('as it comes finds nothing in the example, and never says accepted', async () => {
    const { text, code } = await judge({ json: false });
    expect(code).toBe(0);
    expect(text).toContain('None found. That does not say that the file will be accepted.');
    expect(text).not.toMatch(/\baccepted\b(?!\.)/);
  });

  it('with a rule added judges by it too, and is another edition', async () => {
    const before = JSON.parse((await judge()).text) as { rules: { sha256: string } };
    edit('file-standard.json', (file) =>
      file.rules.push({
        code: 'force-two-suspects',
        sentence: 'There is one suspect only.',
        path: 'suspects',
        stages: ['charging'],
        require: { count: 'suspects', min: 2 },
        reason: 'insufficient-information',
        source: 'our force',
        verified: true,
      }),
    );
    const { text, code } = await judge();
    const after = JSON.parse(text) as { findings: Finding[]; rules: { sha256: string } };
    expect([code, after.findings.map((one) => one.code)]).toEqual([1, ['force-two-suspects']]);
    expect(after.findings[0]).toMatchObject({ path: 'suspects', sentence: 'There is one suspect only.' });
    expect(after.rules.sha256).not.toBe(before.rules.sha256);
    expect((await judge({ json: false })).text).toContain('fault  force-two-suspects  suspects');
  });

  it('with a file of its own judges by that as well', async () => {
    const own = {
      format: 'joinder checks',
      version: 1,
      name: 'Ours',
      reasons: [],
      rules: [
        {
          code: 'ours',
          sentence: 'Ask us.',
          path: 'case',
          stages: 'every',
          ask: { question: 'Asked?', by: ['officer'] },
          reason: 'mg3',
          source: 'us',
          verified: false,
        },
      ],
    };
    writeFileSync(at('rules', 'ours.json'), JSON.stringify(own));
    expect(await codes()).toEqual([]);
    edit('rules.json', (file) => file.files.push('ours.json'));
    expect(await codes()).toEqual(['ours']);
    expect((await judge({ json: false })).text).toContain('Source: us (not verified).');
  });

  it('with a rule taken away, or no longer in force, does not judge by it', async () => {
    edit('file-standard.json', (file) =>
      file.rules.push({
        ...file.rules[0],
        code: 'twin',
        path: 'documents/*',
        sentence: 'Twin.',
        require: { exists: 'row/note' },
        to: '2026-03-01',
      }),
    );
    expect(await codes()).toEqual([]);
    edit('file-standard.json', (file) => Object.assign(file.rules.at(-1)!, { to: ON }));
    expect(new Set(await codes())).toEqual(new Set(['twin']));
  });

  it.each([
    [
      'file-standard.json',
      (text: string) => text.replace('"rules": [', '"rules": [ oops'),
      /^The rules are not used:\nfile-standard\.json, line \d+, column \d+: It is not JSON from here on\.$/,
    ],
    [
      'case-validation.json',
      (text: string) => text.replace('"exists": "row/code"', '"exists": "row/coed"'),
      /case-validation\.json, rules\/0 \(offence-code-missing\)\/require\/exists: Unknown path row\/coed: offences has no field "coed"\.$/,
    ],
    [
      'rules.json',
      (text: string) => text.replace('prohibited.json', 'forbidden.json'),
      /\nforbidden\.json: This file is missing\.$/,
    ],
    [
      'time-limits.json',
      (text: string) => text.replace('joinder time limits', 'joinder limits'),
      /\ntime-limits\.json, format: This version of Joinder knows no "joinder limits"\./,
    ],
  ])('whose %s is ill-formed is refused with file and place', async (name, change, said) => {
    writeFileSync(at('rules', name), change(readFileSync(at('rules', name), 'utf8')));
    const { text, code } = await judge();
    expect(code).toBe(2);
    expect(text).toMatch(said);
  });

  it('that is not there, or not in force, is refused', async () => {
    expect(await judge({ rules: at('nowhere') })).toMatchObject({
      code: 2,
      text: expect.stringContaining('cannot be read. Give the folder that holds rules.json.') as string,
    });
    expect(await judge({ rules: at() })).toMatchObject({
      code: 2,
      text: expect.stringContaining('rules.json: This file is missing.') as string,
    });
    expect(await judge({ on: '2020-12-31' })).toMatchObject({
      code: 2,
      text: expect.stringContaining('are in force on 2020-12-31') as string,
    });
  });
});

describe('a case', () => {
  it.each(STAGES)('made for another stage than %s may have findings, and is judged', async (stage) => {
    const { code, text } = await judge({ stage });
    expect([0, 1]).toContain(code);
    expect((JSON.parse(text) as { stage: string }).stage).toBe(stage);
  });

  it.each([
    ['', /^.*case\.json: The file cannot be read/],
    ['[]', /case\.json: The file is not a case of Joinder/],
    ['{"format":"joinder case","version":1}', /is not a case as it should be:\ncase: /],
  ])('%j is not one', async (content, said) => {
    writeFileSync(at('case.json'), content);
    expect(await judge()).toMatchObject({ code: 2, text: expect.stringMatching(said) as string });
  });

  it('with a value that is none of the choices, or marked SECRET, is judged and found at fault', async () => {
    const made = JSON.parse(readFileSync(at('case.json'), 'utf8')) as { suspects: object[]; documents: object[] };
    Object.assign(made.suspects[0]!, { custodyStatus: 'on leave' });
    Object.assign(made.documents[0]!, { marking: 'SECRET' });
    writeFileSync(at('case.json'), JSON.stringify(made));
    expect(await codes()).toEqual(expect.arrayContaining(['custody-status-unread', 'document-marking-unread']));
    expect((await judge()).code).toBe(1);
  });

  it('and what is asked for wrongly ends with 2', async () => {
    expect(await judge({ stage: 'court' })).toMatchObject({
      code: 2,
      text: expect.stringContaining('"court" is not a stage. Choose one of: charging') as string,
    });
    expect(await judge({ on: '1 March' })).toMatchObject({
      code: 2,
      text: expect.stringContaining('"1 March" is not a date.') as string,
    });
  });
});
