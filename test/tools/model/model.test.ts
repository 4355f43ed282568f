/** The command `npm run model` as it is typed: what it prints, and how it ends. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { STAGES } from '../../../shared/model/formats/stages.ts';
import { root } from '../../setup/exec.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'joinder-model-'));
afterAll(() => rmSync(dir, { recursive: true }));

function model(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'test/tools/model.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: dir },
  });
  return { status, stdout, stderr };
}
function file(name: string, value: unknown): string {
  writeFileSync(path.join(dir, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
}
const exampleAt = (stage: string): string => model('example', '--stage', stage, '--on', '2026-11-20').stdout;

describe('an example', () => {
  test.each(STAGES)('of %s is a good case without findings', (stage) => {
    const name = file(`${stage}.json`, exampleAt(stage));
    expect(model('validate', name)).toMatchObject({ status: 0, stdout: 'The file is a good case.\n' });
    const judged = model('preflight', name, '--stage', stage, '--on', '2026-11-20', '--json');
    expect(JSON.parse(judged.stdout)).toMatchObject({ findings: [] });
    expect(judged.status).toBe(0);
  });
  it('is good today, where no day is named', () => {
    const name = file('today.json', model('example').stdout);
    expect(model('preflight', name, '--stage', 'charging').status).toBe(0);
  });
});

describe('validate', () => {
  it('ends with 1 and names each fault by its path', () => {
    const name = file('bad.json', { format: 'joinder case', version: 1, case: { id: 'a', urn: 'x', charged: 'yes' } });
    const plain = model('validate', name);
    expect(plain.status).toBe(1);
    expect(plain.stdout).toContain('2 faults:\ncase/urn: ');
    expect(JSON.parse(model('validate', name, '--json').stdout)).toMatchObject({
      faults: [{ path: 'case/urn' }, { path: 'case/charged' }],
      newer: [],
    });
  });
  it('ends with 2 and a sentence on what is no case, or no file', () => {
    for (const name of [file('list.json', '[]'), file('broken.json', '{'), 'nothing.json']) {
      const said = model('validate', name);
      expect(said).toMatchObject({ status: 2, stdout: '' });
      expect(said.stderr).toMatch(/\. .*\.\n$/);
    }
  });
  it('names what a newer version wrote, and takes it', () => {
    const name = file('newer.json', { format: 'joinder case', version: 2, case: { id: 'a', mood: 'calm' } });
    expect(model('validate', name)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('case/mood: not known to this version') as string,
    });
    expect(model('validate', name).stdout).toContain('It was made by a newer version: 2 of the format');
  });
  it('says how many of something are too many', () => {
    const statements = Array.from({ length: 6000 }, (_, i) => ({ id: `s${i}` }));
    const name = file('many.json', { format: 'joinder case', version: 1, case: { id: 'a' }, statements });
    expect(model('validate', name)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('statements: There are 6000 here, and 5000 at most can be read.') as string,
    });
  });
});

test('preflight ends with 1 where there are findings, and with 2 on what it cannot read', () => {
  const good = JSON.parse(exampleAt('charging')) as { case: Record<string, unknown> };
  delete good.case['officerPhone'];
  const said = model('preflight', file('poor.json', good), '--stage', 'charging', '--on', '2026-11-20', '--json');
  expect(said.status).toBe(1);
  expect(JSON.parse(said.stdout)).toMatchObject({ findings: [{ path: 'case/officerPhone' }] });
  expect(model('preflight', file('list.json', '[]'), '--stage', 'charging').status).toBe(2);
});

test('schema prints a JSON Schema', () => {
  const { status, stdout } = model('schema');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ $schema: expect.stringContaining('json-schema.org') as string });
});

test.each([[['example', '--stage', 'nothing']], [['preflight', 'x.json']], [['schema', '--what']], [['unknown']]])(
  'what is asked for wrongly ends with 2: %j',
  (args) => expect(model(...args).status).toBe(2),
);
